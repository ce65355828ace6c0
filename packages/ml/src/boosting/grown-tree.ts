/** A tree while it grows: lists over nodes. */
import type { Tree } from '../trees/ensemble.js';
import type { BinNodes, Side } from './kernels.js';

/** How a node was split, in terms of bins. */
export interface BinSplit {
  readonly feature: number;
  /** Bins up to this one go left. */
  readonly bin: number;
  readonly threshold: number;
  readonly missingLeft: boolean;
  readonly gain: number;
}

const LEAF: Side = { feature: 0, shift: 0, most: 0 };

/** Which rows go left, where `feature` is the place of the split's feature in the rows. */
export function sideOf(feature: number, { bin, missingLeft }: Pick<BinSplit, 'bin' | 'missingLeft'>): Side {
  const shift = missingLeft ? 1 : 0;
  return { feature, shift, most: bin + shift };
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

  /** Writes the nodes as kernels walk them. */
  fill({ nodes, values }: BinNodes): void {
    for (const [node, split] of this.#split.entries()) {
      const { feature, shift, most } = split === undefined ? LEAF : sideOf(split.feature, split);
      const isLeaf = split === undefined;
      nodes.set(
        [isLeaf ? node : this.#left[node]!, isLeaf ? node : this.#right[node]!, feature, shift, most],
        5 * node,
      );
      values[node] = this.#value[node]!;
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
