import {
  type BarHistory,
  type BarMoment,
  type Bars,
  ConfigError,
  type FeatureSpec,
  type KernelSetup,
  MINUTE_MS,
  type SessionDay,
} from '@tradekit/core';
import { FeatureGraph } from './graph.js';

/**
 * What features are computed of at once: the recorded bars of a universe, whose columns and results are time-major, or the columns of one
 * instrument. Columns alone know no clock: every row counts as a session of its own, which is what daily bars are.
 */
export type BatchBars = BarHistory | Bars;

/** Columns of several features, in the order of `specs`. They share what they are computed of. See {@link batch}. */
export function batchAll(
  specs: readonly FeatureSpec[],
  data: BatchBars,
  /** Columns to write to, as long as those of the bars. Default: new ones. */
  into?: readonly Float64Array[],
): readonly Float64Array[] {
  const columns = columnsFor(specs, 'universe' in data ? data.bars : data, into);
  if ('universe' in data) overHistory(specs, data, columns);
  else overColumns(specs, data, columns);
  return columns;
}

/** New columns, or those that are given. Throws `ConfigError` when they do not fit. */
export function columnsFor(
  specs: readonly FeatureSpec[],
  { close: { length: cells } }: Bars,
  into?: readonly Float64Array[],
): readonly Float64Array[] {
  const columns = into ?? specs.map(() => new Float64Array(cells));
  if (columns.length !== specs.length || columns.some(({ length }) => length !== cells)) {
    const message = `${columns.length} columns were given for ${specs.length} features; give one each, of ${cells} cells`;
    throw new ConfigError('BATCH_COLUMNS', message, { cells });
  }
  return columns;
}

/**
 * The column of a feature: its kernels and those of its inputs stepped over every row, so that each value is, to the bit, what the engine and
 * {@link stream} give at that bar. NaN where there is no value. Throws `ConfigError` when features of several timeframes are mixed: bars are of one
 * length here.
 */
export function batch(spec: FeatureSpec, data: BatchBars): Float64Array {
  return batchAll([spec], data)[0]!;
}

/** Cells of a block: so few that all values of some dozens of features stay in the processor's cache. */
const BLOCK_CELLS = 2048;

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** Where rows are in their sessions. */
type MomentOf = (row: number, into: Writable<BarMoment>) => void;

function overHistory(specs: readonly FeatureSpec[], history: BarHistory, columns: readonly Float64Array[]): void {
  const { universe, sessions, firstRow, ends, bars } = history;
  const sector = (i: number): string | undefined => universe.instruments[i]?.sector;
  let k = 0;
  overRows(specs, { instruments: universe.size, sector, columns }, bars, ends.length, (row, into) => {
    while (row >= firstRow[k + 1]!) k++;
    const { day, open, close } = sessions[k]!;
    into.session = day;
    into.minute = (ends[row]! - open) / MINUTE_MS;
    into.sessionMinutes = (close - open) / MINUTE_MS;
  });
}

function overColumns(specs: readonly FeatureSpec[], bars: Bars, columns: readonly Float64Array[]): void {
  overRows(specs, { instruments: 1, sector: () => undefined, columns }, bars, bars.close.length, (row, into) => {
    into.session = row as SessionDay;
    into.minute = 390;
    into.sessionMinutes = 390;
  });
}

function overRows(
  specs: readonly FeatureSpec[],
  options: Pick<KernelSetup, 'instruments' | 'sector'> & { readonly columns: readonly Float64Array[] },
  bars: Bars,
  count: number,
  momentOf: MomentOf,
): void {
  const rows = Math.max(1, Math.floor(BLOCK_CELLS / options.instruments));
  const graph = new FeatureGraph(specs, { ...options, rows });
  const moments = Array.from({ length: rows }, () => ({ session: 0 as SessionDay, minute: 0, sessionMinutes: 0 }));
  for (let first = 0; first < count; first += rows) {
    if (first + rows > count) moments.length = count - first;
    for (let r = 0; r < moments.length; r++) momentOf(first + r, moments[r]!);
    graph.run(bars, first, moments);
  }
}
