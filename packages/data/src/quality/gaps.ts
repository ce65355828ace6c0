/** What of the calendar a file lacks: whole sessions, parts of sessions, its own beginning and end. */
import {
  isoDate,
  newYorkText,
  type Session,
  type SessionDay,
  type Timestamp,
  type TradingCalendar,
} from '@tradekit/core';
import type { BarColumns } from '../csv/columns.js';
import type { Coverage } from './coverage.js';
import type { SessionRows } from './session-rows.js';

/** First and last session in which any file of a set has a regular bar. */
export interface SetSpan {
  readonly first: SessionDay;
  readonly last: SessionDay;
}

/** Sessions in a row without a single bar in regular hours. */
export interface LostRun {
  /** First and last lost session, `YYYY-MM-DD`. */
  readonly first: string;
  readonly last: string;
  /** Every lost session, ascending. */
  readonly dates: readonly string[];
}

/** A session that has some of its bars. */
export interface PartialSession {
  readonly date: string;
  readonly bars: number;
  readonly expected: number;
  /** New York starts of the missing bars, `HH:MM`, joined to spans: `13:45` or `12:00-15:45`. */
  readonly missing: readonly string[];
  /** Most bars missing in a row. A thin stock may have no trade in one bar; in eight it had a fault. */
  readonly longestRun: number;
  /** Nothing but the end of the session is missing. */
  readonly cutOff: boolean;
}

/** Gaps between the first and the last bar of a file. */
export interface Gaps {
  readonly lost: readonly LostRun[];
  readonly partial: readonly PartialSession[];
}

/** What a file lacks at its ends, beside the other files of its set. */
export interface EdgeGaps {
  /** Sessions of the set before the file's first one; a listing that is younger than the set is no fault. */
  readonly beforeFirst: number;
  /** Sessions of the set after the file's last one. */
  readonly atEnd?: LostRun;
}

/** The gaps of a file between its own first and last bar in regular hours. */
export function gaps(columns: BarColumns, rows: SessionRows, covered: Coverage): Gaps {
  const { sessions, bars } = covered;
  const first = bars.findIndex((count) => count > 0);
  const last = bars.findLastIndex((count) => count > 0);
  const runs: Session[][] = [];
  const partial: PartialSession[] = [];
  for (let place = first; place <= last && first >= 0; place++) {
    if (bars[place] === 0) {
      if (bars[place - 1]! > 0) runs.push([]);
      runs.at(-1)!.push(sessions[place]!);
    } else if (bars[place]! < covered.expected[place]!) {
      partial.push(partialSession(columns, rows, covered, place));
    }
  }
  return { lost: runs.map((run) => lostRun(run)), partial };
}

/**
 * What the file lacks before its first and after its last session with a bar in regular hours. Throws `CalendarError` on a
 * span outside the calendar's years.
 */
export function edgeGaps({ sessions, bars }: Coverage, calendar: TradingCalendar, span: SetSpan): EdgeGaps {
  const first = sessions[bars.findIndex((count) => count > 0)];
  const last = sessions[bars.findLastIndex((count) => count > 0)];
  if (first === undefined || last === undefined) return { beforeFirst: 0 };
  const late = span.first < first.day;
  const beforeFirst = late ? calendar.sessions(span.first, (first.day - 1) as SessionDay).length : 0;
  const after = span.last > last.day ? calendar.sessions((last.day + 1) as SessionDay, span.last) : [];
  return after.length === 0 ? { beforeFirst } : { beforeFirst, atEnd: lostRun(after) };
}

function lostRun(sessions: readonly Session[]): LostRun {
  const dates = sessions.map(({ day }) => isoDate(day));
  return { first: dates[0]!, last: dates.at(-1)!, dates };
}

function partialSession({ start }: BarColumns, rows: SessionRows, covered: Coverage, place: number): PartialSession {
  const { barMs, regularFirst, regularEnd } = rows;
  const { open, date } = covered.sessions[place]!;
  const expected = covered.expected[place]!;
  const missing: string[] = [];
  let row = regularFirst[place]!;
  let runFirst = -1;
  let longestRun = 0;
  let lastRun = 0;
  for (let bar = 0; bar <= expected; bar++) {
    const time = open + bar * barMs;
    while (row < regularEnd[place]! && start[row]! < time) row++;
    const there = bar === expected || (row < regularEnd[place]! && start[row] === time);
    if (!there && runFirst < 0) runFirst = bar;
    if (!there || runFirst < 0) continue;
    const [from, to] = [clockOf(open + runFirst * barMs), clockOf(open + (bar - 1) * barMs)];
    missing.push(from === to ? from : `${from}-${to}`);
    lastRun = bar === expected ? bar - runFirst : 0;
    longestRun = Math.max(longestRun, bar - runFirst);
    runFirst = -1;
  }
  const bars = covered.bars[place]!;
  return { date, bars, expected, missing, longestRun, cutOff: lastRun === expected - bars };
}

function clockOf(time: number): string {
  return newYorkText(time as Timestamp).slice(11);
}
