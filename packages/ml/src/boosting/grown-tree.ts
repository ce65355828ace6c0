/** A tree while it grows: lists over nodes. */
import type { Tree } from '../trees/ensemble.js';
import type { BinnedRows } from './bins.js';
import { MISSING } from './bins.js';

/** How a node was split, in terms of bins. */
export interface BinSplit {
  readonly feature: number;
  /** Bins up to this one go left. */
  readonly bin: number;
  readonly threshold: number;
  readonly missingLeft: boolean;
  readonly gain: number;
}

/** Nodes in the order in which they were made; node 0 is the root. */
export class GrownTree {
  readonly #left: number[] = [];
  readonly #right: number[] = [];
  readonly #split: (BinSplit | undefined)[] = [];
  readonly #value: number[] = [];
  readonly #cover: number[] = [];

  /** A leaf. Gives its node. */
  add(value: number, cover: number): number {
    this.#left.push(-1);
    this.#right.push(-1);
    this.#split.push(undefined);
    this.#value.push(Math.fround(value));
    return this.#cover.push(Math.fround(cover)) - 1;
  }

  /** Makes a leaf a node with two children. */
  split(node: number, split: BinSplit, left: number, right: number): void {
    this.#left[node] = left;
    this.#right[node] = right;
    this.#split[node] = split;
  }

  valueOf(node: number): number {
    return this.#value[node]!;
  }

  /** Adds the leaves of rows of bins to their margins, cell `row * outputs + output`. */
  addTo(margins: Float64Array, { words, width }: BinnedRows, rows: Int32Array, outputs: number, output: number): void {
    const left = Int32Array.from(this.#left);
    const right = Int32Array.from(this.#right);
    const feature = Int32Array.from(this.#split, (split) => split?.feature ?? 0);
    const bin = Int32Array.from(this.#split, (split) => split?.bin ?? 0);
    const missingLeft = this.#split.map((split) => split?.missingLeft === true);
    for (const row of rows) {
      let node = 0;
      while (left[node]! >= 0) {
        const at = feature[node]!;
        const own = (words[row * width + (at >> 2)]! >>> ((at & 3) << 3)) & 255;
        const goesLeft = own === MISSING ? missingLeft[node]! : own <= bin[node]!;
        node = goesLeft ? left[node]! : right[node]!;
      }
      margins[row * outputs + output]! += this.#value[node]!;
    }
  }

  /** The tree as it is scored and written. */
  finished(output: number): Tree {
    return {
      output,
      left: Int32Array.from(this.#left),
      right: Int32Array.from(this.#right),
      feature: Int32Array.from(this.#split, (split) => split?.feature ?? 0),
      threshold: Float64Array.from(this.#split, (split) => split?.threshold ?? 0),
      missingLeft: Uint8Array.from(this.#split, (split) => (split?.missingLeft === true ? 1 : 0)),
      value: Float64Array.from(this.#value),
      cover: Float64Array.from(this.#cover),
      gain: Float64Array.from(this.#split, (split) => Math.fround(split?.gain ?? 0)),
    };
  }
}
