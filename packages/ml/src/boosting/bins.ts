/** Features as bins: at most 255 of values, by quantiles, and one for missing values. */
import { fail } from '../error.js';
import type { TrainingSet } from './training-set.js';

/** The bin of missing values. */
export const MISSING = 255;
/** Rows that quantiles are taken from. */
const SAMPLED = 200_000;

/** Rows of bins, four to a word of 32 bits, the first feature in the lowest byte. */
export interface BinnedRows {
  readonly rows: number;
  readonly features: number;
  /** Words of a row: a quarter of the features, rounded up. */
  readonly width: number;
  readonly words: Int32Array;
}

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

/** The cells of a set as rows of bins. */
export function binned({ columns, cells }: TrainingSet, limits: readonly Float64Array[]): BinnedRows {
  const features = columns.length;
  const width = Math.ceil(features / 4);
  const words = new Int32Array(cells.length * width);
  const bytes = new Uint8Array(words.buffer);
  // A word's lowest byte is its first one on every machine that Node runs on; the readers shift, so this must hold.
  for (const [feature, column] of columns.entries()) {
    const own = limits[feature]!;
    let place = feature;
    for (let row = 0; row < cells.length; row++) {
      bytes[place] = binOf(own, Math.fround(column[cells[row]!]!));
      place += 4 * width;
    }
  }
  return { rows: cells.length, features, width, words };
}

function binOf(limits: Float64Array, value: number): number {
  if (Number.isNaN(value)) return MISSING;
  let low = 0;
  let high = limits.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (limits[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
