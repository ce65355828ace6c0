/** Series made in code, for tests and loads over stores: cheap, each of its own, no two columns alike. */
import { MINUTE_MS } from '@tradekit/core';
import type { SeriesInput } from '../../src/index.js';

const FIRST = Date.UTC(2010, 0, 4, 14, 30);

/** `symbols` series of `rows` bars each on one grid: `S0000`, `S0001` and so on. Another edition has other prices. */
export function* madeSeries(symbols: number, rows: number, edition = 0): Generator<SeriesInput> {
  const start = Float64Array.from({ length: rows }, (_, row) => FIRST + row * 15 * MINUTE_MS);
  for (let s = 0; s < symbols; s++) {
    const column = (of: (row: number) => number): Float64Array => {
      const cells = new Float64Array(rows);
      for (let row = 0; row < rows; row++) cells[row] = of(row);
      return cells;
    };
    const base = 50 + s / 7 + edition / 3;
    yield {
      symbol: `S${String(s).padStart(4, '0')}`,
      bars: {
        start,
        open: column((row) => base + (row % 97) / 10),
        high: column((row) => base + (row % 97) / 10 + 0.5),
        low: column((row) => base + (row % 97) / 10 - 0.5),
        close: column((row) => base + (row % 97) / 10 + (row % 11) / 30),
        volume: column((row) => 1000 + ((row * 7919 + s) % 50_000)),
      },
    };
  }
}
