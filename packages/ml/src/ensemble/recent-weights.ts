import type { Trainer } from '../boosting/training-set.js';
import { fail, requireAboveZero, requireCount } from '../error.js';
import { expandingFolds } from '../folds/walk-forward.js';
import type { Labels } from '../labels/labels.js';
import { type AverageModel, averageModel, requireTrainers } from './average.js';
import { OutOfFold, outOfFold } from './out-of-fold.js';
import { samplesAt } from './samples-at.js';

/** Options of {@link recentWeights}. */
export interface RecentWeightsOptions {
  /** The row after whose close the weights are made: only labels that look at no later row count. */
  readonly row: number;
  /** Only decisions of the last so many rows up to `row` count. */
  readonly windowRows: number;
  /** η: how fast weight moves to the better member. Above 0, default 1; 1 ÷ the bars of a label where labels overlap. */
  readonly eta?: number;
}

/** The least probability that counts: one wrong row of certainty must not decide alone. */
const LEAST = 1e-6;

/**
 * Weights of members by what they said lately: e^(−η · L), made to add up to 1, where L is the sum over the rows of the window of the mean log loss of a row's samples (the exponentially weighted
 * forecaster of N. Cesa-Bianchi, G. Lugosi, Prediction, Learning, and Games, 2006, 2.1: with η = 1 the mixture of Bayes). A row counts once however many instruments it has,
 * since they move together. `targets` are classes at cells. Throws `MlError` `OUT_OF_FOLD` on what {@link outOfFold} did not make, `MEMBERS_DIFFER` when
 * members predict other samples or outputs, `WINDOW_EMPTY` when no label of the window has ended, `LABEL_CLASS` on a target that is no class.
 */
export function recentWeights(
  members: readonly OutOfFold[],
  targets: Float64Array,
  { row, windowRows, eta = 1 }: RecentWeightsOptions,
): Float64Array {
  requireCount('recentWeights', 'row', row, 0);
  requireCount('recentWeights', 'windowRows', windowRows);
  requireAboveZero('recentWeights', 'eta', eta);
  const [first] = requireAlike('recentWeights', members);
  const { rows, last, cells } = first;
  const counted = Array.from(rows.keys()).filter((k) => rows[k]! > row - windowRows && last[k]! <= row);
  if (counted.length === 0) {
    const message = `no label of the ${windowRows} rows up to ${row} has ended by then; use a longer window`;
    fail('WINDOW_EMPTY', message, { row, windowRows });
  }
  const ofRow = new Map<number, number>();
  for (const k of counted) ofRow.set(rows[k]!, (ofRow.get(rows[k]!) ?? 0) + 1);
  const losses = members.map(({ answers, outputs }) =>
    counted.reduce((sum, k) => {
      const p = probabilityOf(answers, outputs, k, targets[cells[k]!]);
      return sum - Math.log(Math.max(LEAST, p)) / ofRow.get(rows[k]!)!;
    }, 0),
  );
  const least = Math.min(...losses);
  const parts = Float64Array.from(losses, (loss) => Math.exp(-eta * (loss - least)));
  const sum = parts.reduce((total, own) => total + own, 0);
  return parts.map((own) => own / sum);
}

/** Options of {@link recentlyWeighted}. */
export interface RecentlyWeightedOptions extends Omit<RecentWeightsOptions, 'row'> {
  /** The labels behind the targets: their spans keep what is weighted by apart from what is trained on. */
  readonly labels: Labels;
}

/**
 * A trainer of averages by {@link recentWeights}: the last `windowRows` rows of a training set are predicted by models of what had ended before, which gives the weights; then every trainer
 * trains on the whole set. Throws `MlError` `ML_OPTION` on options out of range; `train` throws as the trainers do, and `FOLD_ROWS` and `FOLD_EMPTY` when the set is too short.
 */
export function recentlyWeighted(
  trainers: readonly Trainer[],
  options: RecentlyWeightedOptions,
): Trainer<AverageModel> {
  const { labels, windowRows, eta = 1 } = options;
  requireTrainers('recentlyWeighted', trainers);
  requireCount('recentlyWeighted', 'windowRows', windowRows);
  requireAboveZero('recentlyWeighted', 'eta', eta);
  return {
    text: `recentlyWeighted(${trainers.map(({ text }) => text).join(', ')}; ${labels.text}, ${windowRows}, ${eta})`,
    train(set, validation) {
      const samples = samplesAt(labels, set.cells);
      const rows = new Set(samples.rows).size;
      if (rows <= windowRows) {
        const message = `the training set has ${rows} rows, and ${windowRows} are for the weights; use a shorter window or more data`;
        fail('FOLD_ROWS', message, { rows, windowRows });
      }
      const folds = expandingFolds(samples, { folds: 1, minTrainRows: rows - windowRows });
      const predicted = trainers.map((trainer) => outOfFold(trainer, set, samples, folds, validation));
      const row = samples.last.reduce((most, own) => Math.max(most, own), 0);
      const weights = recentWeights(predicted, set.targets, { row, windowRows: row + 1, eta });
      return averageModel(
        trainers.map((trainer) => trainer.train(set, validation)),
        weights,
      );
    },
  };
}

/** Throws `MlError` unless all were made by {@link outOfFold} of the same samples, with as many outputs, and there is one. */
export function requireAlike(of: string, members: readonly OutOfFold[]): readonly [OutOfFold, ...OutOfFold[]] {
  if (!members.every(OutOfFold.is)) {
    fail('OUT_OF_FOLD', `${of} takes only what outOfFold made: predictions of what was trained on say nothing`, { of });
  }
  const [first, ...others] = members;
  if (first === undefined) return fail('ML_OPTION', `${of} has no member; give at least one`, { of });
  const { cells, outputs } = first;
  for (const [k, own] of others.entries()) {
    const theirs = own.cells;
    if (own.outputs === outputs && theirs.length === cells.length && cells.every((cell, at) => cell === theirs[at]))
      continue;
    const message = `member ${k + 1} of ${of} predicts other samples or outputs than member 0; use the same samples and folds`;
    fail('MEMBERS_DIFFER', message, { of, member: k + 1 });
  }
  return [first, ...others];
}

/** What a sample's class was given. */
function probabilityOf(answers: Float64Array, outputs: number, sample: number, target: number | undefined): number {
  const p = outputs === 1 ? answers[sample]! : answers[sample * outputs + (target ?? outputs)];
  if (p !== undefined && Number.isInteger(target) && target! >= 0 && target! < Math.max(2, outputs)) {
    return outputs === 1 && target === 0 ? 1 - p : p;
  }
  return fail('LABEL_CLASS', `a sample has the target ${target}; give classes from 0 to ${Math.max(2, outputs) - 1}`, {
    target,
  });
}
