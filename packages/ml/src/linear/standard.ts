/** Features in units of their own spread, as the training rows have it. */
import { fail } from '../error.js';

/** Mean and standard deviation of each feature over the training rows, by weight; 0 and 1 where there is nothing to scale. */
export interface Standard {
  readonly means: Float64Array;
  readonly scales: Float64Array;
}

/**
 * The standard of some cells of columns. Missing values are left out. Throws `MlError` `VALUE_INFINITE` on a value that is infinite, `FEATURES_CONSTANT` when no
 * feature has two values.
 */
export function standardOf(
  features: readonly string[],
  columns: readonly Float64Array[],
  cells: Int32Array,
  weights: Float64Array,
): Standard {
  const means = new Float64Array(columns.length);
  const scales = new Float64Array(columns.length).fill(1);
  let varied = 0;
  for (const [feature, column] of columns.entries()) {
    const mean = weightedMean(cells, weights, (cell) => {
      const value = column[cell]!;
      if (Math.abs(value) === Number.POSITIVE_INFINITY) infinite(features[feature]!);
      return value;
    });
    if (Number.isNaN(mean)) continue;
    const variance = weightedMean(cells, weights, (cell) => (column[cell]! - mean) ** 2);
    means[feature] = mean;
    // Equal values differ from their mean by rounding alone.
    if (!(Math.sqrt(variance) > 1e-14 * Math.abs(mean))) continue;
    scales[feature] = Math.sqrt(variance);
    varied++;
  }
  if (varied === 0) {
    fail('FEATURES_CONSTANT', 'no feature has two values in the training rows; there is nothing to learn from');
  }
  return { means, scales };
}

/** A value in units of its feature; 0, the mean, where it is missing. */
export const standardised = (value: number, mean: number, scale: number): number =>
  Number.isNaN(value) ? 0 : (value - mean) / scale;

/** Refuses a value by the name of its feature. */
export function infinite(feature: string): never {
  return fail('VALUE_INFINITE', `feature "${feature}" is infinite; give NaN where a value is missing`, { feature });
}

/** Mean over the cells that have a value and a weight, NaN when none has. */
function weightedMean(cells: Int32Array, weights: Float64Array, of: (cell: number) => number): number {
  let sum = 0;
  let total = 0;
  for (let row = 0; row < cells.length; row++) {
    const value = of(cells[row]!);
    if (Number.isNaN(value)) continue;
    sum += weights[row]! * value;
    total += weights[row]!;
  }
  return sum / total;
}
