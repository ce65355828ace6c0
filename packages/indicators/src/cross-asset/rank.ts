import type { Bars, FeatureInput, FeatureKernel } from '@tradekit/core';
import { type Indicator, indicator } from '../base/indicator.js';
import { featureOf, type Input, keyOf } from '../base/input.js';
import { type Group, type Groups, groupsOf, requireGroup } from './groups.js';

/**
 * Rank of an instrument's value among those of all instruments (default) or of its sector in the same row, as a fraction: 0 the lowest, 1 the highest,
 * ties in the middle of their places; one alone has ½. NaN where it has no value itself, where fewer than 80 % of the group have one, and in
 * a sector for an instrument without one.
 */
export function rank(input: Input, group: Group = 'market'): Indicator {
  requireGroup('rank', group);
  return indicator({
    key: `${group}.rank(${keyOf(input)})`,
    unit: 'none',
    inputs: [featureOf(input)],
    create: (setup) => new Kernel(groupsOf(group, setup), setup.inputs[0]!),
  });
}

class Kernel implements FeatureKernel {
  readonly state: readonly [] = [];
  readonly #values: Float64Array;
  readonly #at: number;
  /** Instruments, group after group, those of a group in the order of the row before: nearly that of this one. Any order gives the same ranks. */
  readonly #order: Int32Array;
  /** Their values, in that order. */
  readonly #keys: Float64Array;
  /** Where each group ends, the instruments without one last, and how many values it needs. */
  readonly #ends: Int32Array;
  readonly #least: Float64Array;

  constructor({ of, least }: Groups, input: FeatureInput) {
    this.#values = input.values;
    this.#at = input.base;
    const all = [...of.keys()];
    const members = [...[...least.keys()].map((g) => all.filter((i) => of[i] === g)), all.filter((i) => of[i] === -1)];
    this.#order = Int32Array.from(members.flat());
    this.#keys = new Float64Array(of.length);
    let end = 0;
    this.#ends = Int32Array.from(members, ({ length }) => (end += length));
    // Of those without a group there are never enough.
    this.#least = Float64Array.from([...least, Number.POSITIVE_INFINITY]);
  }

  step(bars: Bars, offset: number, out: Float64Array, base: number): void {
    this.run(bars, offset, out, base, 1);
  }

  run(_bars: Bars, _offset: number, out: Float64Array, base: number, rows: number): void {
    const count = this.#order.length;
    for (let r = 0, row = 0; r < rows; r++, row += count) {
      let first = 0;
      for (let g = 0; g < this.#ends.length; g++) {
        const end = this.#ends[g]!;
        const there = this.#sort(first, end, this.#at + row);
        this.#rank(first, there, end, there - first >= this.#least[g]!, out, base + row);
        first = end;
      }
    }
  }

  /** Sorts those of a group by value, missing ones last; answers where they begin. By insertion: the order before is nearly right. */
  #sort(first: number, end: number, at: number): number {
    const values = this.#values;
    const order = this.#order;
    const keys = this.#keys;
    let there = first;
    for (let k = first; k < end; k++) {
      const i = order[k]!;
      const value = values[at + i]!;
      if (Number.isNaN(value)) continue;
      let place = there++;
      // What is missing keeps its turn behind those that are there.
      for (let gap = k; gap > place; gap--) order[gap] = order[gap - 1]!;
      for (; place > first; place--) {
        const key = keys[place - 1]!;
        if (key <= value) break;
        keys[place] = key;
        order[place] = order[place - 1]!;
      }
      keys[place] = value;
      order[place] = i;
    }
    return there;
  }

  /** Writes the ranks of a group that was sorted; of equal values the middle of their places. */
  #rank(first: number, there: number, end: number, isEnough: boolean, out: Float64Array, base: number): void {
    const order = this.#order;
    const keys = this.#keys;
    const last = there - first - 1;
    for (let k = first; k < there; ) {
      const value = keys[k]!;
      let next = k + 1;
      while (next < there && keys[next] === value) next++;
      const place = k - first + (next - k - 1) / 2;
      const rank = last === 0 ? 0.5 : place / last;
      for (; k < next; k++) out[base + order[k]!] = isEnough ? rank : Number.NaN;
    }
    for (let k = there; k < end; k++) out[base + order[k]!] = Number.NaN;
  }
}
