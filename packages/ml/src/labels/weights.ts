/** Weights of labels that overlap (M. López de Prado, Advances in Financial Machine Learning, 2018, chapter 4). */
import type { Labels } from './labels.js';

/**
 * Average uniqueness of each span: the mean over its rows of 1 ÷ (spans that hold the row). Spans are rows `first` to `last`, both included; where `first` is
 * below 0 there is none, and the answer is NaN.
 */
export function averageUniqueness(first: ArrayLike<number>, last: ArrayLike<number>): Float64Array {
  let rows = 0;
  for (let k = 0; k < first.length; k++) if (first[k]! >= 0) rows = Math.max(rows, last[k]! + 1);
  const held = new Int32Array(rows + 1);
  for (let k = 0; k < first.length; k++) {
    if (first[k]! < 0) continue;
    held[first[k]!]!++;
    held[last[k]! + 1]!--;
  }
  for (let row = 1; row <= rows; row++) held[row]! += held[row - 1]!;
  const out = new Float64Array(first.length).fill(Number.NaN);
  for (let k = 0; k < first.length; k++) {
    if (first[k]! < 0) continue;
    let sum = 0;
    for (let row = first[k]!; row <= last[k]!; row++) sum += 1 / held[row]!;
    out[k] = sum / (last[k]! - first[k]! + 1);
  }
  return out;
}

/** {@link averageUniqueness} of the labels of each instrument among its own, at their cells; NaN where there is no label. */
export function uniquenessWeights({ first, last, rows, instruments }: Labels): Float64Array {
  const out = new Float64Array(first.length);
  const starts = new Int32Array(rows);
  const ends = new Int32Array(rows);
  for (let i = 0; i < instruments; i++) {
    for (let row = 0; row < rows; row++) {
      starts[row] = first[row * instruments + i]!;
      ends[row] = last[row * instruments + i]!;
    }
    const unique = averageUniqueness(starts, ends);
    for (let row = 0; row < rows; row++) out[row * instruments + i] = unique[row]!;
  }
  return out;
}

/** The size of the logarithmic return of a label times its {@link averageUniqueness}, at its cell; NaN where there is no label. */
export function returnWeights(labels: Labels): Float64Array {
  const out = uniquenessWeights(labels);
  for (let cell = 0; cell < out.length; cell++) out[cell] = out[cell]! * Math.abs(Math.log1p(labels.returns[cell]!));
  return out;
}
