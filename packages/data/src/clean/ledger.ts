/** The ledger of repairs: what was done to which line, and why. */
import { BAR_FLAGS, type BarValues, putValues, removeRows, valuesAt, type WorkingBars } from './working-bars.js';

/** What happened to a row. A flagged row keeps its values. */
export type RepairAction = 'dropped' | 'changed' | 'flagged' | 'added';

/** One entry: a row, or a run of rows of one fate whose lines follow each other. */
export interface Repair {
  readonly file: string;
  /** First line in the file, the header is line 1; 0 for a row that was added. */
  readonly line: number;
  /** Last line of the run; the same as `line` for one row. */
  readonly lastLine: number;
  /** Name of the step; `parse` for lines that could not be read. */
  readonly rule: string;
  readonly action: RepairAction;
  /** Start of the (first) bar before the repair, milliseconds since 1970 UTC; NaN where no stamp could be read. */
  readonly start: number;
  /** The bar as it was; `undefined` for an added row, for a run of several, and for a line that could not be read. */
  readonly before: BarValues | undefined;
  /** The bar as it is now; `undefined` for a dropped one. */
  readonly after: BarValues | undefined;
  readonly reason: string;
  /** The beginning of a line that could not be read; else empty. */
  readonly text: string;
}

/** Repairs in the order in which they were made. */
export type Ledger = readonly Repair[];

/** Where steps write their repairs. Rows are changed by these functions only, so that nothing is missing here. */
export interface LedgerWriter {
  readonly entries: Repair[];
}

/** Marks a row. */
export function flagRow(
  bars: WorkingBars,
  ledger: LedgerWriter,
  rule: string,
  row: number,
  flag: number,
  reason: string,
): void {
  bars.flags[row]! |= flag;
  const values = valuesAt(bars, row);
  ledger.entries.push(entry(bars, rule, 'flagged', row, values, values, reason));
}

/** Changes fields of a row. */
export function changeRow(
  bars: WorkingBars,
  ledger: LedgerWriter,
  rule: string,
  row: number,
  changes: Partial<BarValues>,
  reason: string,
): void {
  const before = valuesAt(bars, row);
  const after = { ...before, ...changes };
  putValues(bars, row, after);
  bars.flags[row]! |= BAR_FLAGS.changed;
  ledger.entries.push(entry(bars, rule, 'changed', row, before, after, reason));
}

/** Takes rows out, named in ascending order, one entry each. */
export function dropRows(
  bars: WorkingBars,
  ledger: LedgerWriter,
  rule: string,
  rows: readonly number[],
  reasonOf: (row: number) => string,
): void {
  for (const row of rows) {
    ledger.entries.push(entry(bars, rule, 'dropped', row, valuesAt(bars, row), undefined, reasonOf(row)));
  }
  removeRows(bars, rows);
}

/** Rows `first` up to, not including, `end`, that go for one reason. */
export interface RowRun {
  readonly first: number;
  readonly end: number;
  readonly reason: string;
}

/** Takes runs of rows out, in ascending order: one entry for rows whose lines follow each other. */
export function dropRuns(bars: WorkingBars, ledger: LedgerWriter, rule: string, runs: readonly RowRun[]): void {
  const { lines } = bars;
  const dropped: number[] = [];
  for (const { first, end, reason } of runs) {
    for (let row = first; row < end; ) {
      const from = row;
      do dropped.push(row++);
      while (row < end && lines[row] === lines[row - 1]! + 1);
      const before = row - from === 1 ? valuesAt(bars, from) : undefined;
      const repair = entry(bars, rule, 'dropped', from, before, undefined, reason);
      ledger.entries.push({ ...repair, lastLine: lines[row - 1]! });
    }
  }
  removeRows(bars, dropped);
}

/** The entry of a row that keeps its values and goes to another place. */
export function movedEntry(bars: WorkingBars, rule: string, row: number, reason: string): Repair {
  const values = valuesAt(bars, row);
  return entry(bars, rule, 'changed', row, values, values, reason);
}

/** The entry of a row that is being added. */
export function addedEntry(bars: WorkingBars, rule: string, after: BarValues, reason: string): Repair {
  const { file } = bars;
  const place = { file, line: 0, lastLine: 0, rule, action: 'added', start: after.start } as const;
  return { ...place, before: undefined, after, reason, text: '' };
}

function entry(
  { file, lines, columns }: WorkingBars,
  rule: string,
  action: RepairAction,
  row: number,
  before: BarValues | undefined,
  after: BarValues | undefined,
  reason: string,
): Repair {
  const line = lines[row]!;
  const start = before?.start ?? columns.start[row]!;
  return { file, line, lastLine: line, rule, action, start, before, after, reason, text: '' };
}
