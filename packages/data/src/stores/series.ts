/** Bars of one symbol as every store keeps them: the order of the columns, the checksum, what is refused. */
import { createHash } from 'node:crypto';
import type { DataError, Timestamp } from '@tradekit/core';
import type { BarColumns } from '../csv/columns.js';
import { damaged, storeError } from './fault.js';
import type { StoredSeries } from './store.js';

/** The columns in the order in which stores keep them. */
export function columnsOf({ start, open, high, low, close, volume }: BarColumns): readonly Float64Array[] {
  return [start, open, high, low, close, volume];
}

/**
 * SHA-256 of bars as 64 hexadecimal digits: the columns start, open, high, low, close and volume, one after the other, as
 * little-endian doubles. It knows neither symbol nor identity, and is the same in every store.
 */
export function seriesChecksum(bars: BarColumns): string {
  const hash = createHash('sha256');
  for (const column of columnsOf(bars)) hash.update(bytesOf(column));
  return hash.digest('hex');
}

/** The memory of a column. */
export function bytesOf(column: Float64Array): Uint8Array {
  return new Uint8Array(column.buffer, column.byteOffset, column.byteLength);
}

/** What a store lists of bars. There is at least one. */
export function describeSeries(symbol: string, bars: BarColumns): StoredSeries {
  const rows = bars.start.length;
  const first = bars.start[0] as Timestamp;
  const last = bars.start[rows - 1] as Timestamp;
  return { symbol, rows, first, last, checksum: seriesChecksum(bars) };
}

/** Whether two descriptions are of the same bars of the same symbol. */
export function isSameSeries(a: StoredSeries, b: StoredSeries): boolean {
  const isSameSpan = a.rows === b.rows && a.first === b.first && a.last === b.last;
  return isSameSpan && a.symbol === b.symbol && a.checksum === b.checksum;
}

/**
 * Throws `STORE_DAMAGED` when what a database gave of a series is not what was imported: all bars by their checksum, those of a range
 * by the count of all.
 */
export function refuseLost(
  series: StoredSeries,
  bars: BarColumns,
  countOfAll: number | undefined,
  place: string,
): void {
  const { symbol, rows } = series;
  const count = countOfAll ?? bars.start.length;
  if (count !== rows) throw damaged(place, `${count} bars of ${rows} are there`, { symbol });
  if (countOfAll === undefined && !isSameSeries(describeSeries(symbol, bars), series)) {
    throw damaged(place, 'its bars do not match their checksum', { symbol });
  }
}

const SYMBOL = /^[A-Za-z0-9][A-Za-z0-9._^=-]{0,31}$/;

/** Throws `STORE_BAD_SYMBOL` or `STORE_BAD_BARS` on what no store may keep. */
export function refuseBadSeries(symbol: string, bars: BarColumns): void {
  if (!SYMBOL.test(symbol)) {
    const what = `"${symbol}" cannot be the symbol of a series`;
    throw storeError('STORE_BAD_SYMBOL', what, 'use letters, digits and . _ ^ = -, at most 32', { symbol });
  }
  const rows = bars.start.length;
  if (columnsOf(bars).some((column) => column.length !== rows)) {
    throw badBars(symbol, 'the columns are of different lengths', 'give every column a cell a bar');
  }
  if (rows === 0) throw badBars(symbol, 'there is no bar', 'leave the symbol out');
  let before = 0;
  for (let row = 0; row < rows; row++) {
    const start = bars.start[row]!;
    if (!(start > before && start <= LAST_START && Number.isInteger(start))) throw badRow(symbol, bars, row);
    if (!isBar(bars.open[row]!, bars.high[row]!, bars.low[row]!, bars.close[row]!, bars.volume[row]!)) {
      throw badRow(symbol, bars, row);
    }
    before = start;
  }
}

/** The end of the year 2199: microseconds until then are whole numbers in a double, which is how databases count. */
const LAST_START = Date.UTC(2200, 0, 1) - 1;

/** NaN fails every comparison. */
function isBar(open: number, high: number, low: number, close: number, volume: number): boolean {
  const isEnclosed = high >= open && high >= close && low <= open && low <= close;
  return low > 0 && high < Number.POSITIVE_INFINITY && isEnclosed && volume >= 0 && volume < Number.POSITIVE_INFINITY;
}

function badRow(symbol: string, bars: BarColumns, row: number): DataError {
  const [start, open, high, low, close, volume] = columnsOf(bars).map((column) => column[row]);
  const shown = `start ${start}, prices ${open} ${high} ${low} ${close}, volume ${volume}`;
  const remedy =
    'starts must ascend by whole milliseconds from 1970 to 2199, prices be above 0 and enclosed by low and high, volume be 0 or more: clean the bars first';
  return badBars(symbol, `row ${row} is no bar: ${shown}`, remedy, row);
}

function badBars(symbol: string, what: string, remedy: string, row?: number): DataError {
  return storeError('STORE_BAD_BARS', `${symbol}: ${what}`, remedy, { symbol, row });
}
