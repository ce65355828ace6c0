import {
  type BarHistory,
  type BarMoment,
  type Bars,
  ConfigError,
  type FeatureSpec,
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
  const cells = 'universe' in data ? data.bars.close.length : data.close.length;
  const columns = into ?? specs.map(() => new Float64Array(cells));
  if (columns.length !== specs.length || columns.some(({ length }) => length !== cells)) {
    const message = `batchAll was given ${columns.length} columns for ${specs.length} features; give one each, of ${cells} cells`;
    throw new ConfigError('BATCH_COLUMNS', message, { cells });
  }
  if ('universe' in data) overHistory(specs, data, columns);
  else overColumns(specs, data, columns);
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

type Writable<T> = { -readonly [K in keyof T]: T[K] };

function overHistory(specs: readonly FeatureSpec[], history: BarHistory, columns: readonly Float64Array[]): void {
  const { universe, sessions, firstRow, ends, bars } = history;
  const instruments = universe.size;
  const sector = (i: number): string | undefined => universe.instruments[i]?.sector;
  const graph = new FeatureGraph(specs, { instruments, sector, columns });
  const moment: Writable<BarMoment> = { session: 0 as SessionDay, minute: 0, sessionMinutes: 0 };
  for (const [k, { day, open, close }] of sessions.entries()) {
    moment.session = day;
    moment.sessionMinutes = (close - open) / MINUTE_MS;
    for (let row = firstRow[k]!; row < firstRow[k + 1]!; row++) {
      moment.minute = (ends[row]! - open) / MINUTE_MS;
      graph.step(bars, row * instruments, moment, row);
    }
  }
}

function overColumns(specs: readonly FeatureSpec[], bars: Bars, columns: readonly Float64Array[]): void {
  const graph = new FeatureGraph(specs, { instruments: 1, sector: () => undefined, columns });
  const moment: Writable<BarMoment> = { session: 0 as SessionDay, minute: 390, sessionMinutes: 390 };
  for (let row = 0; row < bars.close.length; row++) {
    moment.session = row as SessionDay;
    graph.step(bars, row, moment, row);
  }
}
