/** Whole columns of features, by the kernels that the engine steps. */
import {
  type BarHistory,
  emptyBars,
  FeatureBoard,
  type FeatureSpec,
  type Session,
  type Timestamp,
  type TradingCalendar,
} from '@tradekit/core';
import { COLUMNS } from '../base/input.js';
import { batchAll, columnsFor } from '../run/batch.js';
import type { FeatureSet } from './feature-set.js';

/** The values of a feature set over a history. */
export interface FeatureColumns {
  readonly names: readonly string[];
  /** One a feature, time-major: cell `row * instruments + instrument`. */
  readonly columns: readonly Float64Array[];
  readonly rows: number;
  readonly instruments: number;
  /** `FeatureSet.text` of the set. */
  readonly text: string;
}

/**
 * Every value of every feature, to the bit what a strategy reads at that slice: features of longer bars are there from the slice on that closes
 * them. Features whose names begin with `_` are only inputs of others and have no column. Corporate actions of the history are not played: columns are for prices that are adjusted, or for returns. Throws `ConfigError` when
 * the bars do not fill a timeframe, and when columns that are given do not fit.
 */
export function featureColumns(
  { features: all, text }: FeatureSet,
  history: BarHistory,
  /** Columns to write to, one a feature that has one, as long as those of the bars. Default: new ones. */
  into?: readonly Float64Array[],
): FeatureColumns {
  const { universe, starts } = history;
  const features = all.filter(({ name }) => !name.startsWith('_'));
  const specs = features.map(({ spec }) => spec);
  const isPlain = specs.every(isOfOneLength);
  const columns = isPlain
    ? batchAll(specs, history, into)
    : overBoard(specs, history, columnsFor(specs, history.bars, into));
  return { names: features.map(({ name }) => name), columns, rows: starts.length, instruments: universe.size, text };
}

function isOfOneLength({ timeframe, inputs = [] }: FeatureSpec): boolean {
  return timeframe === undefined && inputs.every(isOfOneLength);
}

/** Through the engine's own board, which makes longer bars as the sessions go. */
function overBoard(
  specs: readonly FeatureSpec[],
  history: BarHistory,
  columns: readonly Float64Array[],
): readonly Float64Array[] {
  const { universe, sessions, firstRow, ends, bars, official, barMs } = history;
  const { size } = universe;
  const board = new FeatureBoard(universe, calendarOf(history), barMs);
  const handles = specs.map((spec) => board.add(spec));
  const row = emptyBars(size);
  for (const [k, session] of sessions.entries()) {
    for (let at = firstRow[k]!; at < firstRow[k + 1]!; at++) {
      for (const field of COLUMNS) row[field].set(bars[field].subarray(at * size, (at + 1) * size));
      board.step(row, session, ends[at] as Timestamp);
      for (const [f, handle] of handles.entries()) {
        for (let i = 0; i < size; i++) columns[f]![at * size + i] = board.value(handle, i);
      }
    }
    board.closeSession(official.subarray(k * size, (k + 1) * size), session.day);
  }
  return columns;
}

/** The sessions of a history as a calendar. */
function calendarOf({ sessions }: BarHistory): TradingCalendar {
  const byDay = new Map(sessions.map((session) => [session.day, session]));
  return {
    name: 'history',
    session: (day) => byDay.get(day),
    sessions: (first, last): readonly Session[] => sessions.filter(({ day }) => day >= first && day <= last),
  };
}
