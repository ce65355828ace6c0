/** One tree from its root to its leaves. */
import { GrownTree, sideOf } from './grown-tree.js';
import { FEATURE, type Kernels, type MarginColumn, type RowBuffer, type Searched } from './kernels.js';
import type { Settings } from './options.js';
import { type NodeSums, type Split, weightOf } from './split.js';

/** A leaf that may be split: its rows lie in a buffer side by side. */
interface Open extends NodeSums {
  readonly node: number;
  readonly depth: number;
  readonly buffer: RowBuffer;
  readonly from: number;
  readonly to: number;
  readonly histogram: Float64Array;
  readonly split: Split;
}

/** What the growth of a tree is given: the rules, the features that it sees, and memory. */
export interface Parts {
  readonly kernels: Kernels;
  readonly settings: Settings;
  readonly features: Int32Array;
  readonly limits: readonly Float64Array[];
  readonly searched: Searched;
  readonly width: number;
  readonly buffers: readonly [RowBuffer, RowBuffer];
  /** Histograms that no node has. */
  readonly free: Float64Array[];
  /** Where leaves are added; `undefined` when not all rows are in one. */
  readonly column: MarginColumn | undefined;
}

/** A tree while it grows; for one call of `grow`. */
export class Growth {
  readonly #parts: Parts;
  readonly #tree = new GrownTree();
  readonly #open: Open[] = [];

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  grow(buffer: RowBuffer, rows: number): GrownTree {
    const { kernels, settings, width } = this.#parts;
    let first = 0;
    let second = 0;
    for (let row = 0; row < rows; row++) {
      first += buffer.derivatives[2 * row]!;
      second += buffer.derivatives[2 * row + 1]!;
    }
    const histogram = this.#histogram();
    kernels.addRows(histogram, buffer, width, 0, rows);
    const sums = { first, second, lower: Number.NEGATIVE_INFINITY, upper: Number.POSITIVE_INFINITY };
    this.#offer({ node: this.#leaf(sums), depth: 0, buffer, from: 0, to: rows, ...sums }, histogram);
    for (let leaves = 1; leaves < settings.maxLeaves; leaves++) {
      const next = this.#next();
      if (next === undefined) break;
      this.#split(next, leaves + 1 === settings.maxLeaves);
    }
    for (const left of this.#open) this.#close(left, left.histogram);
    return this.#tree;
  }

  #leaf({ first, second, lower, upper }: NodeSums): number {
    const { settings } = this.#parts;
    return this.#tree.add(settings.learningRate * weightOf(first, second, settings, lower, upper), second);
  }

  /** A histogram of zeros. */
  #histogram(): Float64Array {
    return this.#parts.free.pop()!.fill(0);
  }

  /** Keeps a node for splitting when it has a split, else it is a leaf for good. */
  #offer(node: Omit<Open, 'split' | 'histogram'>, histogram: Float64Array): void {
    const { kernels, searched, settings } = this.#parts;
    const split = kernels.bestSplit(histogram, searched, node, settings);
    if (split === undefined) this.#close(node, histogram);
    else this.#open.push({ ...node, histogram, split });
  }

  #close({ node, buffer, from, to }: Omit<Open, 'split' | 'histogram'>, histogram: Float64Array): void {
    const { kernels, column, free } = this.#parts;
    free.push(histogram);
    if (column !== undefined) kernels.addLeaf(buffer, from, to, this.#tree.valueOf(node), column);
  }

  /** The last one, or with leaf-wise growth the one with the largest gain, of equal ones the first made. */
  #next(): Open | undefined {
    const open = this.#open;
    if (!this.#parts.settings.isLeafWise) return open.pop();
    let best = 0;
    for (let k = 1; k < open.length; k++) {
      const other = open[k]!.split.gain - open[best]!.split.gain;
      if (other > 0 || (other === 0 && open[k]!.node < open[best]!.node)) best = k;
    }
    return open.splice(best, 1)[0];
  }

  #split(open: Open, isLast: boolean): void {
    const { kernels, settings, width, buffers, limits, features } = this.#parts;
    const { split, buffer, from, to, histogram } = open;
    const { feature, bin, missingLeft, gain } = split;
    const [left, right] = this.#children(open);
    const leftNode = this.#leaf(left);
    const rightNode = this.#leaf(right);
    const threshold = limits[feature]![bin]!;
    this.#tree.split(
      open.node,
      { feature: features[feature]!, bin, threshold, missingLeft, gain },
      leftNode,
      rightNode,
    );
    const depth = open.depth + 1;
    if (isLast || depth === settings.maxDepth) {
      this.#closeBoth(open, leftNode, rightNode);
      return;
    }
    const target = buffer === buffers[0] ? buffers[1] : buffers[0];
    const middle = kernels.part(buffer, target, width, from, to, sideOf(feature, split));
    // Only the child with less weight is counted; the other one is what is left of the parent.
    const small = this.#histogram();
    const isLeftSmall = left.second <= right.second;
    kernels.addRows(small, target, width, isLeftSmall ? from : middle, isLeftSmall ? middle : to);
    kernels.subtract(histogram, small, 4 * width * FEATURE);
    const rightOpen = { node: rightNode, depth, buffer: target, from: middle, to, ...right };
    const leftOpen = { node: leftNode, depth, buffer: target, from, to: middle, ...left };
    this.#offer(rightOpen, isLeftSmall ? histogram : small);
    this.#offer(leftOpen, isLeftSmall ? small : histogram);
  }

  /** Both children are leaves for good: their rows need not be parted. */
  #closeBoth({ split, buffer, from, to, histogram }: Open, leftNode: number, rightNode: number): void {
    const { kernels, width, column, free } = this.#parts;
    free.push(histogram);
    if (column === undefined) return;
    const left = this.#tree.valueOf(leftNode);
    const right = this.#tree.valueOf(rightNode);
    kernels.addSides(buffer, width, from, to, sideOf(split.feature, split), left, right, column);
  }

  /** What the children of a split know. A split by a monotone feature puts the middle of their weights between them. */
  #children({ split, first, second, lower, upper }: Open): readonly [NodeSums, NodeSums] {
    const { settings, searched } = this.#parts;
    const left = { first: split.leftFirst, second: split.leftSecond, lower, upper };
    const right = { first: first - split.leftFirst, second: second - split.leftSecond, lower, upper };
    const sign = searched.signs[split.feature]!;
    if (sign === 0) return [left, right];
    const weight = (sums: NodeSums): number => weightOf(sums.first, sums.second, settings, lower, upper);
    const middle = (weight(left) + weight(right)) / 2;
    return sign > 0
      ? [
          { ...left, upper: middle },
          { ...right, lower: middle },
        ]
      : [
          { ...left, lower: middle },
          { ...right, upper: middle },
        ];
  }
}
