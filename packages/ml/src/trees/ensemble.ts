/** Decision trees added up, as flat columns. */
import { fail } from '../error.js';

/** What margins mean: probabilities of classes by softmax, the probability of one class by the logistic curve, or the value itself. */
export type Objective = 'softmax' | 'logistic' | 'squared';

/** One tree: columns over its nodes, of which node 0 is the root. */
export interface Tree {
  /** The output that its leaves are added to. */
  readonly output: number;
  /** Child of a node where the feature is below the threshold; −1 in a leaf. */
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly feature: Int32Array;
  readonly threshold: Float64Array;
  /** 1 where a missing value goes left. */
  readonly missingLeft: Uint8Array;
  /** Of a leaf what is added to the margin; of other nodes what a leaf there would have been, where it is known. */
  readonly value: Float64Array;
  /** How much training data came by: the sum of second derivatives, or a count of rows. */
  readonly cover: Float64Array;
  /** How much the split lowered the loss; 0 in a leaf. */
  readonly gain: Float64Array;
}

/** Which values of a feature count as missing: NaN, NaN and zero, or none, where NaN counts as zero. */
export type MissingKind = 'nan' | 'zero' | 'none';

/** Trees and how to read them. */
export interface TreeEnsemble {
  readonly objective: Objective;
  /** Names of the features, in the order of their indices. */
  readonly features: readonly string[];
  /** The margin before any tree, one an output. */
  readonly base: Float64Array;
  readonly trees: readonly Tree[];
  /** `float32`: values are rounded to single precision before they are compared. */
  readonly precision: 'float32' | 'float64';
  /** One a feature. */
  readonly missing: readonly MissingKind[];
}

/** Levels of a tree; beyond them a file is damaged, and walks that call themselves would not end well. */
const MAX_DEPTH = 1000;

/**
 * Throws `MlError` `MODEL_TREE` unless the nodes of a tree that can be reached from its root are a tree: children inside, each reached once, features below
 * `features`, no threshold NaN, leaves finite,
 * and at most 1000 levels.
 */
export function requireTree(tree: Tree, index: number, features: number): void {
  const { left, right, feature, threshold, value } = tree;
  const nodes = left.length;
  const broken = (what: string): never =>
    fail('MODEL_TREE', `tree ${index} ${what}; the file is damaged or of another kind`, { tree: index });
  if (nodes === 0) broken('has no node');
  const seen = new Uint8Array(nodes);
  const open = [0];
  const levels = [0];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (!(node >= 0 && node < nodes)) broken(`has a child ${node} of ${nodes} nodes`);
    if (seen[node] === 1) broken(`reaches node ${node} twice`);
    seen[node] = 1;
    if (left[node] === -1) {
      if (!Number.isFinite(value[node]!)) broken(`has a leaf that is ${value[node]}`);
      levels.pop();
      continue;
    }
    if (!(feature[node]! >= 0 && feature[node]! < features)) broken(`splits feature ${feature[node]} of ${features}`);
    if (Number.isNaN(threshold[node]!)) broken('has a threshold that is no number');
    const level = levels.pop()! + 1;
    if (level > MAX_DEPTH) broken(`has more than ${MAX_DEPTH} levels`);
    open.push(left[node]!, right[node]!);
    levels.push(level, level);
  }
}
