import type { TreeEnsemble } from './ensemble.js';
import { answerColumn, type FeatureRows, type Model, requireRows } from './model.js';
import { prepared } from './prepare.js';
import { scorer } from './score.js';
import { shapOf } from './shap.js';

/** A model of trees. */
export interface TreeModel extends Model {
  readonly ensemble: TreeEnsemble;
  /** The sums of base and leaves before they are made probabilities, cell `row * outputs + output`. Throws as `predict`. */
  margins(rows: FeatureRows, out?: Float64Array): Float64Array;
  /**
   * What each feature adds to each margin of each row, exact tree SHAP with the paths of the training data (S. Lundberg and others, From local explanations
   * to global understanding with explainable AI for trees, 2020, algorithm 2): cell `(row * outputs + output) * (features + 1) + feature`; the last of
   * each is the mean margin, and they add up to the margin. Throws as `predict`.
   */
  contributions(rows: FeatureRows): Float64Array;
}

/** A model over an ensemble of trees. */
export function treeModel(ensemble: TreeEnsemble): TreeModel {
  const { features, base, objective } = ensemble;
  const outputs = base.length;
  const score = scorer(ensemble);
  const margins = (rows: FeatureRows, out?: Float64Array): Float64Array => {
    requireRows(features, rows);
    const answer = answerColumn(out, rows.rows * outputs);
    score(prepared(ensemble, rows.values), rows.rows, answer);
    return answer;
  };
  return {
    ensemble,
    features,
    outputs,
    margins,
    predict(rows, out) {
      const answer = margins(rows, out);
      if (objective === 'logistic') toProbability(answer);
      if (objective === 'softmax') softmax(answer, outputs);
      return answer;
    },
    contributions(rows) {
      requireRows(features, rows);
      return shapOf(ensemble, prepared(ensemble, rows.values), rows.rows);
    },
  };
}

/** 1 ÷ (1 + e^−margin), in place. */
function toProbability(margins: Float64Array): void {
  for (let k = 0; k < margins.length; k++) margins[k] = 1 / (1 + Math.exp(-margins[k]!));
}

/** e^margin ÷ their sum over the outputs of a row, in place; the largest is taken out first, so that none overflows. */
function softmax(margins: Float64Array, outputs: number): void {
  for (let first = 0; first < margins.length; first += outputs) {
    let largest = Number.NEGATIVE_INFINITY;
    for (let k = first; k < first + outputs; k++) largest = Math.max(largest, margins[k]!);
    let sum = 0;
    for (let k = first; k < first + outputs; k++) {
      margins[k] = Math.exp(margins[k]! - largest);
      sum += margins[k]!;
    }
    for (let k = first; k < first + outputs; k++) margins[k] = margins[k]! / sum;
  }
}
