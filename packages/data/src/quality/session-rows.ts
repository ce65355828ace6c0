/** Which rows of a file belong to which session: every detector that thinks in sessions starts from here. */
import {
  barsInSession,
  MINUTE_MS,
  newYorkDay,
  newYorkOffsetMs,
  type Session,
  type SessionDay,
  type Timestamp,
  type TradingCalendar,
} from '@tradekit/core';
import type { BarColumns } from '../csv/columns.js';

/** First and last minute of the New York day on which US stocks trade outside regular hours. */
const EXTENDED_FIRST_MINUTE = 4 * 60;
const EXTENDED_END_MINUTE = 20 * 60;

/** Rows of the bars of each session, from the file's first date to its last. */
export interface SessionRows {
  readonly barMs: number;
  /** Every session of the calendar within the file's dates, with or without bars. */
  readonly sessions: readonly Session[];
  /** Rows of the New York date of session `k`, extended hours included: `first[k]` up to, not including, `end[k]`. */
  readonly first: Int32Array;
  readonly end: Int32Array;
  /** The same for bars that start in regular hours. */
  readonly regularFirst: Int32Array;
  readonly regularEnd: Int32Array;
  /** Bars that a complete session has. */
  readonly expected: Int32Array;
  /** Rows on dates on which the market is closed. */
  readonly closedRows: readonly number[];
  /** Rows on dates of sessions that start before 04:00 or from 20:00 New York. */
  readonly nightRows: readonly number[];
}

/**
 * Finds the sessions of ascending bars of `barMinutes`. Throws `CalendarError` on bars outside the calendar's years.
 */
export function sessionRows(columns: BarColumns, calendar: TradingCalendar, barMinutes = 15): SessionRows {
  const { start } = columns;
  const rows = start.length;
  const barMs = barMinutes * MINUTE_MS;
  const sessions = rows === 0 ? [] : calendar.sessions(dayOf(start[0]!), dayOf(start[rows - 1]!));
  const table = {
    barMs,
    sessions,
    first: new Int32Array(sessions.length),
    end: new Int32Array(sessions.length),
    regularFirst: new Int32Array(sessions.length),
    regularEnd: new Int32Array(sessions.length),
    expected: Int32Array.from(sessions, (session) => barsInSession(session, barMs)),
    closedRows: [] as number[],
    nightRows: [] as number[],
  };
  let row = 0;
  for (const [place, session] of sessions.entries()) {
    const { open, close } = session;
    // A day's offset is that of its open: the clock changes on Sundays.
    const midnight = session.day * 1440 * MINUTE_MS - newYorkOffsetMs(open);
    for (; row < rows && start[row]! < midnight; row++) table.closedRows.push(row);
    table.first[place] = row;
    const morning = midnight + EXTENDED_FIRST_MINUTE * MINUTE_MS;
    for (; row < rows && start[row]! < Math.min(morning, open); row++) table.nightRows.push(row);
    while (row < rows && start[row]! < open) row++;
    table.regularFirst[place] = row;
    while (row < rows && start[row]! < close) row++;
    table.regularEnd[place] = row;
    const evening = Math.max(midnight + EXTENDED_END_MINUTE * MINUTE_MS, close);
    while (row < rows && start[row]! < evening) row++;
    for (; row < rows && start[row]! < midnight + 1440 * MINUTE_MS; row++) table.nightRows.push(row);
    table.end[place] = row;
  }
  for (; row < rows; row++) table.closedRows.push(row);
  return table;
}

function dayOf(start: number): SessionDay {
  return newYorkDay(start as Timestamp);
}

/** The last session before `place` with a bar in regular hours; -1 when there is none. */
export function lastRegularBefore({ regularFirst, regularEnd }: SessionRows, place: number): number {
  for (let before = place - 1; before >= 0; before--) {
    if (regularEnd[before]! > regularFirst[before]!) return before;
  }
  return -1;
}
