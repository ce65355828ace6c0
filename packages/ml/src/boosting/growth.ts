/** One tree from its root to its leaves. */
import { type BinnedRows, MISSING } from './bins.js';
import { GrownTree } from './grown-tree.js';
import { addRows, FEATURE, type Parting, part, partCounting, partIds, type RowBuffer, subtract } from './kernel.js';
import type { Settings } from './options.js';
import { bestSplit, type NodeSums, type Split, weightOf } from './split.js';

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

/** Where a leaf's rows lie once the tree has ended. */
export type Leaf = (buffer: RowBuffer, from: number, to: number, value: number) => void;

/** What the growth of a tree is given: the rules, the features that it sees, and memory. */
export interface Parts {
  readonly settings: Settings;
  readonly all: BinnedRows;
  readonly features: Int32Array;
  readonly limits: readonly Float64Array[];
  readonly bins: Int32Array;
  readonly signs: Int8Array;
  readonly width: number;
  readonly buffers: readonly [RowBuffer, RowBuffer];
  readonly free: Float64Array[];
  readonly histogramLength: number;
  readonly goesLeft: Uint8Array;
}

/** A tree while it grows; for one call of `grow`. */
export class Growth {
  readonly #parts: Parts;
  readonly #tell: Leaf;
  readonly #tree = new GrownTree();
  readonly #open: Open[] = [];

  constructor(parts: Parts, tell: Leaf) {
    this.#parts = parts;
    this.#tell = tell;
  }

  grow(buffer: RowBuffer, rows: number): GrownTree {
    const { settings } = this.#parts;
    let first = 0;
    let second = 0;
    for (let row = 0; row < rows; row++) {
      first += buffer.derivatives[2 * row]!;
      second += buffer.derivatives[2 * row + 1]!;
    }
    const histogram = this.#histogram();
    addRows(histogram, buffer, this.#parts.width, 0, rows);
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
    const { free, histogramLength } = this.#parts;
    return free.pop()?.fill(0) ?? new Float64Array(histogramLength);
  }

  /** Keeps a node for splitting when it has a split, else it is a leaf for good. */
  #offer(node: Omit<Open, 'split' | 'histogram'>, histogram: Float64Array): void {
    const { bins, signs, settings } = this.#parts;
    const split = bestSplit(histogram, bins, signs, node, settings);
    if (split === undefined) this.#close(node, histogram);
    else this.#open.push({ ...node, histogram, split });
  }

  #close({ node, buffer, from, to }: Omit<Open, 'split' | 'histogram'>, histogram: Float64Array | undefined): void {
    if (histogram !== undefined) this.#parts.free.push(histogram);
    this.#tell(buffer, from, to, this.#tree.valueOf(node));
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
    const { settings, all, width, buffers, limits, features } = this.#parts;
    const { split, buffer, from, to, histogram } = open;
    const { feature, bin, missingLeft, gain } = split;
    const target = buffer === buffers[0] ? buffers[1] : buffers[0];
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
    const leftOpen = { node: leftNode, depth, buffer: target, from, ...left };
    const rightOpen = { node: rightNode, depth, buffer: target, to, ...right };
    const parting = this.#parting(split, left.second <= right.second);
    if (isLast || depth === settings.maxDepth) {
      const middle = partIds(buffer.ids, target.ids, from, to, all, { ...parting, feature: features[feature]! });
      this.#close({ ...leftOpen, to: middle }, histogram);
      this.#close({ ...rightOpen, from: middle }, undefined);
      return;
    }
    // Only the child with less weight is counted; the other one is what is left of the parent.
    const small = this.#histogram();
    const isLeftSmall = parting.counted === 1;
    let middle: number;
    if (depth === settings.maxDepth - 1) {
      middle = partCounting(buffer, target, width, from, to, parting, small);
    } else {
      middle = part(buffer, target, width, from, to, parting);
      addRows(small, target, width, isLeftSmall ? from : middle, isLeftSmall ? middle : to);
    }
    subtract(histogram, small, 4 * width * FEATURE);
    this.#offer({ ...rightOpen, from: middle }, isLeftSmall ? histogram : small);
    this.#offer({ ...leftOpen, to: middle }, isLeftSmall ? small : histogram);
  }

  #parting({ feature, bin, missingLeft }: Split, isLeftCounted: boolean): Parting {
    const { goesLeft } = this.#parts;
    for (let own = 0; own < MISSING; own++) goesLeft[own] = own <= bin ? 1 : 0;
    goesLeft[MISSING] = missingLeft ? 1 : 0;
    return { feature, goesLeft, counted: isLeftCounted ? 1 : 0 };
  }

  /** What the children of a split know. A split by a monotone feature puts the middle of their weights between them. */
  #children({ split, first, second, lower, upper }: Open): readonly [NodeSums, NodeSums] {
    const { settings, signs } = this.#parts;
    const left = { first: split.leftFirst, second: split.leftSecond, lower, upper };
    const right = { first: first - split.leftFirst, second: second - split.leftSecond, lower, upper };
    const sign = signs[split.feature]!;
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
