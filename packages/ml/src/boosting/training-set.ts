/** What a model is trained on, and the port of what trains. */
import { fail } from '../error.js';
import type { Model } from '../trees/model.js';

/** Columns over cells, as features and labels are, and the cells that are meant: no row is copied. */
export interface TrainingSet {
  /** Names of the features, in the order of their columns. */
  readonly features: readonly string[];
  /** One a feature; NaN where a value is missing. */
  readonly columns: readonly Float64Array[];
  /** The cells to train on. */
  readonly cells: Int32Array;
  /** The class (0, 1, …) or the number to learn, at the cells. */
  readonly targets: Float64Array;
  /** How much each cell counts; only their ratios matter. Default: all alike. */
  readonly weights?: Float64Array;
}

/** What makes models. The same sets and the same options give the same model to the bit. */
export interface Trainer<M extends Model = Model> {
  /** Names the kind and its options: equal texts train alike. */
  readonly text: string;
  /** Trains; with a validation set it may stop early. Throws `MlError` when a set cannot be trained on. */
  train(set: TrainingSet, validation?: TrainingSet): M;
}

/** The targets of a set's cells, one a row. Throws `MlError` when columns do not fit, a cell has no target or none at all. */
export function targetsOf({ features, columns, cells, targets }: TrainingSet): Float64Array {
  if (columns.length !== features.length || columns.length === 0) {
    fail('TRAIN_SHAPE', `${columns.length} columns do not fit ${features.length} features; give one a feature`, {
      columns: columns.length,
      features: features.length,
    });
  }
  if (cells.length === 0) fail('TRAIN_EMPTY', 'there is nothing to train on; give at least one cell');
  const out = new Float64Array(cells.length);
  for (let row = 0; row < cells.length; row++) {
    const cell = cells[row]!;
    const target = targets[cell];
    if (target === undefined || !Number.isFinite(target)) {
      return fail('LABEL_MISSING', `cell ${cell} has the target ${target}; train only where there is a label`, {
        cell,
      });
    }
    out[row] = target;
  }
  const shortest = Math.min(...columns.map(({ length }) => length));
  const last = cells.reduce((most, cell) => Math.max(most, cell), 0);
  if (last >= shortest) fail('TRAIN_SHAPE', `a column has ${shortest} cells, and cell ${last} is asked for`, { last });
  return out;
}

/**
 * The weights of a set's cells times those of their classes, scaled to a mean of 1. Throws `MlError` `TRAIN_WEIGHT` on a weight below 0, infinite or missing, and
 * when all are 0.
 */
export function weightsOf(
  { cells, weights }: TrainingSet,
  targets: Float64Array,
  ofClass: readonly number[],
): Float64Array {
  const out = new Float64Array(cells.length);
  let sum = 0;
  for (let row = 0; row < cells.length; row++) {
    const weight = (weights === undefined ? 1 : (weights[cells[row]!] ?? Number.NaN)) * (ofClass[targets[row]!] ?? 1);
    if (!(weight >= 0 && weight < Number.POSITIVE_INFINITY)) {
      fail('TRAIN_WEIGHT', `cell ${cells[row]} has the weight ${weight}; give 0 or more`, { cell: cells[row] });
    }
    out[row] = weight;
    sum += weight;
  }
  if (sum === 0) fail('TRAIN_WEIGHT', 'every weight is 0; give at least one above');
  const scale = cells.length / sum;
  for (let row = 0; row < out.length; row++) out[row] = out[row]! * scale;
  return out;
}
