import { fail } from '../../error.js';
import { type MissingKind, type Objective, requireTree, type Tree, type TreeEnsemble } from '../ensemble.js';
import { featureNames, type ReadOptions, requireLength, unsupported } from '../limits.js';
import { type TreeModel, treeModel } from '../tree-model.js';
import { type Block, blocksOf, countIn, numbersIn, textIn } from './blocks.js';
import { nextAbove } from './next-above.js';

/** Bits of LightGBM's `decision_type`. */
const CATEGORICAL = 1;
const DEFAULT_LEFT = 2;
const KINDS: readonly (MissingKind | undefined)[] = ['none', 'zero', 'nan', undefined];

/**
 * Reads a model that LightGBM saved as text: `binary`, `multiclass` or `regression`. Missing values are as LightGBM takes them: where a feature had none in training,
 * NaN counts as zero. Throws `MlError`: `MODEL_SYNTAX` when it is no such file or cut short, `MODEL_FIELD` and `MODEL_TREE` when it is damaged,
 * `MODEL_UNSUPPORTED` with the name of the kind for categorical splits, linear leaves, averaged outputs and other losses, `MODEL_TOO_LARGE`, and
 * `FEATURES_DIFFER` when there are not as many names as features.
 */
export function readLightgbmText(text: string, options: ReadOptions = {}): TreeModel {
  requireLength(text.length, options);
  const { header, trees: blocks } = blocksOf(text);
  if (header.has('average_output')) unsupported('average_output', 'train with boosting "gbdt"');
  const objective = objectiveOf(textIn(header, 'objective'));
  const outputs = countIn(header, 'num_tree_per_iteration');
  if (outputs !== (objective === 'softmax' ? countIn(header, 'num_class') : 1)) {
    fail('MODEL_FIELD', `${outputs} trees a round do not fit the loss; the file is damaged`, { outputs });
  }
  const width = countIn(header, 'max_feature_idx') + 1;
  // Its own names are only numbers of columns unless somebody gave names.
  const own = textIn(header, 'feature_names').split(' ');
  const isNumbered = own.every((name, k) => name === `Column_${k}`);
  const features = featureNames(width, isNumbered ? [] : own, options);
  const missing = new Array<MissingKind | undefined>(width).fill(undefined);
  const trees = blocks.map((block, index) => treeOf(block, index, index % outputs, missing));
  for (const [index, tree] of trees.entries()) requireTree(tree, index, width);
  const ensemble: TreeEnsemble = {
    objective,
    features,
    base: new Float64Array(outputs),
    trees,
    precision: 'float64',
    missing: missing.map((kind) => kind ?? 'nan'),
  };
  return treeModel(ensemble);
}

function objectiveOf(text: string): Objective {
  const [name = '', ...parameters] = text.split(' ');
  if (name === 'multiclass') return 'softmax';
  if (name === 'binary' && parameters.includes('sigmoid:1')) return 'logistic';
  if (name === 'regression' && parameters.length === 0) return 'squared';
  return unsupported(text, 'objectives that are read: binary with sigmoid 1, multiclass, regression');
}

/** A tree whose inner nodes come first and its leaves after them: LightGBM numbers leaf k as −1 − k. */
function treeOf(block: Block, index: number, output: number, missing: (MissingKind | undefined)[]): Tree {
  const leaves = countIn(block, 'num_leaves');
  if (countIn(block, 'num_cat') > 0) unsupported('categorical', 'encode categories as numbers before training');
  if (countIn(block, 'is_linear') > 0) unsupported('linear-tree', 'train without linear leaves');
  const inner = Math.max(0, leaves - 1);
  const nodes = inner + leaves;
  const of = (name: string): Float64Array => (inner === 0 ? new Float64Array(0) : numbersIn(block, name, inner));
  const decision = of('decision_type');
  const child = (name: string): Int32Array => {
    const out = new Int32Array(nodes).fill(-1);
    out.set(of(name).map((place) => (place < 0 ? inner - 1 - place : place)));
    return out;
  };
  const feature = filled(nodes, of('split_feature'));
  for (let node = 0; node < inner; node++) {
    if ((decision[node]! & CATEGORICAL) !== 0)
      unsupported('categorical', 'encode categories as numbers before training');
    setKind(missing, feature[node]!, KINDS[(decision[node]! >> 2) & 3], index);
  }
  return {
    output,
    left: child('left_child'),
    right: child('right_child'),
    feature: Int32Array.from(feature),
    threshold: filled(nodes, of('threshold').map(nextAbove)),
    missingLeft: Uint8Array.from(
      filled(
        nodes,
        decision.map((own) => ((own & DEFAULT_LEFT) === 0 ? 0 : 1)),
      ),
    ),
    value: joined(of('internal_value'), numbersIn(block, 'leaf_value', leaves)),
    cover: joined(of('internal_count'), inner === 0 ? Float64Array.of(0) : numbersIn(block, 'leaf_count', leaves)),
    gain: filled(nodes, of('split_gain')),
  };
}

function filled(length: number, numbers: Float64Array): Float64Array {
  const out = new Float64Array(length);
  out.set(numbers);
  return out;
}

function joined(a: Float64Array, b: Float64Array): Float64Array {
  return Float64Array.from([...a, ...b]);
}

/** LightGBM decides per feature what is missing; a file where nodes differ was not written by one training. */
function setKind(
  missing: (MissingKind | undefined)[],
  feature: number,
  kind: MissingKind | undefined,
  tree: number,
): void {
  if (kind !== undefined && (missing[feature] === undefined || missing[feature] === kind)) {
    missing[feature] = kind;
    return;
  }
  fail('MODEL_FIELD', `feature ${feature} has two kinds of missing values; train the model in one go`, {
    tree,
    feature,
  });
}
