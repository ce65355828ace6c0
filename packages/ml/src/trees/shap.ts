/** Exact SHAP values of trees by the paths of the training data: Lundberg and others 2020, algorithm 2. */
import type { Tree, TreeEnsemble } from './ensemble.js';

/** The features on the way to a node, with the part of paths that flows through when each is unknown (`zero`) and known (`one`). */
interface Path {
  readonly feature: Int32Array;
  readonly zero: Float64Array;
  readonly one: Float64Array;
  readonly weight: Float64Array;
}

/** Contributions of prepared rows, laid out as `TreeModel.contributions` says. */
export function shapOf({ trees, base, features }: TreeEnsemble, values: Float64Array, rows: number): Float64Array {
  const width = features.length;
  const outputs = base.length;
  const out = new Float64Array(rows * outputs * (width + 1));
  const means = trees.map((tree) => meanOf(tree, 0));
  const depth = Math.max(0, ...trees.map((tree) => depthOf(tree, 0))) + 2;
  // One path a depth, each with room for the deepest.
  const paths = Array.from(
    { length: depth + 1 },
    (): Path => ({
      feature: new Int32Array(depth + 1),
      zero: new Float64Array(depth + 1),
      one: new Float64Array(depth + 1),
      weight: new Float64Array(depth + 1),
    }),
  );
  for (let row = 0; row < rows; row++) {
    for (let k = 0; k < outputs; k++) out[(row * outputs + k) * (width + 1) + width] = base[k]!;
    for (const [t, tree] of trees.entries()) {
      const place = (row * outputs + tree.output) * (width + 1);
      out[place + width]! += means[t]!;
      descend({ tree, values, row: row * width, out, place, paths }, 0, 0, 1, 1, -1);
    }
  }
  return out;
}

interface Walk {
  readonly tree: Tree;
  readonly values: Float64Array;
  readonly row: number;
  readonly out: Float64Array;
  readonly place: number;
  readonly paths: readonly Path[];
}

/** `length` features are on the path of this depth once `split` has been added. */
function descend(walk: Walk, node: number, length: number, zero: number, one: number, split: number, level = 0): void {
  const { tree, values, row, out, place, paths } = walk;
  const path = paths[level]!;
  if (level > 0) copy(paths[level - 1]!, path, length);
  extend(path, length, zero, one, split);
  if (tree.left[node] === -1) {
    for (let k = 1; k <= length; k++) {
      const weight = unwoundSum(path, length, k);
      out[place + path.feature[k]!]! += weight * (path.one[k]! - path.zero[k]!) * tree.value[node]!;
    }
    return;
  }
  const feature = tree.feature[node]!;
  const value = values[row + feature]!;
  const goesLeft = Number.isNaN(value) ? tree.missingLeft[node] === 1 : value < tree.threshold[node]!;
  const hot = goesLeft ? tree.left[node]! : tree.right[node]!;
  const cold = goesLeft ? tree.right[node]! : tree.left[node]!;
  const cover = tree.cover[node]!;
  // A feature that is on the path already is taken off, and its parts go on with the children.
  let zeroBefore = 1;
  let oneBefore = 1;
  let kept = length;
  for (let k = 1; k <= length; k++) {
    if (path.feature[k] !== feature) continue;
    zeroBefore = path.zero[k]!;
    oneBefore = path.one[k]!;
    unwind(path, length, k);
    kept = length - 1;
    break;
  }
  const hotPart = (tree.cover[hot]! / cover) * zeroBefore;
  descend(walk, hot, kept + 1, hotPart, oneBefore, feature, level + 1);
  descend(walk, cold, kept + 1, (tree.cover[cold]! / cover) * zeroBefore, 0, feature, level + 1);
}

function copy(from: Path, to: Path, length: number): void {
  for (let k = 0; k < length; k++) {
    to.feature[k] = from.feature[k]!;
    to.zero[k] = from.zero[k]!;
    to.one[k] = from.one[k]!;
    to.weight[k] = from.weight[k]!;
  }
}

function extend(
  { feature, zero, one, weight }: Path,
  at: number,
  zeroPart: number,
  onePart: number,
  split: number,
): void {
  feature[at] = split;
  zero[at] = zeroPart;
  one[at] = onePart;
  weight[at] = at === 0 ? 1 : 0;
  for (let k = at - 1; k >= 0; k--) {
    weight[k + 1]! += (onePart * weight[k]! * (k + 1)) / (at + 1);
    weight[k] = (zeroPart * weight[k]! * (at - k)) / (at + 1);
  }
}

function unwind({ feature, zero, one, weight }: Path, length: number, taken: number): void {
  const onePart = one[taken]!;
  const zeroPart = zero[taken]!;
  let next = weight[length]!;
  for (let k = length - 1; k >= 0; k--) {
    if (onePart !== 0) {
      const before = weight[k]!;
      weight[k] = (next * (length + 1)) / ((k + 1) * onePart);
      next = before - (weight[k]! * zeroPart * (length - k)) / (length + 1);
    } else {
      weight[k] = (weight[k]! * (length + 1)) / (zeroPart * (length - k));
    }
  }
  for (let k = taken; k < length; k++) {
    feature[k] = feature[k + 1]!;
    zero[k] = zero[k + 1]!;
    one[k] = one[k + 1]!;
  }
}

/** The sum of weights that {@link unwind} would leave, without changing the path. */
function unwoundSum({ zero, one, weight }: Path, length: number, taken: number): number {
  const onePart = one[taken]!;
  const zeroPart = zero[taken]!;
  let next = weight[length]!;
  let sum = 0;
  for (let k = length - 1; k >= 0; k--) {
    if (onePart !== 0) {
      const part = (next * (length + 1)) / ((k + 1) * onePart);
      sum += part;
      next = weight[k]! - (part * zeroPart * (length - k)) / (length + 1);
    } else if (zeroPart !== 0) {
      sum += (weight[k]! * (length + 1)) / (zeroPart * (length - k));
    }
  }
  return sum;
}

/** The mean of a tree's leaves by cover. */
function meanOf(tree: Tree, node: number): number {
  if (tree.left[node] === -1) return tree.value[node]!;
  const left = tree.left[node]!;
  const right = tree.right[node]!;
  return (meanOf(tree, left) * tree.cover[left]! + meanOf(tree, right) * tree.cover[right]!) / tree.cover[node]!;
}

function depthOf(tree: Tree, node: number): number {
  if (tree.left[node] === -1) return 0;
  return 1 + Math.max(depthOf(tree, tree.left[node]!), depthOf(tree, tree.right[node]!));
}
