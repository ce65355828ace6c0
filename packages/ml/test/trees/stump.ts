import type { TreeEnsemble } from '@tradekit/ml';

/** One logistic tree: feature `b` below 0.5 or missing gives −1, else 2. */
export function stump(): TreeEnsemble {
  return {
    objective: 'logistic',
    features: ['a', 'b'],
    base: Float64Array.of(0),
    trees: [
      {
        output: 0,
        left: Int32Array.of(1, -1, -1),
        right: Int32Array.of(2, -1, -1),
        feature: Int32Array.of(1, 0, 0),
        threshold: Float64Array.of(0.5, 0, 0),
        missingLeft: Uint8Array.of(1, 0, 0),
        value: Float64Array.of(0, -1, 2),
        cover: Float64Array.of(4, 3, 1),
        gain: Float64Array.of(7, 0, 0),
      },
    ],
    precision: 'float32',
    missing: ['nan', 'nan'],
  };
}
