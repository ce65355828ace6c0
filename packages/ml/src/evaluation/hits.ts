import { fail } from '../error.js';
import { FLAT, UP } from '../labels/labels.js';
import { sideOf } from './judged.js';

/**
 * The part of rows whose likeliest class came; where several are the likeliest, each counts its share. `probabilities` has `outputs` cells a row: all classes, or with one output
 * the probability of class 1. Throws `MlError` `SCORES_SHAPE` when lists do not fit or are empty, `SCORES_VALUE` when a target is no class or a probability is none.
 */
export function accuracy(probabilities: Float64Array, outputs: number, targets: Float64Array): number {
  const rows = targets.length;
  if (rows === 0 || probabilities.length !== rows * outputs) {
    const message = `${probabilities.length} probabilities are not ${outputs} for each of ${rows} targets`;
    fail('SCORES_SHAPE', `${message}; give one a class and row`, { outputs, targets: rows });
  }
  let right = 0;
  for (let row = 0; row < rows; row++) {
    const first = row * outputs;
    const said =
      outputs === 1
        ? [1 - probabilities[row]!, probabilities[row]!]
        : [...probabilities.subarray(first, first + outputs)];
    const target = targets[row]!;
    if (said[target] === undefined || !said.every((p) => p >= 0 && p <= 1)) {
      return fail('SCORES_VALUE', `row ${row} has the target ${target} and the probabilities ${said.join(', ')}`, {
        row,
        target,
      });
    }
    const most = Math.max(...said);
    if (said[target] === most) right += 1 / said.filter((p) => p === most).length;
  }
  return right / rows;
}

/**
 * The part of the rows that were not flat whose likelier side, up against down, came; where both are alike, a half. `probabilities` has three cells a row, `classes` one. Throws `MlError`
 * `SCORES_SHAPE` when they do not fit, `SCORES_EMPTY` when all rows were flat.
 */
export function hitRate(probabilities: Float64Array, classes: Float64Array): number {
  if (probabilities.length !== 3 * classes.length) {
    fail('SCORES_SHAPE', `${probabilities.length} probabilities are not three for each of ${classes.length} rows`);
  }
  let right = 0;
  let moved = 0;
  for (let row = 0; row < classes.length; row++) {
    if (classes[row] === FLAT) continue;
    moved++;
    const side = sideOf(probabilities, row);
    if (side === 0) right += 0.5;
    else if ((side === 1) === (classes[row] === UP)) right++;
  }
  if (moved === 0) fail('SCORES_EMPTY', 'every row was flat; there is no side to hit');
  return right / moved;
}
