import type { FeatureKernel } from '@tradekit/core';
import { type Indicator, indicator } from '../base/indicator.js';
import { featureOf, type Input, keyOf } from '../base/input.js';
import { type Group, groupsOf, requireGroup } from './groups.js';

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
    create(setup): FeatureKernel {
      const { of, least } = groupsOf(group, setup);
      const { values, base: at } = setup.inputs[0]!;
      const size = of.length;
      /** Instruments in the order of the row before: nearly that of this one. Any order gives the same ranks. */
      const order = Int32Array.from(of, (_, i) => i);
      /** Their values, in that order. */
      const keys = new Float64Array(size);
      const counts = new Int32Array(least.length);
      const below = new Int32Array(least.length);
      const equal = new Int32Array(least.length);
      /** Those at the places `first` up to, not including, `end` have one value. */
      const tied = (first: number, end: number, out: Float64Array, base: number): void => {
        for (let k = first; k < end; k++) {
          const g = of[order[k]!]!;
          if (g >= 0) equal[g] = equal[g]! + 1;
        }
        for (let k = first; k < end; k++) {
          const i = order[k]!;
          const g = of[i]!;
          out[base + i] = g < 0 ? Number.NaN : placeOf(below[g]! + (equal[g]! - 1) / 2, counts[g]!, least[g]!);
        }
        for (let k = first; k < end; k++) {
          const g = of[order[k]!]!;
          if (g < 0) continue;
          below[g] = below[g]! + equal[g]!;
          equal[g] = 0;
        }
      };
      return {
        state: [],
        step(_bars, _offset, out, base) {
          const has = sort(order, keys, values, at);
          for (let k = has; k < size; k++) out[base + order[k]!] = Number.NaN;
          counts.fill(0);
          below.fill(0);
          for (let k = 0; k < has; k++) {
            const g = of[order[k]!]!;
            if (g >= 0) counts[g] = counts[g]! + 1;
          }
          for (let first = 0; first < has; ) {
            const value = keys[first]!;
            let end = first + 1;
            while (end < has && keys[end] === value) end++;
            if (end === first + 1) {
              // Nearly always: no other has this value.
              const i = order[first]!;
              const g = of[i]!;
              out[base + i] = g < 0 ? Number.NaN : placeOf(below[g]!, counts[g]!, least[g]!);
              if (g >= 0) below[g] = below[g]! + 1;
            } else tied(first, end, out, base);
            first = end;
          }
        },
      };
    },
  });
}

/** A place among so many, of which at least so many must be there. */
function placeOf(below: number, count: number, least: number): number {
  if (count < least) return Number.NaN;
  return count === 1 ? 0.5 : below / (count - 1);
}

/** Sorts by value, missing ones last; answers how many there are. By insertion: the order before is nearly right. */
function sort(order: Int32Array, keys: Float64Array, values: Float64Array, at: number): number {
  let has = 0;
  for (let k = 0; k < order.length; k++) {
    const i = order[k]!;
    const value = values[at + i]!;
    if (Number.isNaN(value)) continue;
    let place = has++;
    // What is missing keeps its turn behind those that are there.
    for (let gap = k; gap > place; gap--) order[gap] = order[gap - 1]!;
    for (; place > 0; place--) {
      const key = keys[place - 1]!;
      if (key <= value) break;
      keys[place] = key;
      order[place] = order[place - 1]!;
    }
    keys[place] = value;
    order[place] = i;
  }
  return has;
}
