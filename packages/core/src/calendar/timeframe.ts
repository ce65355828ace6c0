/** Longer bars, aligned to sessions. */
import { ConfigError } from '../errors.js';
import { weekdayOf } from '../time/civil-date.js';
import { MINUTE_MS, type SessionDay, type Timestamp } from '../time/timestamp.js';
import type { Session, TradingCalendar } from './session.js';

/**
 * How long a bar is. Minutes and the hour are counted from the session's open, and the last bar of a session ends at its
 * close: hours end 10:30 … 15:30 and 16:00. A day is one session, a week all sessions from Monday to Sunday.
 */
export type Timeframe = IntradayTimeframe | 'day' | 'week';

/** A timeframe of which a session has several bars. */
export type IntradayTimeframe = '1min' | '5min' | '15min' | '30min' | 'hour';

const MINUTES: Readonly<Record<IntradayTimeframe, number>> = {
  '1min': 1,
  '5min': 5,
  '15min': 15,
  '30min': 30,
  hour: 60,
};

/** Every timeframe, the shortest first. */
export const TIMEFRAMES: readonly Timeframe[] = [...(Object.keys(MINUTES) as IntradayTimeframe[]), 'day', 'week'];

/** Length of the bars of a timeframe in milliseconds; `undefined` for a day and a week, which are as long as their sessions. */
export function timeframeMs(timeframe: Timeframe): number | undefined {
  return timeframe === 'day' || timeframe === 'week' ? undefined : MINUTES[timeframe] * MINUTE_MS;
}

/** Start and end of a bar. */
export interface BarSpan {
  readonly start: Timestamp;
  /** The bar's end; its bars of a shorter timeframe lie in it completely. */
  readonly end: Timestamp;
}

/** The bar of `ms` milliseconds of a session in which a time lies; the time must be at the open or later, and before the close. */
export function barSpan(session: Session, ms: number, time: number): BarSpan {
  const start = session.open + Math.floor((time - session.open) / ms) * ms;
  return { start: start as Timestamp, end: Math.min(start + ms, session.close) as Timestamp };
}

/** The last session of a session's week, Monday to Sunday: the same one when it ends the week itself. Throws `CalendarError` outside the calendar. */
export function lastSessionOfWeek(calendar: TradingCalendar, { day }: Session): Session {
  const daysToSunday = (7 - weekdayOf(day)) % 7;
  return calendar.sessions(day, (day + daysToSunday) as SessionDay).at(-1)!;
}

/** Throws `ConfigError` unless bars of `barMs` fill the bars of a timeframe exactly: 15 minutes fill hours, 10 do not fill 15 minutes. */
export function requireTimeframe(timeframe: Timeframe, barMs: number): void {
  if (!TIMEFRAMES.includes(timeframe)) {
    const message = `there is no timeframe "${timeframe}"; use ${TIMEFRAMES.join(', ')}`;
    throw new ConfigError('TIMEFRAME', message, { timeframe });
  }
  const ms = timeframeMs(timeframe);
  if (ms === undefined || ms % barMs === 0) return;
  const barMinutes = barMs / MINUTE_MS;
  const message = `bars of ${barMinutes} minutes do not fill bars of ${ms / MINUTE_MS}; ask for a longer timeframe, or give shorter bars`;
  throw new ConfigError('TIMEFRAME', message, { timeframe, barMinutes });
}
