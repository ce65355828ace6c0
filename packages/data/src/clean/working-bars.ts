/** The bars of one instrument while they are being cleaned: columns that steps change in place. */
import { type BarColumns, barColumns } from '../csv/columns.js';

/** Marks of a bar, to be combined with `|`: what was found, or done to it. Zero: nothing. */
export const BAR_FLAGS = {
  /** A field was changed; the ledger has the old one. */
  changed: 1,
  /** Part of a run of bars that are alike. */
  frozen: 2,
  /** Its high or its low is probably a bad print. */
  badPrint: 4,
  /** The last bar of a file that ends inside a session. */
  unfinished: 8,
  /** Nobody traded: made from the close before, with no volume. */
  carried: 16,
} as const;

/** The fields of one bar. */
export interface BarValues {
  /** Start of the bar, milliseconds since 1970 UTC. */
  readonly start: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  /** Shares. */
  readonly volume: number;
}

/** Bars that steps work on: the first `rows` cells of every column. */
export interface WorkingBars {
  /** File as it was given, or the name of data in memory. */
  readonly file: string;
  readonly symbol: string;
  rows: number;
  /** Counts up whenever rows are moved, removed or added, or change their start. */
  version: number;
  columns: BarColumns;
  /** Line of each row in the file; 0 for a row that was added. */
  lines: Int32Array;
  /** {@link BAR_FLAGS} of each row. */
  flags: Uint8Array;
}

/** Names of the fields of a bar, as they stand in a file. */
export const BAR_FIELDS = ['start', 'open', 'high', 'low', 'close', 'volume'] as const;

/** The fields of a row. */
export function valuesAt({ columns }: WorkingBars, row: number): BarValues {
  const { start, open, high, low, close, volume } = columns;
  return {
    start: start[row]!,
    open: open[row]!,
    high: high[row]!,
    low: low[row]!,
    close: close[row]!,
    volume: volume[row]!,
  };
}

/** Writes the fields of a row. */
export function putValues(bars: WorkingBars, row: number, values: BarValues): void {
  if (bars.columns.start[row] !== values.start) bars.version++;
  for (const field of BAR_FIELDS) bars.columns[field][row] = values[field];
}

/** Takes rows out, named in ascending order. */
export function removeRows(bars: WorkingBars, rows: ArrayLike<number>): void {
  if (rows.length === 0) return;
  let to = rows[0]!;
  for (let place = 0; place < rows.length; place++) {
    const from = rows[place]! + 1;
    const end = place + 1 < rows.length ? rows[place + 1]! : bars.rows;
    for (const column of columnsOf(bars)) column.copyWithin(to, from, end);
    to += end - from;
  }
  bars.rows = to;
  bars.version++;
}

/** Puts the rows into another order: row `i` becomes what row `order[i]` was. */
export function reorderRows(bars: WorkingBars, order: Int32Array): void {
  for (const column of columnsOf(bars)) {
    const old = column.slice(0, bars.rows);
    for (let row = 0; row < bars.rows; row++) column[row] = old[order[row]!]!;
  }
  bars.version++;
}

/** Puts bars in: `added[i]` comes before what is row `places[i]` now. Places ascend, or repeat. */
export function insertRows(
  bars: WorkingBars,
  places: readonly number[],
  added: readonly BarValues[],
  flag: number,
): void {
  if (places.length === 0) return;
  const rows = bars.rows + places.length;
  const columns = barColumns(rows);
  const lines = new Int32Array(rows);
  const flags = new Uint8Array(rows);
  let to = 0;
  let from = 0;
  for (let place = 0; place <= places.length; place++) {
    const end = place < places.length ? places[place]! : bars.rows;
    for (const field of BAR_FIELDS) columns[field].set(bars.columns[field].subarray(from, end), to);
    lines.set(bars.lines.subarray(from, end), to);
    flags.set(bars.flags.subarray(from, end), to);
    to += end - from;
    from = end;
    const values = added[place];
    if (values === undefined) continue;
    for (const field of BAR_FIELDS) columns[field][to] = values[field];
    flags[to++] = flag;
  }
  bars.columns = columns;
  bars.lines = lines;
  bars.flags = flags;
  bars.rows = rows;
  bars.version++;
}

function columnsOf({ columns, lines, flags }: WorkingBars): readonly (Float64Array | Int32Array | Uint8Array)[] {
  return [...BAR_FIELDS.map((field) => columns[field]), lines, flags];
}
