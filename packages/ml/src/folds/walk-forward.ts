import { requireBetween, requireCount } from '../error.js';
import { placesOf, purged } from './purge.js';
import { cut, type Fold, rowStarts, type Samples } from './samples.js';

/** Options of {@link expandingFolds}. */
export interface ExpandingFoldsOptions {
  /** Number of tests that follow each other. */
  readonly folds: number;
  /** Rows with samples before the first test. */
  readonly minTrainRows: number;
}

/** Options of {@link rollingFolds}. */
export interface RollingFoldsOptions {
  /** Number of tests that follow each other. */
  readonly folds: number;
  /** Rows with samples before each test that are trained on. */
  readonly trainRows: number;
}

/**
 * Walk-forward with all that was before: the rows after the first `minTrainRows` are cut into tests, and each is trained for with the labels that had
 * ended before the first row its own labels look at. Throws `MlError` when options are out of range, rows are too few, or nothing is left to train on.
 */
export function expandingFolds(samples: Samples, { folds, minTrainRows }: ExpandingFoldsOptions): readonly Fold[] {
  requireCount('expandingFolds', 'folds', folds);
  requireCount('expandingFolds', 'minTrainRows', minTrainRows);
  return cut(rowStarts(samples), folds, minTrainRows).map((block) => ({
    train: purged(samples, { from: 0, to: block.from }, [block], {}),
    test: placesOf([block]),
  }));
}

/** Walk-forward with the last `trainRows` rows before each test, else as {@link expandingFolds}. Throws `MlError` likewise. */
export function rollingFolds(samples: Samples, { folds, trainRows }: RollingFoldsOptions): readonly Fold[] {
  requireCount('rollingFolds', 'folds', folds);
  requireCount('rollingFolds', 'trainRows', trainRows);
  const starts = rowStarts(samples);
  return cut(starts, folds, trainRows).map((block) => {
    const from = starts[starts.indexOf(block.from) - trainRows]!;
    return { train: purged(samples, { from, to: block.from }, [block], {}), test: placesOf([block]) };
  });
}

/** Options of {@link lastPart}. */
export interface LastPartOptions {
  /** The part of the rows that is held out, above 0 and below 1. */
  readonly fraction: number;
}

/**
 * The end of a training set held out, for early stopping or calibration: the last rows of `places` (ascending) become the test, and of the rest whatever
 * overlaps them is dropped. Throws `MlError` when there are too few rows, or nothing is left to train on.
 */
export function lastPart(samples: Samples, places: Int32Array, { fraction }: LastPartOptions): Fold {
  requireBetween('lastPart', 'fraction', fraction, Number.MIN_VALUE, 1 - Number.EPSILON);
  const part: Samples = {
    cells: places.map((place) => samples.cells[place]!),
    rows: places.map((place) => samples.rows[place]!),
    first: places.map((place) => samples.first[place]!),
    last: places.map((place) => samples.last[place]!),
  };
  const starts = rowStarts(part);
  const rows = starts.length - 1;
  const [block] = cut(starts, 1, Math.min(rows, Math.floor(rows * (1 - fraction))));
  const train = purged(part, { from: 0, to: block!.from }, [block!], {});
  return { train: train.map((at) => places[at]!), test: placesOf([block!]).map((at) => places[at]!) };
}
