import type { BarHistory } from '@tradekit/core';

/**
 * For each cell the return from the open of the next row to the open `horizonBars` rows later: what an order sent after the close of the
 * row can earn. NaN when these rows are not all in the session of the row, or when the instrument misses a bar in the row or in any of them.
 */
export function openReturns(history: BarHistory, horizonBars: number): Float64Array {
  const { universe, sessions, firstRow, bars } = history;
  const { open, close } = bars;
  const { size } = universe;
  const out = new Float64Array(open.length).fill(Number.NaN);
  for (let k = 0; k < sessions.length; k++) {
    const first = firstRow[k]!;
    const end = firstRow[k + 1]!;
    for (let i = 0; i < size; i++) {
      // Bars without a hole that end at the row under the cursor.
      let unbroken = 0;
      for (let row = first; row < end; row++) {
        const cell = row * size + i;
        unbroken = Number.isNaN(open[cell]!) || Number.isNaN(close[cell]!) ? 0 : unbroken + 1;
        if (unbroken < horizonBars + 2) continue;
        out[cell - (horizonBars + 1) * size] = open[cell]! / open[cell - horizonBars * size]! - 1;
      }
    }
  }
  return out;
}
