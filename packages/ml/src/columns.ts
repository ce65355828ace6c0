/** From feature columns and labels to what is trained on and scored. */
import type { FeatureColumns } from '@tradekit/indicators';
import type { TrainingSet } from './boosting/training-set.js';
import { fail } from './error.js';
import type { Labels } from './labels/labels.js';
import type { FeatureRows } from './trees/model.js';

/**
 * The training set of some cells of features and labels over one history; nothing is copied. `weights` are at cells, as `uniquenessWeights` gives them. Throws
 * `MlError` `TRAIN_SHAPE` when features and labels are of other histories.
 */
export function trainingSet(
  features: FeatureColumns,
  labels: Labels,
  cells: Int32Array,
  weights?: Float64Array,
): TrainingSet {
  if (features.rows !== labels.rows || features.instruments !== labels.instruments) {
    const shape = ({ rows, instruments }: { readonly rows: number; readonly instruments: number }): string =>
      `${rows} rows of ${instruments} instruments`;
    fail('TRAIN_SHAPE', `features have ${shape(features)}, labels ${shape(labels)}; make both of one history`);
  }
  const set = { features: features.names, columns: features.columns, cells, targets: labels.classes };
  return weights === undefined ? set : { ...set, weights };
}

/** The features of some cells as rows to score. */
export function rowsAt({ names, columns }: Pick<FeatureColumns, 'names' | 'columns'>, cells: Int32Array): FeatureRows {
  const width = columns.length;
  const values = new Float64Array(cells.length * width);
  for (const [feature, column] of columns.entries()) {
    for (let row = 0; row < cells.length; row++) values[row * width + feature] = column[cells[row]!]!;
  }
  return { names, values, rows: cells.length };
}
