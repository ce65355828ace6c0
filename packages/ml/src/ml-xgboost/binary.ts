/** XGBoost's own binary layout before 1.0, which `ml-xgboost` keeps its models in: numbers with the low byte first. */
import { fail } from '../error.js';
import { type Objective, requireTree, type Tree, type TreeEnsemble } from '../trees/ensemble.js';
import { featureNames, type ReadOptions, requireMost, unsupported } from '../trees/limits.js';

const OBJECTIVES: ReadonlyMap<string, Objective> = new Map([
  ['binary:logistic', 'logistic'],
  ['reg:logistic', 'logistic'],
  ['multi:softprob', 'softmax'],
  ['multi:softmax', 'softmax'],
  ['reg:linear', 'squared'],
]);

/** Bytes of the parameters of a learner, of its trees together, and of one tree; most of them are zeros for later. */
const LEARNER = 136;
const TREES = 160;
const TREE = 148;
/** Bytes of a node and of what is known of it. */
const NODE = 20;
const STAT = 16;

/** The ensemble in a file. Throws `MlError` `MODEL_SYNTAX`, `MODEL_TREE`, `MODEL_UNSUPPORTED`, `MODEL_TOO_LARGE` and `FEATURES_DIFFER`. */
export function ensembleOfBinary(bytes: Uint8Array, options: ReadOptions): TreeEnsemble {
  const reader = new Reader(bytes);
  const learner = reader.take(LEARNER);
  const base = reader.float(learner);
  const width = reader.int(learner + 4);
  const classes = reader.int(learner + 8);
  const isFollowed = reader.int(learner + 12) !== 0 || reader.int(learner + 16) !== 0;
  if (reader.int(learner + 20) !== 0) unsupported('binary of XGBoost 1.0 or later', 'save it as JSON');
  const name = reader.text();
  const objective = OBJECTIVES.get(name);
  if (objective === undefined) {
    return unsupported(name, `objectives that are read: ${[...OBJECTIVES.keys()].join(', ')}`);
  }
  const booster = reader.text();
  if (booster !== 'gbtree') unsupported(booster, 'train with booster "gbtree"');
  const count = reader.int(reader.take(TREES));
  const outputs = objective === 'softmax' ? classes : 1;
  if (width < 1 || outputs < 1 || count < 0) reader.broken('a count below 1');
  requireMost(outputs, 'outputs');
  const features = featureNames(width, [], options);
  requireMost(count, 'trees');
  const grown = Array.from({ length: count }, () => treeOf(reader));
  const first = reader.take(4 * count);
  const trees = grown.map((tree, t) => ({ ...tree, output: reader.int(first + 4 * t) }));
  if (!isFollowed && reader.at !== bytes.length) reader.broken('something after its end');
  if (trees.some(({ output }) => !(output >= 0 && output < outputs))) reader.broken('a tree of no output');
  for (const [t, tree] of trees.entries()) requireTree(tree, t, width);
  return {
    objective,
    features,
    base: new Float64Array(outputs).fill(base + 0),
    trees: trees.map(compact),
    precision: 'float32',
    missing: features.map(() => 'nan'),
  };
}

function treeOf(reader: Reader): Tree {
  const head = reader.take(TREE);
  const count = reader.int(head + 4);
  if (count < 1) reader.broken('a tree without nodes');
  if (reader.int(head + 20) !== 0) unsupported('vector-leaf', 'train with one tree an output');
  const nodes = reader.take(NODE * count);
  const stats = reader.take(STAT * count);
  const ints = (at: (node: number) => number): Int32Array =>
    Int32Array.from({ length: count }, (_, k) => reader.int(at(k)));
  const floats = (at: (node: number) => number): Float64Array =>
    Float64Array.from({ length: count }, (_, k) => reader.float(at(k)));
  const left = ints((k) => nodes + NODE * k + 4);
  // The highest bit says where missing values go, the others are the feature.
  const split = ints((k) => nodes + NODE * k + 12);
  const threshold = floats((k) => nodes + NODE * k + 16);
  const weight = floats((k) => stats + STAT * k + 8);
  return {
    output: 0,
    left,
    right: ints((k) => nodes + NODE * k + 8),
    feature: split.map((own) => own & 0x7fff_ffff),
    threshold,
    missingLeft: Uint8Array.from(split, (own) => (own < 0 ? 1 : 0)),
    value: weight.map((own, k) => (left[k] === -1 ? threshold[k]! : own)),
    cover: floats((k) => stats + STAT * k + 4),
    gain: floats((k) => stats + STAT * k).map((own, k) => (left[k] === -1 ? 0 : own)),
  };
}

/** The tree without the nodes that pruning has cut off: they stay in the file. */
function compact(tree: Tree): Tree {
  const kept = [0];
  const children: number[] = [];
  for (let k = 0; k < kept.length; k++) {
    const node = kept[k]!;
    const isLeaf = tree.left[node] === -1;
    children.push(isLeaf ? -1 : kept.length);
    if (!isLeaf) kept.push(tree.left[node]!, tree.right[node]!);
  }
  const real = (column: Float64Array): Float64Array => Float64Array.from(kept, (node) => column[node]!);
  return {
    output: tree.output,
    left: Int32Array.from(children),
    right: Int32Array.from(children, (own) => (own === -1 ? -1 : own + 1)),
    feature: Int32Array.from(kept, (node, k) => (children[k] === -1 ? 0 : tree.feature[node]!)),
    threshold: real(tree.threshold).map((own, k) => (children[k] === -1 ? 0 : own)),
    missingLeft: Uint8Array.from(kept, (node) => tree.missingLeft[node]!),
    value: real(tree.value),
    cover: real(tree.cover),
    gain: real(tree.gain),
  };
}

class Reader {
  at = 0;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  broken(what: string): never {
    const message = `the model is no binary of XGBoost, or cut short: ${what} at byte ${this.at}; train or save it again`;
    return fail('MODEL_SYNTAX', message, { at: this.at });
  }

  /** Place of the next `count` bytes, which are then behind. */
  take(count: number): number {
    const { at } = this;
    if (!(count >= 0 && count <= this.#bytes.length - at)) this.broken('it ends');
    this.at += count;
    return at;
  }

  int = (at: number): number => this.#view.getInt32(at, true);
  float = (at: number): number => this.#view.getFloat32(at, true);

  /** A text with its length before it. */
  text(): string {
    const length = Number(this.#view.getBigUint64(this.take(8), true));
    const at = this.take(length);
    return String.fromCharCode(...this.#bytes.subarray(at, at + Math.min(length, 100)));
  }
}
