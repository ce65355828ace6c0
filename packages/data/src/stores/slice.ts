/** A slice from the bars that symbols have there. */
import { emptyBars, type Timestamp } from '@tradekit/core';
import type { BarSlice, SeriesInput } from './store.js';

/** The slice of an instant from the bars that start then: one for a symbol, or none. */
export function sliceOf(start: Timestamp, found: readonly SeriesInput[]): BarSlice {
  const present = found.filter(({ bars }) => bars.start.length > 0);
  const bars = emptyBars(present.length);
  for (const [cell, { bars: one }] of present.entries()) {
    bars.open[cell] = one.open[0]!;
    bars.high[cell] = one.high[0]!;
    bars.low[cell] = one.low[0]!;
    bars.close[cell] = one.close[0]!;
    bars.volume[cell] = one.volume[0]!;
  }
  return { start, symbols: present.map(({ symbol }) => symbol), bars };
}

/** A bar of a slice as a row of a database. */
export interface SliceRow {
  readonly symbol: string;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

/** The slice of an instant from the rows of a database, sorted by symbol. */
export function sliceFromRows(start: Timestamp, rows: readonly SliceRow[]): BarSlice {
  const bars = emptyBars(rows.length);
  for (const [cell, row] of rows.entries()) {
    for (const field of ['open', 'high', 'low', 'close', 'volume'] as const) bars[field][cell] = row[field];
  }
  return { start, symbols: rows.map(({ symbol }) => symbol), bars };
}
