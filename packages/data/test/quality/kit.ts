/** Bars for the doctor's tests: a synthetic market in memory, and ways to spoil it. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fromNewYork, MINUTE_MS, nyse, parseIsoDate, type Session, type SessionDay } from '@tradekit/core';
import { type BarColumns, syntheticBars } from '../../src/index.js';

const dataFolder = process.env.TRADEKIT_TEST_DATA ?? resolve(import.meta.dirname, '../../../../../shared/data');

/** Recorded bars; they may not be published, so tests of them skip where they are not. */
export const realFolder = join(dataFolder, 'real15');
export const blemishFolder = join(dataFolder, 'blemish');

/** Why a folder's tests are skipped; empty when they run. */
export const absence = (folder: string): string =>
  existsSync(folder) ? '' : ` (skipped: no recorded bars in ${dataFolder}; TRADEKIT_TEST_DATA names another folder)`;

export const QUARTER_HOUR_MS = 15 * MINUTE_MS;

export const day = (date: string): SessionDay => {
  const found = parseIsoDate(date);
  if (found === undefined) throw new Error(`${date} is no date`);
  return found;
};

/** Start of a bar by the clock of New York: `at('2021-01-04', '09:30')`. */
export const at = (date: string, clock: string): number => {
  const [hour = 0, minute = 0] = clock.split(':').map(Number);
  return fromNewYork(day(date), hour * 60 + minute);
};

export const sessionsOf = (first: string, last: string): readonly Session[] => nyse.sessions(day(first), day(last));

/** Synthetic bars of one symbol: regular hours, and the bar that starts at each close. */
export function market(first: string, last: string, id = 'AAPL'): BarColumns {
  const series = syntheticBars({ first, last, instruments: [{ id }] }).series[0];
  if (series === undefined) throw new Error('the market has no series');
  const { start, open, high, low, close, volume } = series;
  return { start, open, high, low, close, volume };
}

const FIELDS = ['start', 'open', 'high', 'low', 'close', 'volume'] as const;

/** The rows for which the test holds. */
export function rowsWhere(bars: BarColumns, keep: (start: number) => boolean): BarColumns {
  const kept = [...bars.start.keys()].filter((row) => keep(bars.start[row] ?? 0));
  const cut = (column: Float64Array): Float64Array => Float64Array.from(kept, (row) => column[row] ?? Number.NaN);
  return Object.fromEntries(FIELDS.map((field) => [field, cut(bars[field])])) as unknown as BarColumns;
}

/** The same bars with other starts. */
export function shifted(bars: BarColumns, shift: (start: number) => number): BarColumns {
  return { ...bars, start: bars.start.map(shift) };
}

/** Undoes an adjustment: before an instant prices are `ratio` times higher and volumes as much lower. */
export function asTraded(bars: BarColumns, before: number, ratio: number): BarColumns {
  const scaled = (column: Float64Array, factor: number): Float64Array =>
    column.map((value, row) => ((bars.start[row] ?? 0) < before ? value * factor : value));
  const { start, open, high, low, close, volume } = bars;
  return {
    start,
    open: scaled(open, ratio),
    high: scaled(high, ratio),
    low: scaled(low, ratio),
    close: scaled(close, ratio),
    volume: scaled(volume, 1 / ratio).map(Math.round),
  };
}

/** One bar in words: start, open, high, low, close, volume. */
export type Row = readonly [number, number, number, number, number, number];

/** Columns of rows. */
export function columnsOf(rows: readonly Row[]): BarColumns {
  const cut = (place: number): Float64Array => Float64Array.from(rows, (row) => row[place] ?? Number.NaN);
  return { start: cut(0), open: cut(1), high: cut(2), low: cut(3), close: cut(4), volume: cut(5) };
}
