/** Longer bars of shorter ones, aligned to the sessions of a calendar. */
import {
  barSpan,
  closeBarAt,
  DataError,
  isoTime,
  lastSessionOfWeek,
  MINUTE_MS,
  mergeBar,
  newYorkDay,
  newYorkText,
  requireTimeframe,
  type Session,
  type SessionDay,
  type Timeframe,
  type Timestamp,
  type TradingCalendar,
  timeframeMs,
} from '@tradekit/core';
import { type BarColumns, barColumns, firstRows } from '../csv/columns.js';

/** What {@link resample} makes of which bars. */
export interface ResampleOptions {
  /** Length of the bars given, in minutes. */
  readonly barMinutes: number;
  readonly timeframe: Timeframe;
  readonly calendar: TradingCalendar;
}

/** Bars with their ends: a session's last bar may be short, a day is as long as its session. */
export interface ResampledBars extends BarColumns {
  /** End of the bar, milliseconds since 1970 UTC. */
  readonly end: Float64Array;
}

/**
 * Makes bars of a longer timeframe from the regular hours of one instrument, ascending. Open is the first open, close the
 * last close, high and low the extremes, volume the sum of what there is; where nothing traded there is no bar. Bars outside
 * regular hours are left out, with one exception: a day and a week close at the official price, the open of the bar that
 * starts at the session's close, where the bars have it; high and low then contain it.
 *
 * Throws `ConfigError` `TIMEFRAME` when the bars given do not fill those asked for, `DataError` `BAR_OFF_SESSION` on a bar
 * that is not counted from its session's open, and `CalendarError` outside the calendar.
 */
export function resample(bars: BarColumns, { barMinutes, timeframe, calendar }: ResampleOptions): ResampledBars {
  requireTimeframe(timeframe, barMinutes * MINUTE_MS);
  const rows = bars.start.length;
  const made = new LongerColumns(rows);
  if (rows === 0) return made.finish();
  const ms = timeframeMs(timeframe);
  let row = 0;
  for (const session of sessionsOver(bars, calendar)) {
    while (row < rows && bars.start[row]! < session.open) row++;
    for (; row < rows && bars.start[row]! < session.close; row++) {
      const time = bars.start[row]!;
      if ((time - session.open) % (barMinutes * MINUTE_MS) !== 0) throw offSession(time, session, barMinutes);
      if (time < made.lastEnd) made.merge(bars, row);
      else made.begin(bars, row, spanOf(session, time, timeframe, ms, calendar));
    }
    const isOfficial = ms === undefined && row < rows && bars.start[row] === session.close;
    if (isOfficial && made.lastEnd >= session.close) closeBarAt(bars.open[row]!, made.columns, made.rows - 1);
  }
  return made.finish();
}

/** The sessions that can hold bars of the columns. */
function sessionsOver({ start }: BarColumns, calendar: TradingCalendar): readonly Session[] {
  const first = newYorkDay(start[0] as Timestamp) - 1;
  const last = newYorkDay(start[start.length - 1] as Timestamp) + 1;
  return calendar.sessions(first as SessionDay, last as SessionDay);
}

function spanOf(
  session: Session,
  time: number,
  timeframe: Timeframe,
  ms: number | undefined,
  calendar: TradingCalendar,
): { readonly start: number; readonly end: number } {
  if (ms !== undefined) return barSpan(session, ms, time);
  const { close } = timeframe === 'day' ? session : lastSessionOfWeek(calendar, session);
  return { start: session.open, end: close };
}

/** Columns while they are being filled. */
class LongerColumns {
  readonly columns: BarColumns;
  readonly #end: Float64Array;
  rows = 0;
  /** End of the last bar begun. */
  lastEnd = Number.NEGATIVE_INFINITY;

  constructor(most: number) {
    this.columns = barColumns(most);
    this.#end = new Float64Array(most);
  }

  begin(from: BarColumns, row: number, { start, end }: { readonly start: number; readonly end: number }): void {
    this.columns.start[this.rows] = start;
    this.columns.close[this.rows] = Number.NaN;
    this.#end[this.rows] = end;
    this.lastEnd = end;
    this.rows += 1;
    this.merge(from, row);
  }

  merge(from: BarColumns, row: number): void {
    mergeBar(from, row, this.columns, this.rows - 1);
  }

  finish(): ResampledBars {
    return { ...firstRows(this.columns, this.rows), end: this.#end.slice(0, this.rows) };
  }
}

function offSession(time: number, session: Session, barMinutes: number): DataError {
  const message = `the bar that starts ${newYorkText(time as Timestamp)} New York is not one of the ${barMinutes}-minute bars of the session of ${session.date}; they are counted from its open`;
  return new DataError('BAR_OFF_SESSION', `${message}; give the length that the bars have`, {
    time: isoTime(time as Timestamp),
    date: session.date,
  });
}
