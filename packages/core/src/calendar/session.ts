import type { SessionDay, Timestamp } from '../time/timestamp.js';

/** One trading session: the regular hours of one New York date. */
export interface Session {
  readonly day: SessionDay;
  /** The New York date as `YYYY-MM-DD`. */
  readonly date: string;
  /** Start of regular trading (09:30 New York on the NYSE). */
  readonly open: Timestamp;
  /** End of regular trading (16:00 New York, 13:00 on a half day). */
  readonly close: Timestamp;
  /** Closes early. */
  readonly half: boolean;
}

/** The days on which a market trades. Pure: the same day gives the same session for ever. */
export interface TradingCalendar {
  readonly name: string;
  /** The session of a date; `undefined` when the market is closed on it. Throws `CalendarError` outside the years covered. */
  session(day: SessionDay): Session | undefined;
  /** All sessions from `first` to `last`, both included, ascending. */
  sessions(first: SessionDay, last: SessionDay): readonly Session[];
}

/** How many bars of `barMs` a session holds: 26 quarter hours on a full NYSE day, 14 on a half day. */
export function barsInSession(session: Session, barMs: number): number {
  return Math.round((session.close - session.open) / barMs);
}
