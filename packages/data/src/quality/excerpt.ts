/** A few bars cut out of a file for a small chart. */
import type { BarColumns } from '../csv/columns.js';
import type { BarExcerpt } from './finding.js';

/** Bars before and after the one that is meant. */
const SIDE = 12;

/** The bars around a row. */
export function excerptAt(columns: BarColumns, row: number): BarExcerpt {
  const first = Math.max(0, row - SIDE);
  const cut = (column: Float64Array): number[] => Array.from(column.subarray(first, row + SIDE + 1));
  return {
    start: cut(columns.start),
    open: cut(columns.open),
    high: cut(columns.high),
    low: cut(columns.low),
    close: cut(columns.close),
    volume: cut(columns.volume),
    at: row - first,
  };
}
