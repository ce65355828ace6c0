/** Which bars of the calendar a file has. */
import type { Session } from '@tradekit/core';
import type { BarColumns } from '../csv/columns.js';
import type { SessionRows } from './session-rows.js';

/** Count of bars of each session, from the file's first date to its last. */
export interface Coverage {
  readonly sessions: readonly Session[];
  /** Bars in regular hours that lie on the grid of session `k`. */
  readonly bars: Int32Array;
  /** Bars that a complete session has: 26 quarter hours, 14 on a half day. */
  readonly expected: Int32Array;
  /** Bars of the same New York date outside regular hours. How many there ought to be nobody can say. */
  readonly extended: Int32Array;
}

/** Counts the bars of every session. A bar outside regular hours is never missed. */
export function coverage({ start }: BarColumns, rows: SessionRows): Coverage {
  const { sessions, expected, first, end, regularFirst, regularEnd, barMs } = rows;
  const bars = new Int32Array(sessions.length);
  const extended = new Int32Array(sessions.length);
  for (const [place, { open }] of sessions.entries()) {
    const regular = regularEnd[place]! - regularFirst[place]!;
    for (let row = regularFirst[place]!; row < regularEnd[place]!; row++) {
      if ((start[row]! - open) % barMs === 0) bars[place]!++;
    }
    extended[place] = end[place]! - first[place]! - regular;
  }
  return { sessions, bars, expected, extended };
}
