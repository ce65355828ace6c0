import { requireCount } from '../error.js';
import { type EmbargoOptions, placesOf, purged, requireEmbargo } from './purge.js';
import { cut, type Fold, rowStarts, type Samples } from './samples.js';

/** Options of {@link purgedFolds}. */
export interface PurgedFoldsOptions extends EmbargoOptions {
  /** Number of folds, at least 2. */
  readonly folds: number;
}

/**
 * Purged k-fold (M. López de Prado, Advances in Financial Machine Learning, 2018, 7.4): the rows are cut into blocks of time, each is tested once, and the rest is
 * trained on without what overlaps it. Training data of a fold is later than its test, too: for choosing and for calibration, not for a record.
 * Throws `MlError` when options are out of range, rows are too few, or nothing is left to train on.
 */
export function purgedFolds(samples: Samples, options: PurgedFoldsOptions): readonly Fold[] {
  requireCount('purgedFolds', 'folds', options.folds, 2);
  requireEmbargo('purgedFolds', options);
  const all = { from: 0, to: samples.rows.length };
  return cut(rowStarts(samples), options.folds).map((block) => ({
    train: purged(samples, all, [block], options),
    test: placesOf([block]),
  }));
}
