/** The rows of a history: one bar after another through every session, whether or not anybody traded. */
import { ConfigError } from '../errors.js';
import { MINUTE_MS } from '../time/timestamp.js';
import { barsInSession, type Session } from './session.js';

/** Starts and ends of all bars of a list of sessions, as `BarHistory` holds them. */
export interface BarGrid {
  readonly barMs: number;
  readonly sessions: readonly Session[];
  /** First row of each session, and at the end the count of rows: `sessions.length + 1` entries. */
  readonly firstRow: Int32Array;
  /** Start of each row's bar, milliseconds since 1970 UTC, ascending. */
  readonly starts: Float64Array;
  /** End of each row's bar: the next start within a session, the close for its last bar. */
  readonly ends: Float64Array;
}

/**
 * The bars of `barMs` milliseconds of sessions in ascending order, each session counted from its open. Where the length does
 * not divide a session, its last bar is short: 60-minute bars end 10:30 … 15:30, 16:00. Throws `ConfigError` when
 * `barsInSession` counts other bars than that, as it does for bars longer than two sessions or for a last bar under half a length.
 */
export function barGrid(sessions: readonly Session[], barMs: number): BarGrid {
  const firstRow = new Int32Array(sessions.length + 1);
  for (const [place, session] of sessions.entries()) firstRow[place + 1] = firstRow[place]! + bars(session, barMs);
  const rows = firstRow[sessions.length]!;
  const starts = new Float64Array(rows);
  const ends = new Float64Array(rows);
  for (const [place, session] of sessions.entries()) {
    const first = firstRow[place]!;
    const last = firstRow[place + 1]! - 1;
    for (let row = first; row <= last; row++) {
      starts[row] = session.open + (row - first) * barMs;
      ends[row] = row === last ? session.close : session.open + (row - first + 1) * barMs;
    }
  }
  return { barMs, sessions, firstRow, starts, ends };
}

function bars(session: Session, barMs: number): number {
  const count = barsInSession(session, barMs);
  if (barMs > 0 && count === Math.ceil((session.close - session.open) / barMs)) return count;
  const sessionMinutes = (session.close - session.open) / MINUTE_MS;
  const barMinutes = barMs / MINUTE_MS;
  const message = `bars of ${barMinutes} minutes do not fit the session of ${session.date} (${sessionMinutes} minutes); use 1, 5, 15, 30 or 60`;
  throw new ConfigError('BAR_LENGTH', message, { barMinutes, sessionMinutes, date: session.date });
}
