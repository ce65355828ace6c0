/**
 * Scoring without a branch that depends on data. Each value is replaced by its rank among the thresholds of its feature, which is exact; a step of a walk is then
 * one subtraction of whole numbers, leaves lead to themselves, and four rows walk a tree side by side.
 */
import type { Tree, TreeEnsemble } from './ensemble.js';

/** Adds the leaves of all trees to the base: `out` has one cell a row and output. `values` have been prepared. */
export type Scorer = (values: Float64Array, rows: number, out: Float64Array) => void;

/** Numbers a node: place of the rank it asks for, its threshold as a rank, place of its left child; the right one follows. */
const STEP = 4;
/** Rows whose ranks are held at once. */
const CHUNK = 64;
/** A rank above all others. */
const ALL = 0x3fff_ffff;

/** Makes the scorer of an ensemble. */
export function scorer(ensemble: TreeEnsemble): Scorer {
  const { base, trees, features } = ensemble;
  const ranker = rankerOf(ensemble);
  const layout = layoutOf(trees, ranker, features.length);
  const outputs = base.length;
  const width = features.length;
  const ranks = new Int32Array(CHUNK * 2 * width);
  return (values, rows, out) => {
    for (let row = 0; row < rows; row++) out.set(base, row * outputs);
    for (let first = 0; first < rows; first += CHUNK) {
      const count = Math.min(CHUNK, rows - first);
      ranker.fill(values.subarray(first * width, (first + count) * width), ranks);
      for (const [t, { output }] of trees.entries()) {
        walk(layout, t, ranks, count, 2 * width, out, first * outputs + output, outputs);
      }
    }
  };
}

interface Layout {
  readonly nodes: Int32Array;
  readonly values: Float64Array;
  readonly roots: Int32Array;
  readonly depths: Int32Array;
}

/** Takes `count` rows of ranks through tree `t` and adds its leaves from `cell` on. */
function walk(
  { nodes, values, roots, depths }: Layout,
  t: number,
  ranks: Int32Array,
  count: number,
  width: number,
  out: Float64Array,
  cell: number,
  outputs: number,
): void {
  const root = roots[t]!;
  const depth = depths[t]!;
  let row = 0;
  let at = cell;
  for (; row + 3 < count; row += 4) {
    const r0 = row * width;
    const r1 = r0 + width;
    const r2 = r1 + width;
    const r3 = r2 + width;
    let a = root;
    let b = root;
    let c = root;
    let d = root;
    for (let level = 0; level < depth; level++) {
      a = nodes[a + 2]! + (((nodes[a + 1]! - ranks[r0 + nodes[a]!]!) >> 31) & STEP);
      b = nodes[b + 2]! + (((nodes[b + 1]! - ranks[r1 + nodes[b]!]!) >> 31) & STEP);
      c = nodes[c + 2]! + (((nodes[c + 1]! - ranks[r2 + nodes[c]!]!) >> 31) & STEP);
      d = nodes[d + 2]! + (((nodes[d + 1]! - ranks[r3 + nodes[d]!]!) >> 31) & STEP);
    }
    out[at] = out[at]! + values[a >> 2]!;
    out[at + outputs] = out[at + outputs]! + values[b >> 2]!;
    out[at + 2 * outputs] = out[at + 2 * outputs]! + values[c >> 2]!;
    out[at + 3 * outputs] = out[at + 3 * outputs]! + values[d >> 2]!;
    at += 4 * outputs;
  }
  for (; row < count; row++) {
    let node = root;
    for (let level = 0; level < depth; level++) {
      node = nodes[node + 2]! + (((nodes[node + 1]! - ranks[row * width + nodes[node]!]!) >> 31) & STEP);
    }
    out[at] = out[at]! + values[node >> 2]!;
    at += outputs;
  }
}

/** The nodes of all trees one after the other, those of a tree breadth first, so that children stand side by side. */
function layoutOf(trees: readonly Tree[], { rankOf }: Ranker, width: number): Layout {
  const nodes: number[] = [];
  const values: number[] = [];
  const depths = new Int32Array(trees.length);
  const roots = Int32Array.from(trees, (tree, t) => {
    const root = nodes.length;
    const places = [0];
    const levels = [0];
    for (let k = 0; k < places.length; k++) {
      const node = places[k]!;
      values.push(tree.value[node]!);
      if (tree.left[node] === -1) {
        nodes.push(0, ALL, nodes.length, 0);
        continue;
      }
      const feature = tree.feature[node]!;
      const rank = rankOf(feature, tree.threshold[node]!);
      nodes.push(tree.missingLeft[node] === 1 ? feature : width + feature, rank, root + STEP * places.length, 0);
      places.push(tree.left[node]!, tree.right[node]!);
      levels.push(levels[k]! + 1, levels[k]! + 1);
      depths[t] = Math.max(depths[t]!, levels[k]! + 1);
    }
    return root;
  });
  return { nodes: Int32Array.from(nodes), values: Float64Array.from(values), roots, depths };
}

interface Ranker {
  /** Rank of a threshold: how many smaller ones its feature has. */
  rankOf(feature: number, threshold: number): number;
  /**
   * Ranks of whole rows: how many thresholds a value has reached. Each row has them twice: a missing value is below all thresholds in the first half, and
   * above all in the second.
   */
  fill(values: Float64Array, ranks: Int32Array): void;
}

function rankerOf({ trees, features }: TreeEnsemble): Ranker {
  const width = features.length;
  const sets = features.map(() => new Set<number>());
  for (const { left, feature, threshold } of trees) {
    for (let node = 0; node < left.length; node++) if (left[node] !== -1) sets[feature[node]!]?.add(threshold[node]!);
  }
  const sorted = sets.map((set) => Float64Array.from(set).sort());
  const reached = (thresholds: Float64Array, value: number): number => {
    let low = 0;
    let high = thresholds.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (thresholds[middle]! <= value) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return {
    rankOf: (feature, threshold) => reached(sorted[feature]!, threshold) - 1,
    fill(values, ranks) {
      for (let cell = 0; cell < values.length; cell++) {
        const feature = cell % width;
        const value = values[cell]!;
        const place = 2 * cell - feature;
        const isMissing = Number.isNaN(value);
        const rank = isMissing ? -1 : reached(sorted[feature]!, value);
        ranks[place] = rank;
        ranks[place + width] = isMissing ? ALL : rank;
      }
    },
  };
}
