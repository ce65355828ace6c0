import { fail } from '../error.js';

/** The least probability that counts: one wrong row of certainty must not make the loss infinite. */
const LEAST = 1e-15;

/**
 * Mean of −ln of the probability given to what came, in nats. `probabilities` has `outputs` cells a row: all classes, or with one output the probability of class 1.
 * Throws `MlError` `SCORES_SHAPE` when lists do not fit, `SCORES_VALUE` when a target is no class or a probability not between 0 and 1.
 */
export function logLoss(probabilities: Float64Array, outputs: number, targets: Float64Array): number {
  if (targets.length === 0 || probabilities.length !== targets.length * outputs) {
    const message = `${probabilities.length} probabilities are not ${outputs} for each of ${targets.length} targets`;
    fail('SCORES_SHAPE', `${message}; give one a class and row`, { outputs, targets: targets.length });
  }
  let sum = 0;
  for (let row = 0; row < targets.length; row++) {
    const target = targets[row]!;
    const p = outputs === 1 ? Math.abs(1 - target - probabilities[row]!) : probabilities[row * outputs + target];
    if (!(p !== undefined && p >= 0 && p <= 1 && target >= 0 && target < Math.max(2, outputs))) {
      return fail('SCORES_VALUE', `row ${row} has the target ${target} and the probability ${p}`, { row, target });
    }
    sum -= Math.log(Math.max(LEAST, p));
  }
  return sum / targets.length;
}
