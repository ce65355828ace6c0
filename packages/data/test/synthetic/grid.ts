/** One symbol's bars on a grid of sessions and slots, and the returns that the facts are taken from. */

import { barsInSession, MINUTE_MS, type Session } from '@tradekit/core';
import type { SyntheticSeries } from '../../src/synthetic/market.js';

/** Bars of a full session. */
export const SLOTS = 26;

/** Bars of one symbol: cell `session * SLOTS + slot`, NaN where there is none. */
export interface Grid {
  readonly id: string;
  readonly sector: string;
  /** Count of bars of each session: 26, or 14 on a half day. */
  readonly slots: Uint8Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
  /** Official close of each session. */
  readonly official: Float64Array;
}

/** Log returns of a grid; NaN where a price is missing. */
export interface Returns {
  /** Close to close inside a session; open to close in its first slot. Cells as in the grid. */
  readonly bar: Float64Array;
  /** Official close of the session before to the open, one a session. */
  readonly overnight: Float64Array;
  /** Open to official close, one a session. */
  readonly intraday: Float64Array;
  /** Official close to official close, one a session. */
  readonly daily: Float64Array;
}

/** The returns of a grid. */
export function returnsOf(grid: Grid): Returns {
  const sessions = grid.slots.length;
  const bar = new Float64Array(sessions * SLOTS).fill(Number.NaN);
  const overnight = new Float64Array(sessions).fill(Number.NaN);
  const intraday = new Float64Array(sessions).fill(Number.NaN);
  const daily = new Float64Array(sessions).fill(Number.NaN);
  for (let session = 0; session < sessions; session++) {
    const first = session * SLOTS;
    for (let slot = 0; slot < (grid.slots[session] ?? 0); slot++) {
      const cell = first + slot;
      bar[cell] = logRatio(grid.close[cell], slot === 0 ? grid.open[cell] : grid.close[cell - 1]);
    }
    intraday[session] = logRatio(grid.official[session], grid.open[first]);
    if (session === 0) continue;
    overnight[session] = logRatio(grid.open[first], grid.official[session - 1]);
    daily[session] = logRatio(grid.official[session], grid.official[session - 1]);
  }
  return { bar, overnight, intraday, daily };
}

/** The values of one slot over all full sessions, in order of time. */
export function slotOf(cells: Float64Array, slots: Uint8Array, slot: number): Float64Array {
  const full: number[] = [];
  for (let session = 0; session < slots.length; session++) {
    if (slots[session] === SLOTS) full.push(cells[session * SLOTS + slot] ?? Number.NaN);
  }
  return Float64Array.from(full);
}

function logRatio(price: number | undefined, base: number | undefined): number {
  return Math.log((price ?? Number.NaN) / (base ?? Number.NaN));
}

/** Puts a synthetic series on the grid. The open of the bar that starts at a session's close is its official close. */
export function gridOf(series: SyntheticSeries, sessions: readonly Session[]): Grid {
  const cells = (): Float64Array => new Float64Array(sessions.length * SLOTS).fill(Number.NaN);
  const { id, sector } = series.instrument;
  const grid = {
    id,
    sector: sector ?? '',
    slots: Uint8Array.from(sessions, (session) => barsInSession(session, 15 * MINUTE_MS)),
    ...{ open: cells(), high: cells(), low: cells(), close: cells(), volume: cells() },
    official: new Float64Array(sessions.length).fill(Number.NaN),
  };
  let row = 0;
  for (let session = 0; session < sessions.length; session++) {
    const bars = grid.slots[session] ?? 0;
    for (const field of ['open', 'high', 'low', 'close', 'volume'] as const) {
      grid[field].set(series[field].subarray(row, row + bars), session * SLOTS);
    }
    grid.official[session] = series.open[row + bars] ?? Number.NaN;
    row += bars + 1;
  }
  return grid;
}
