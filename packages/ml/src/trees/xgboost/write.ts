import { fail } from '../../error.js';
import type { Tree, TreeEnsemble } from '../ensemble.js';
import { decimal } from './decimal.js';

/** Options of {@link writeXgboostJson}. */
export interface WriteOptions {
  /** Texts that go into the file's `attributes`: what it was trained on, for example. */
  readonly attributes?: Readonly<Record<string, string>>;
}

/** What XGBoost writes as the parent of a root. */
const NO_PARENT = 2_147_483_647;

/**
 * Writes an ensemble as XGBoost's JSON, in the layout of 1.7 that every later version loads: the base score is one number, and where outputs have different
 * ones, or a logistic loss has any, the base of each is a tree of one leaf before the others. Reading it back gives the same margins to the bit. Throws `MlError`
 * `MODEL_UNSUPPORTED` when the ensemble compares in double precision or has other missing values than NaN, as LightGBM's have: XGBoost would score it otherwise.
 */
export function writeXgboostJson(ensemble: TreeEnsemble, { attributes = {} }: WriteOptions = {}): string {
  const { objective, features, base, precision, missing } = ensemble;
  if (precision !== 'float32' || missing.some((kind) => kind !== 'nan')) {
    fail('MODEL_UNSUPPORTED', 'XGBoost cannot score a model in double precision; write models of float32', {
      precision,
    });
  }
  const isScalar = objective === 'logistic' ? base[0] === 0 : base.every((own) => own === base[0]);
  const offsets = isScalar ? [] : Array.from(base, leaf);
  const trees = [...offsets, ...ensemble.trees];
  const margin = isScalar ? base[0]! : 0;
  const score = objective === 'logistic' ? 0.5 : margin;
  const classes = objective === 'softmax' ? base.length : 0;
  const model = object({
    gbtree_model_param: texts({ num_parallel_tree: 1, num_trees: trees.length, size_leaf_vector: 0 }),
    tree_info: list(trees.map(({ output }) => `${output}`)),
    trees: list(trees.map((tree, id) => treeText(tree, id, features.length))),
  });
  const learner = object({
    attributes: JSON.stringify(attributes),
    feature_names: JSON.stringify(features),
    feature_types: JSON.stringify(features.map(() => 'float')),
    gradient_booster: object({ model, name: '"gbtree"' }),
    learner_model_param: texts({
      base_score: decimal(score),
      boost_from_average: 1,
      num_class: classes,
      num_feature: features.length,
      num_target: 1,
    }),
    objective: objectiveText(objective, classes),
  });
  return object({ learner, version: '[1,7,6]' });
}

const list = (parts: readonly string[]): string => `[${parts.join(',')}]`;
const object = (fields: Readonly<Record<string, string>>): string =>
  `{${Object.entries(fields)
    .map(([key, text]) => `"${key}":${text}`)
    .join(',')}}`;
/** XGBoost's parameters are texts, numbers too. */
const texts = (fields: Readonly<Record<string, string | number>>): string =>
  object(Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, `"${value}"`])));

function objectiveText(objective: TreeEnsemble['objective'], classes: number): string {
  if (objective === 'softmax') {
    return object({ name: '"multi:softprob"', softmax_multiclass_param: texts({ num_class: classes }) });
  }
  const name = objective === 'logistic' ? '"binary:logistic"' : '"reg:squarederror"';
  return object({ name, reg_loss_param: texts({ scale_pos_weight: 1 }) });
}

/** A tree of one leaf. */
function leaf(value: number, output: number): Tree {
  const none = Int32Array.of(-1);
  const zero = Float64Array.of(0);
  return {
    output,
    left: none,
    right: none,
    feature: Int32Array.of(0),
    threshold: zero,
    missingLeft: Uint8Array.of(0),
    value: Float64Array.of(value),
    cover: zero,
    gain: zero,
  };
}

function treeText(tree: Tree, id: number, features: number): string {
  const { left, right, feature, threshold, missingLeft, value, cover, gain } = tree;
  const nodes = left.length;
  const parents = new Int32Array(nodes).fill(NO_PARENT);
  for (let node = 0; node < nodes; node++) {
    if (left[node] === -1) continue;
    parents[left[node]!] = node;
    parents[right[node]!] = node;
  }
  const whole = (column: ArrayLike<number>): string => list(Array.from(column, String));
  const real = (column: ArrayLike<number>): string => list(Array.from(column, decimal));
  return object({
    base_weights: real(value),
    categories: '[]',
    categories_nodes: '[]',
    categories_segments: '[]',
    categories_sizes: '[]',
    default_left: whole(missingLeft),
    id: `${id}`,
    left_children: whole(left),
    loss_changes: real(gain),
    parents: whole(parents),
    right_children: whole(right),
    split_conditions: real(threshold.map((own, node) => (left[node] === -1 ? value[node]! : own))),
    split_indices: whole(feature),
    split_type: whole(new Uint8Array(nodes)),
    sum_hessian: real(cover),
    tree_param: texts({ num_deleted: 0, num_feature: features, num_nodes: nodes, size_leaf_vector: 0 }),
  });
}
