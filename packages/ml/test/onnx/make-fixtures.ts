/** Makes the files in `fixtures`: `node --import tsx packages/ml/test/onnx/make-fixtures.ts`. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { constant, FLOAT, file, INT64, type Part, value } from './graph.js';

/** Rows of two features in, named `rows`. */
export const ROWS = value('rows', FLOAT, ['n', 2]);

/** Odds of three classes: 1, 2^(a − b) and 2 · 5^a. */
export function linear(answer: 'margins' | 'probabilities', input: Part = ROWS): Uint8Array {
  return file({
    inputs: [input],
    outputs: [value(answer, FLOAT, ['n', 3])],
    constants: [
      constant('weights', [2, 3], [0, Math.log(2), Math.log(5), 0, -Math.log(2), 0]),
      constant('offsets', [3], [0, 0, Math.log(2)]),
    ],
    nodes: [
      { operator: 'Gemm', inputs: ['rows', 'weights', 'offsets'], outputs: ['margins'] },
      ...(answer === 'margins'
        ? []
        : [{ operator: 'Softmax', inputs: ['margins'], outputs: ['probabilities'], attributes: { axis: 1 } }]),
    ],
  });
}

/** As scikit-learn's trees come: the label beside the probabilities. Feature `b` up to 0.5 or missing gives ¾ and ¼, else ⅛ and ⅞. */
function tree(): Uint8Array {
  return file({
    inputs: [ROWS],
    outputs: [value('label', INT64, ['n']), value('probabilities', FLOAT, ['n', 2])],
    nodes: [
      {
        operator: 'TreeEnsembleClassifier',
        domain: 'ai.onnx.ml',
        inputs: ['rows'],
        outputs: ['label', 'probabilities'],
        attributes: {
          nodes_treeids: [0, 0, 0],
          nodes_nodeids: [0, 1, 2],
          nodes_featureids: [1, 0, 0],
          nodes_modes: ['BRANCH_LEQ', 'LEAF', 'LEAF'],
          nodes_values: { floats: [0.5, 0, 0] },
          nodes_truenodeids: [1, 0, 0],
          nodes_falsenodeids: [2, 0, 0],
          nodes_missing_value_tracks_true: [1, 0, 0],
          class_treeids: [0, 0, 0, 0],
          class_nodeids: [1, 1, 2, 2],
          class_ids: [0, 1, 0, 1],
          class_weights: { floats: [0.75, 0.25, 0.125, 0.875] },
          classlabels_int64s: [0, 1],
          post_transform: 'NONE',
        },
      },
    ],
  });
}

/** Each file by its name. */
export const FIXTURES: Readonly<Record<string, Uint8Array>> = {
  'linear.onnx': linear('probabilities'),
  'tree.onnx': tree(),
};

if (process.argv[1] === import.meta.filename) {
  for (const [name, bytes] of Object.entries(FIXTURES)) {
    writeFileSync(join(import.meta.dirname, 'fixtures', name), bytes);
  }
}
