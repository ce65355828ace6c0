/** The port of everything that scores rows. */
import { fail } from '../error.js';

/** Rows of features, one after the other. */
export interface FeatureRows {
  /** Names of the features, in the order of the values. */
  readonly names: readonly string[];
  /** Cell `row * names.length + feature`; NaN where a value is missing. */
  readonly values: Float64Array;
  readonly rows: number;
}

/** A trained model. The same rows give the same answer to the bit. */
export interface Model {
  /** Names of the features that it was trained on, in their order. */
  readonly features: readonly string[];
  /** Numbers that it answers for a row: one, or one a class. */
  readonly outputs: number;
  /**
   * What the model says of each row, cell `row * outputs + output`: probabilities of the classes, the probability of class 1 when there is one output, or
   * the value of a regression. Throws `MlError` `FEATURES_DIFFER` when the features are not those it was trained on, in their order,
   * `VALUE_INFINITE` on a value that is infinite, and `ROWS_SHAPE` when a column does not fit.
   */
  predict(rows: FeatureRows, out?: Float64Array): Float64Array;
}

/** Throws `MlError` unless rows are of a model's features and of the stated shape. */
export function requireRows(features: readonly string[], { names, values, rows }: FeatureRows): void {
  if (names !== features) {
    const place = features.findIndex((name, k) => names[k] !== name);
    if (place >= 0 || names.length !== features.length) {
      const at = place < 0 ? features.length : place;
      const message = `feature ${at} is "${names[at]}", and the model was trained with "${features[at]}"; give its features in its order`;
      fail('FEATURES_DIFFER', message, { place: at, given: names[at], trained: features[at] });
    }
  }
  if (!Number.isSafeInteger(rows) || rows < 0 || values.length !== rows * features.length) {
    const message = `${values.length} values are not ${rows} rows of ${features.length} features; give one value a feature and row`;
    fail('ROWS_SHAPE', message, { values: values.length, rows, features: features.length });
  }
}

/** The column to answer in, made when none is given. Throws `MlError` when it does not fit. */
export function answerColumn(out: Float64Array | undefined, cells: number): Float64Array {
  if (out === undefined) return new Float64Array(cells);
  if (out.length === cells) return out;
  return fail('ROWS_SHAPE', `the answer has ${cells} numbers and the column given ${out.length}; make it as long`, {
    cells,
    given: out.length,
  });
}
