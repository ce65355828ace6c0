import type { BarHistory } from '@tradekit/core';
import { fail, requireBetween } from '../error.js';
import { DOWN, UP } from '../labels/labels.js';
import { upAgainstDown } from './auc.js';
import { accuracy, hitRate } from './hits.js';
import { type Judged, judgedAt, requireJudged } from './judged.js';
import { logLoss } from './log-loss.js';
import { netByProbability } from './net-return.js';

/** The measures of the rows of one key. */
export interface ScoreRow<K extends string | number = string | number> {
  readonly key: K;
  readonly rows: number;
  readonly logLoss: number;
  /** Log loss of the baseline on the same rows: skill is what the model is below it. */
  readonly baselineLogLoss: number;
  readonly accuracy: number;
  /** {@link hitRate}; `undefined` when every row was flat. */
  readonly hitRate: number | undefined;
  /** {@link upAgainstDown}; `undefined` unless rows went up and rows went down. */
  readonly upAgainstDown: number | undefined;
  /** Mean return after costs, in basis points, of a trade of every row on its likelier side; `undefined` where no row has one. */
  readonly netBps: number | undefined;
}

/** Options of {@link scoreTable}. */
export interface ScoreTableOptions {
  /** Probabilities of the baseline, three a row. */
  readonly baseline: Float64Array;
  /** Of a whole trade, in and out, in basis points. Not negative. */
  readonly costBps: number;
}

/**
 * The measures by key: the fold, the symbol or the hour of each row, keys ascending. Throws `MlError` `SCORES_SHAPE` and `SCORES_VALUE` on lists that do not fit, `ML_OPTION` when the
 * cost is out of range.
 */
export function scoreTable<K extends string | number>(
  judged: Judged,
  keys: readonly K[],
  { baseline, costBps }: ScoreTableOptions,
): readonly ScoreRow<K>[] {
  requireJudged('scoreTable', judged);
  requireBetween('scoreTable', 'costBps', costBps, 0, Number.MAX_VALUE);
  const count = judged.classes.length;
  if (keys.length !== count || baseline.length !== 3 * count) {
    const message = `scoreTable has ${keys.length} keys and ${baseline.length} baseline probabilities for ${count} rows; give 1 and 3 a row`;
    fail('SCORES_SHAPE', message, { rows: count });
  }
  const placesOf = new Map<K, number[]>();
  for (const [row, key] of keys.entries()) {
    const places = placesOf.get(key);
    if (places === undefined) placesOf.set(key, [row]);
    else places.push(row);
  }
  const sorted = [...placesOf].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return sorted.map(([key, places]) => {
    const own = judgedAt(judged, places);
    const against = judgedAt({ ...judged, probabilities: baseline }, places);
    const { probabilities, classes } = own;
    const hasUp = classes.includes(UP);
    const hasDown = classes.includes(DOWN);
    const [all] = netByProbability(own, { costBps, limits: [0] });
    return {
      key,
      rows: places.length,
      logLoss: logLoss(probabilities, 3, classes),
      baselineLogLoss: logLoss(against.probabilities, 3, classes),
      accuracy: accuracy(probabilities, 3, classes),
      hitRate: hasUp || hasDown ? hitRate(probabilities, classes) : undefined,
      upAgainstDown: hasUp && hasDown ? upAgainstDown(probabilities, classes) : undefined,
      netBps: all?.netBps,
    };
  });
}

/** The symbol of each cell of a history, as keys of a {@link scoreTable}. */
export function symbolsOf({ universe }: BarHistory, cells: Int32Array): readonly string[] {
  return Array.from(cells, (cell) => universe.instruments[cell % universe.size]!.id);
}

/** The hour of its session in which the bar of each cell of a history begins, from 0 on, as keys of a {@link scoreTable}. */
export function sessionHours(
  { universe, sessions, firstRow, starts }: BarHistory,
  cells: Int32Array,
): readonly number[] {
  return Array.from(cells, (cell) => {
    const row = Math.floor(cell / universe.size);
    const session = firstRow.findLastIndex((first) => first <= row);
    return Math.floor((starts[row]! - sessions[session]!.open) / 3_600_000);
  });
}
