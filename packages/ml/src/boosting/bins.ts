/** Features as bins: at most 255 of values, by quantiles, and one for missing values. */
import { fail } from '../error.js';
import type { BinnedRows, Kernels } from './kernels.js';
import type { Layout } from './layout.js';
import type { TrainingSet } from './training-set.js';

/** The bin of missing values. */
export const MISSING = 255;
/** Rows that quantiles are taken from. */
const SAMPLED = 200_000;

/**
 * The limits between the bins of each feature, ascending, in single precision: a value is in the bin of as many limits as it has reached. Where a feature
 * misses values, a last limit is above all of them, so that a split may part them from the missing ones. Throws `MlError` `VALUE_INFINITE` on a value that
 * single precision cannot hold, and `FEATURES_CONSTANT` when no feature has two values.
 */
export function limitsOf({ features, columns, cells }: TrainingSet, maxBins: number): readonly Float64Array[] {
  const limits = columns.map((column, feature) => featureLimits(column, cells, maxBins, features[feature]!));
  if (limits.every(({ length }) => length === 0)) {
    fail('FEATURES_CONSTANT', 'no feature has two different values; nothing can be learned from them');
  }
  return limits;
}

function featureLimits(column: Float64Array, cells: Int32Array, maxBins: number, feature: string): Float64Array {
  const step = Math.max(1, Math.floor(cells.length / SAMPLED));
  const values = new Float32Array(Math.ceil(cells.length / step));
  let count = 0;
  let isMissing = false;
  let highest = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < cells.length; row++) {
    const value = Math.fround(column[cells[row]!]!);
    if (Number.isNaN(value)) {
      isMissing = true;
      continue;
    }
    if (!Number.isFinite(value)) {
      fail('VALUE_INFINITE', `feature "${feature}" has a value beyond single precision; give NaN where it is missing`, {
        feature,
      });
    }
    highest = Math.max(highest, value);
    if (row % step === 0) values[count++] = value;
  }
  const sorted = values.subarray(0, count).sort();
  const limits = quantileLimits(sorted, maxBins - (isMissing ? 1 : 0));
  if (isMissing && count > 0) limits.push(aboveSingle(highest));
  return Float64Array.from(limits);
}

/** A limit between two neighbours wherever the values since the last one fill their share of what is left. */
function quantileLimits(sorted: Float32Array, bins: number): number[] {
  const limits: number[] = [];
  let distinct = sorted.length > 0 ? 1 : 0;
  for (let k = 1; k < sorted.length; k++) if (sorted[k] !== sorted[k - 1]) distinct++;
  let begun = 0;
  for (let k = 1; k < sorted.length && limits.length < bins - 1; k++) {
    if (sorted[k] === sorted[k - 1]) continue;
    const share = (sorted.length - begun) / (bins - limits.length);
    if (distinct > bins && k - begun < share) continue;
    limits.push(between(sorted[k - 1]!, sorted[k]!));
    begun = k;
  }
  return limits;
}

/** A single above `low` and not above `high`. */
function between(low: number, high: number): number {
  const middle = Math.fround(low + (high - low) / 2);
  return middle > low ? middle : high;
}

function aboveSingle(value: number): number {
  const cell = new DataView(new ArrayBuffer(4));
  if (value === 0) return Math.fround(2 ** -149);
  cell.setFloat32(0, value);
  cell.setInt32(0, cell.getInt32(0) + (value > 0 ? 1 : -1));
  return cell.getFloat32(0);
}

/** Writes the cells of a set as rows of bins. */
export function fillBins(
  { columns, cells }: TrainingSet,
  limits: readonly Float64Array[],
  to: BinnedRows,
  kernels: Kernels,
  { values, limits: own }: Pick<Layout, 'values' | 'limits'>,
): void {
  to.words.fill(0);
  for (const [feature, column] of columns.entries()) {
    own[0] = Number.POSITIVE_INFINITY; // stays where the feature has no limit
    own.set(limits[feature]!);
    const held = own.subarray(0, limits[feature]!.length);
    for (let from = 0; from < cells.length; from += values.length) {
      const count = Math.min(values.length, cells.length - from);
      for (let k = 0; k < count; k++) values[k] = column[cells[from + k]!]!;
      kernels.bin(values, count, held, to, from, feature);
    }
  }
}
