/** What is lowered: losses with their first and second derivatives by the margins, as XGBoost has them. */
import { fail } from '../error.js';
import type { Objective } from '../trees/ensemble.js';
import type { Kernels } from './kernels.js';
import type { Target } from './options.js';
import { LEAST_SECOND, probabilities, type Rows } from './softmax.js';

/** A loss over rows; margins are at `row * outputs + output`. */
export interface Loss {
  readonly objective: Objective;
  readonly outputs: number;
  /** The margins of a model without trees, from the training targets, in single precision. Throws `MlError` on targets that do not fit. */
  base(targets: Float64Array, weights: Float64Array): Float64Array;
  /** Writes the derivatives of each output: first and second of a row side by side. */
  derivatives(rows: Rows, out: readonly Float64Array[], kernels: Kernels): void;
  /** The mean loss by weight: log loss, or the mean square. */
  mean(rows: Rows): number;
}

/** The loss for a target. */
export function lossOf(target: Target): Loss {
  if (target.kind === 'number') return squared;
  return target.kind === 'two-classes' ? logistic : softmaxLoss(target.count);
}

/** Weights by class. Throws `MlError` `LABEL_CLASS` when a target is no class, `LABEL_ONE_CLASS` when all weight is in one. */
function classTotals(targets: Float64Array, weights: Float64Array, classes: number): Float64Array {
  const totals = new Float64Array(classes);
  for (let row = 0; row < targets.length; row++) {
    const own = targets[row]!;
    if (!(Number.isInteger(own) && own >= 0 && own < classes)) {
      fail('LABEL_CLASS', `the target ${own} is no class; give whole numbers from 0 to ${classes - 1}`, {
        target: own,
      });
    }
    totals[own]! += weights[row]!;
  }
  if (totals.filter((total) => total > 0).length < 2) {
    fail('LABEL_ONE_CLASS', 'all targets are of one class; there is nothing to tell apart', { classes });
  }
  return totals;
}

/** Logarithm of how much likelier a class is than the first; one is added to each, so that a class that never comes has a place. */
const odds = (totals: Float64Array, own: number): number =>
  Math.fround(Math.log((totals[own]! + 1) / (totals[0]! + 1)));

const logistic: Loss = {
  objective: 'logistic',
  outputs: 1,
  base: (targets, weights) => Float64Array.of(odds(classTotals(targets, weights, 2), 1)),
  derivatives({ margins, targets, weights }, [out]) {
    for (let row = 0; row < targets.length; row++) {
      const p = 1 / (1 + Math.exp(-margins[row]!));
      out![2 * row] = (p - targets[row]!) * weights[row]!;
      out![2 * row + 1] = Math.max(p * (1 - p), LEAST_SECOND) * weights[row]!;
    }
  },
  mean: ({ margins, targets, weights }) =>
    weightedMean(weights, (row) => {
      const margin = targets[row] === 1 ? margins[row]! : -margins[row]!;
      // ln(1 + e^−margin), without overflow.
      return Math.log1p(Math.exp(-Math.abs(margin))) + Math.max(0, -margin);
    }),
};

const squared: Loss = {
  objective: 'squared',
  outputs: 1,
  base: (targets, weights) => Float64Array.of(Math.fround(weightedMean(weights, (row) => targets[row]!))),
  derivatives({ margins, targets, weights }, [out]) {
    for (let row = 0; row < targets.length; row++) {
      out![2 * row] = (margins[row]! - targets[row]!) * weights[row]!;
      out![2 * row + 1] = Math.max(weights[row]!, LEAST_SECOND);
    }
  },
  mean: ({ margins, targets, weights }) => weightedMean(weights, (row) => (margins[row]! - targets[row]!) ** 2),
};

function softmaxLoss(outputs: number): Loss {
  const p = new Float64Array(outputs);
  return {
    objective: 'softmax',
    outputs,
    base(targets, weights) {
      const totals = classTotals(targets, weights, outputs);
      return totals.map((_, own) => odds(totals, own));
    },
    derivatives: (rows, out, kernels) => kernels.softmax(rows, out),
    mean: ({ margins, targets, weights }) =>
      weightedMean(weights, (row) => {
        probabilities(margins, row * outputs, p);
        return -Math.log(Math.max(p[targets[row]!]!, Number.MIN_VALUE));
      }),
  };
}

function weightedMean(weights: Float64Array, of: (row: number) => number): number {
  let sum = 0;
  let total = 0;
  for (let row = 0; row < weights.length; row++) {
    sum += weights[row]! * of(row);
    total += weights[row]!;
  }
  return sum / total;
}
