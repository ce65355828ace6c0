/** The inner loops of training and the memory that they work in. Two implementations give the same bits: `loops.ts` and, in WebAssembly, `wasm.ts`. */
import type { Rows } from './softmax.js';
import type { NodeSums, Split, SplitRules } from './split.js';

/** Numbers of a feature in a histogram: first and second derivative of each of 256 bins. */
export const FEATURE = 512;

/** Makes the columns that loops work on. They hold anything until they are written. */
export interface Arena {
  float64(length: number): Float64Array;
  float32(length: number): Float32Array;
  int32(length: number): Int32Array;
  int8(length: number): Int8Array;
}

/** Rows of bins, four to a word of 32 bits, the first feature in the lowest byte. */
export interface BinnedRows {
  readonly rows: number;
  readonly features: number;
  /** Words of a row: a quarter of the features, rounded up. */
  readonly width: number;
  readonly words: Int32Array;
}

/** Rows in the order in which their node reads them. */
export interface RowBuffer {
  /** Bins, `width` words a row. */
  readonly words: Int32Array;
  /** First and second derivative of each row. */
  readonly derivatives: Float64Array;
  /** Where each row is in the training set. */
  readonly ids: Int32Array;
}

/**
 * Which rows go left: those with `((bin + shift) & 255) <= most`. Without a shift these are the bins up to `most`; with a shift of 1 the missing ones, whose
 * bin is 255, come before all others.
 */
export interface Side {
  readonly feature: number;
  readonly shift: number;
  readonly most: number;
}

/** The margins of one output: that of a row is at `row * outputs + output`. */
export interface MarginColumn {
  readonly margins: Float64Array;
  readonly outputs: number;
  readonly output: number;
}

/** What is known of the features that a tree sees. */
export interface Searched {
  /** How many limits each has. */
  readonly bins: Int32Array;
  /** Which are monotone. */
  readonly signs: Int8Array;
}

/**
 * Nodes of a tree, five numbers each: left child, right child, and feature, shift and most of its {@link Side}. A leaf is its own left child.
 */
export interface BinNodes {
  readonly nodes: Int32Array;
  readonly values: Float64Array;
}

/** What all trees of a sample see: rows, and of each some features. */
export interface Sampled {
  readonly rows: Int32Array;
  readonly features: Int32Array;
}

/** The loops. Every column that they are given is of their arena. */
export interface Kernels {
  readonly arena: Arena;
  /** Writes the bins of `count` values of a feature to the rows from `from` on: how many limits each has reached. */
  bin(values: Float32Array, count: number, limits: Float64Array, to: BinnedRows, from: number, feature: number): void;
  /** Writes the derivatives of the softmax loss, as `softmaxDerivatives` of `softmax.ts`. The columns lie one behind the other. */
  softmax(rows: Rows, out: readonly Float64Array[]): void;
  /** Copies a sample of the rows, and of their features, side by side. */
  gather(all: BinnedRows, derivatives: Float64Array, sampled: Sampled, to: RowBuffer): void;
  /** Adds the derivatives of the rows `from` to `to` (without it) to the bins of all features. */
  addRows(histogram: Float64Array, rows: RowBuffer, width: number, from: number, to: number): void;
  /** Takes the histogram of one child from that of its parent: what is left is the other child's. */
  subtract(parent: Float64Array, child: Float64Array, length: number): void;
  /** As `bestSplit` of `split.ts`, which says what is promised. */
  bestSplit(histogram: Float64Array, searched: Searched, node: NodeSums, rules: SplitRules): Split | undefined;
  /**
   * Copies the rows `from` to `to` of one buffer to the same places of another: those that go left to the front in their order, the rest to the back from the
   * end. Gives the place of the first row of the back.
   */
  part(rows: RowBuffer, to: RowBuffer, width: number, from: number, end: number, side: Side): number;
  /** Adds `left` or `right` to the margins of the rows `from` to `to`, by where each goes. */
  addSides(
    rows: RowBuffer,
    width: number,
    from: number,
    to: number,
    side: Side,
    left: number,
    right: number,
    column: MarginColumn,
  ): void;
  /** Adds a leaf to the margins of the rows `from` to `to`. */
  addLeaf(rows: RowBuffer, from: number, to: number, value: number, column: MarginColumn): void;
  /** Adds to the margin of each row the leaf that the tree takes it to. */
  addTree(tree: BinNodes, rows: BinnedRows, column: MarginColumn): void;
}
