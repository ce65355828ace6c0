import type { FeatureKernel } from '@tradekit/core';
import type { Indicator } from './indicator.js';
import { type Input, overInput, type Source } from './input.js';
import { Window } from './window.js';

/**
 * Sum of the last `period` values that there were. It is made anew once per period, so that rounding never builds up and what a
 * huge value leaves behind is gone soon after the value itself. A value that is missing gives NaN.
 */
export function rollingSum(period: number, input: Input): Indicator {
  return overInput(input, {
    name: 'sum',
    parameters: [period],
    bars: period,
    create: (instruments, source) => kernel(period, instruments, source),
  });
}

function kernel(period: number, instruments: number, source: Source): FeatureKernel {
  const window = new Window(period, instruments);
  const { values: kept, next, full } = window;
  const sums = new Float64Array(instruments);
  return {
    state: [...window.state, sums],
    step(bars, offset, out, base) {
      const values = source.of(bars);
      const from = source.at(offset);
      for (let i = 0; i < instruments; i++) {
        const value = values[from + i]!;
        if (Number.isNaN(value)) {
          out[base + i] = Number.NaN;
          continue;
        }
        const sum = sums[i]! - window.push(i, value) + value;
        sums[i] = next[i] === 0 ? sumOf(kept, i * period, period) : sum;
        out[base + i] = full[i] === 1 ? sums[i]! : Number.NaN;
      }
    },
  };
}

/** Sum of `count` values from a place on, each so many cells after the one before. */
export function sumOf(values: Float64Array, from: number, count: number, apart = 1): number {
  let sum = 0;
  for (let n = 0, k = from; n < count; n++, k += apart) sum += values[k]!;
  return sum;
}
