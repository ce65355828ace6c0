import { requireCount } from '../error.js';
import { generator } from '../random.js';
import type { TreeEnsemble } from '../trees/ensemble.js';
import type { FeatureRows, Model } from '../trees/model.js';

/**
 * The gain of all splits of each feature as a part of all gain, in the order of the features; zeros where there is no split. It says what the training used, and
 * rises with the number of different values of a feature: for skill see {@link permutationImportance}.
 */
export function gainImportance({ trees, features }: TreeEnsemble): Float64Array {
  const out = new Float64Array(features.length);
  for (const { left, feature, gain } of trees) {
    for (let node = 0; node < left.length; node++) if (left[node] !== -1) out[feature[node]!]! += gain[node]!;
  }
  const total = out.reduce((sum, own) => sum + own, 0);
  return total > 0 ? out.map((own) => own / total) : out;
}

/** Options of {@link permutationImportance}. */
export interface PermutationOptions {
  /** What is to be low, of what the model says of all rows: `logLoss` against the targets, for example. */
  readonly loss: (said: Float64Array) => number;
  /** Shuffles of each feature, whose losses are averaged. Default 5. */
  readonly repeats?: number;
  /** Of the shuffles. Default 1. */
  readonly seed?: number;
}

/**
 * How much the loss rises when the values of a feature are shuffled between rows (L. Breiman, Random Forests, 2001, section 10), in the order of the features. On
 * rows that were not trained on: on others it says what the model remembers. Features that say the same hide each other. Throws `MlError` as `Model.predict` does.
 */
export function permutationImportance(model: Model, rows: FeatureRows, options: PermutationOptions): Float64Array {
  const { loss, repeats = 5, seed = 1 } = options;
  requireCount('permutationImportance', 'repeats', repeats);
  const random = generator(seed);
  const before = loss(model.predict(rows));
  const width = model.features.length;
  return Float64Array.from(model.features, (_, feature) => {
    let sum = 0;
    for (let repeat = 0; repeat < repeats; repeat++) {
      const values = rows.values.slice();
      for (let row = rows.rows - 1; row > 0; row--) {
        const other = Math.floor(random() * (row + 1));
        const held = values[row * width + feature]!;
        values[row * width + feature] = values[other * width + feature]!;
        values[other * width + feature] = held;
      }
      sum += loss(model.predict({ ...rows, values })) - before;
    }
    return sum / repeats;
  });
}
