import { type BarHistory, barGrid, civilDay, emptyBars, MINUTE_MS, nyse, stock, universe } from '@tradekit/core';

/** Six names of one sector and five of each of three others. */
const SECTORS: Readonly<Record<string, number>> = { Chips: 6, Banks: 5, Drugs: 5, Oil: 5 };

/** One quarter hour: when it begins in New York, and its first and last price. Between those that are listed the last price stands. */
type Move = readonly [start: string, open: number, close: number];

/** Three sessions. All names move alike, so that every number can be had with pencil and paper. */
const SCRIPT: readonly (readonly Move[])[] = [
  [
    ['09:30', 100, 100],
    ['10:45', 100, 99],
    ['11:00', 99, 98],
    ['11:15', 98, 97.9],
  ],
  [
    ['09:30', 100, 100],
    ['10:15', 100, 92],
    ['10:30', 91.5, 91.5],
  ],
  [['09:30', 100, 100]],
];

const BAR_MINUTES = 15;

/** Monday 2024-03-04 to Wednesday 2024-03-06 in quarter hours. */
export function market(): BarHistory {
  const names = Object.entries(SECTORS).flatMap(([sector, count]) =>
    Array.from({ length: count }, (_, k) => stock(`${sector.toUpperCase()}${k + 1}`, sector)),
  );
  const sessions = nyse.sessions(civilDay(2024, 3, 4), civilDay(2024, 3, 6));
  const grid = barGrid(sessions, BAR_MINUTES * MINUTE_MS);
  const bars = emptyBars(grid.starts.length * names.length);
  let price = 0;
  for (const [session, moves] of SCRIPT.entries()) {
    const first = grid.firstRow[session] ?? 0;
    const end = grid.firstRow[session + 1] ?? 0;
    for (let row = first; row < end; row++) {
      const [, open, close] = moves.find(([start]) => rowOf(start) === row - first) ?? ['', price, price];
      for (let cell = row * names.length; cell < (row + 1) * names.length; cell++) {
        bars.open[cell] = open;
        bars.high[cell] = Math.max(open, close);
        bars.low[cell] = Math.min(open, close);
        bars.close[cell] = close;
        bars.volume[cell] = 1_000_000;
      }
      price = close;
    }
  }
  const official = new Float64Array(sessions.length * names.length).fill(Number.NaN);
  return { universe: universe(names), ...grid, bars, official };
}

/** The bar of a session that begins at a time of New York. */
function rowOf(start: string): number {
  const [hours = 0, minutes = 0] = start.split(':').map(Number);
  return (hours * 60 + minutes - (9 * 60 + 30)) / BAR_MINUTES;
}
