import type { Trainer } from '../boosting/training-set.js';
import { fail, requireBetween } from '../error.js';
import { type PurgedFoldsOptions, purgedFolds } from '../folds/k-fold.js';
import type { Labels } from '../labels/labels.js';
import { type LogisticModel, logisticRegression } from '../linear/logistic.js';
import type { LogisticOptions } from '../linear/options.js';
import type { Model } from '../trees/model.js';
import { requireTrainers } from './average.js';
import { answersOf, type Members, requireMembers } from './members.js';
import { type OutOfFold, outOfFold } from './out-of-fold.js';
import { requireAlike } from './recent-weights.js';
import { samplesAt } from './samples-at.js';

/** Members whose log odds a logistic regression puts together. */
export interface StackedModel extends Model {
  readonly kind: 'stack';
  readonly members: Members;
  /** Its features are the log odds of members: `m0:1` those of class 1 against class 0 by member 0. */
  readonly combiner: LogisticModel;
}

/** Options of the logistic regression over members. */
export interface StackOptions extends Omit<LogisticOptions, 'target'> {
  /** How much each cell counts. Default: all alike. */
  readonly weights?: Float64Array;
}

/** Probabilities are held within this and 1 before their logarithm is taken. */
const LEAST = 1e-6;

/**
 * A stack (D. Wolpert, Stacked generalization, 1992): a logistic regression learns from predictions that were made out of fold what the members' log odds are worth. `outOfFold` has one
 * for each member, of the same samples; the members themselves may have been trained on all. `targets` are classes at cells. Throws `MlError`: `OUT_OF_FOLD` on what `outOfFold` did not make,
 * `MEMBERS_DIFFER`, `FEATURES_DIFFER`, `SCORES_VALUE` when members do not answer probabilities, and what `logisticRegression` throws.
 */
export function stackedModel(
  members: readonly Model[],
  predicted: readonly OutOfFold[],
  targets: Float64Array,
  { weights, ...options }: StackOptions = {},
): StackedModel {
  requireMembers('stackedModel', members);
  const [first] = requireAlike('stackedModel', predicted);
  const { features, outputs } = members[0];
  if (predicted.length !== members.length || first.outputs !== outputs) {
    const message = `${predicted.length} out-of-fold predictions of ${first.outputs} outputs do not fit ${members.length} members of ${outputs}; give one a member, in their order`;
    fail('MEMBERS_DIFFER', message, { members: members.length, predicted: predicted.length });
  }
  const isOther = (own: OutOfFold): boolean =>
    own.features.length !== features.length || own.features.some((name, k) => name !== features[k]);
  if (predicted.some(isOther)) {
    fail('FEATURES_DIFFER', 'the out-of-fold predictions are of models of other features than the members');
  }
  const answers = predicted.map((own) => own.answers);
  const { cells } = first;
  const width = answers.length * Math.max(1, outputs - 1);
  const odds = logOdds(answers, outputs, cells.length);
  const combiner = logisticRegression({
    ...options,
    target: outputs === 1 ? { kind: 'two-classes' } : { kind: 'classes', count: outputs },
  }).train({
    features: namesOf(members.length, outputs),
    columns: Array.from({ length: width }, (_, k) => odds.filter((_own, cell) => cell % width === k)),
    cells: Int32Array.from(cells.keys()),
    targets: Float64Array.from(cells, (cell) => targets[cell] ?? Number.NaN),
    ...(weights === undefined ? {} : { weights: Float64Array.from(cells, (cell) => weights[cell] ?? Number.NaN) }),
  });
  return stackOf(members, combiner);
}

/** The stack of members and a combiner that was fitted before. Throws `MlError` `FEATURES_DIFFER` and `MEMBERS_DIFFER` when they do not fit. */
export function stackOf(members: readonly Model[], combiner: LogisticModel): StackedModel {
  requireMembers('stackOf', members);
  const { features, outputs } = members[0];
  const names = namesOf(members.length, outputs);
  if (combiner.outputs !== outputs || combiner.features.join() !== names.join()) {
    fail('MEMBERS_DIFFER', `the combiner was fitted to other members than ${members.length} of ${outputs} outputs`);
  }
  return {
    kind: 'stack',
    members: [...members],
    combiner,
    features,
    outputs,
    predict(rows, out) {
      const values = logOdds(answersOf(members, rows), outputs, rows.rows);
      return combiner.predict({ names: combiner.features, values, rows: rows.rows }, out);
    },
  };
}

/** Options of {@link stacking}. */
export interface StackingOptions extends Omit<StackOptions, 'weights'>, Omit<PurgedFoldsOptions, 'folds'> {
  /** The labels behind the targets: their spans keep folds apart. */
  readonly labels: Labels;
  /** Folds of the training set, default 5. */
  readonly folds?: number;
}

/**
 * A trainer of stacks: purged folds of the training set give the out-of-fold predictions, then every trainer trains on the whole set. It trains each of them `folds` + 1 times. Throws
 * `MlError` `ML_OPTION` on options out of range; `train` throws as the trainers do, and as `purgedFolds` and {@link stackedModel} do.
 */
export function stacking(trainers: readonly Trainer[], options: StackingOptions): Trainer<StackedModel> {
  const { labels, folds = 5, embargoRows = 0, embargoAfter = 'spans', ...combining } = options;
  requireTrainers('stacking', trainers);
  requireBetween('stacking', 'folds', folds, 2, Number.MAX_SAFE_INTEGER);
  const { text } = logisticRegression({ ...combining, target: { kind: 'two-classes' } });
  const purging = { folds, embargoRows, embargoAfter };
  return {
    text: `stacking(${trainers.map((own) => own.text).join(', ')}; ${labels.text}, ${JSON.stringify(purging)}, ${text})`,
    train(set, validation) {
      const samples = samplesAt(labels, set.cells);
      const cut = purgedFolds(samples, purging);
      const predicted = trainers.map((trainer) => outOfFold(trainer, set, samples, cut, validation));
      const members = trainers.map((trainer) => trainer.train(set, validation));
      const { weights } = set;
      return stackedModel(
        members,
        predicted,
        set.targets,
        weights === undefined ? combining : { ...combining, weights },
      );
    },
  };
}

const namesOf = (members: number, outputs: number): readonly string[] =>
  Array.from({ length: members }, (_, m) =>
    Array.from({ length: Math.max(1, outputs - 1) }, (_own, k) => `m${m}:${k + 1}`),
  ).flat();

/** Of each row the log odds of every class but the first against the first, by each member. */
function logOdds(answers: readonly Float64Array[], outputs: number, rows: number): Float64Array {
  const of = Math.max(1, outputs - 1);
  const width = answers.length * of;
  const out = new Float64Array(rows * width);
  const logarithm = (p: number): number => {
    if (p >= 0 && p <= 1) return Math.log(Math.max(LEAST, p));
    return fail('SCORES_VALUE', `a member answers ${p}, which is no probability; stack classifiers alone`);
  };
  for (const [m, answer] of answers.entries()) {
    for (let row = 0; row < rows; row++) {
      for (let k = 0; k < of; k++) {
        const p = outputs === 1 ? answer[row]! : answer[row * outputs + k + 1]!;
        const against = outputs === 1 ? 1 - answer[row]! : answer[row * outputs]!;
        out[row * width + m * of + k] = logarithm(p) - logarithm(against);
      }
    }
  }
  return out;
}
