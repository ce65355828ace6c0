import type { FeatureKernel } from '@tradekit/core';
import type { Indicator } from '../base/indicator.js';
import { overInput, type Period, periodOf, type Source } from '../base/input.js';
import { Window } from '../base/window.js';

/**
 * Linearly weighted moving average: weights 1 … period, the newest value the heaviest (TA-Lib's WMA). Unit of the input. A bar
 * that is missing gives NaN and is left out of the window. Sums are made anew once per period. Throws `ConfigError` on a period
 * that is no whole number of at least 1.
 */
export function wma(options: Period): Indicator {
  const { period, input } = periodOf('wma', options);
  return overInput(input, {
    name: 'wma',
    parameters: [period],
    bars: period,
    create: (instruments, source) => kernel(period, instruments, source),
  });
}

function kernel(period: number, instruments: number, source: Source): FeatureKernel {
  const window = new Window(period, instruments);
  const { values: kept, next, full } = window;
  const sums = new Float64Array(instruments);
  const weighted = new Float64Array(instruments);
  const weights = (period * (period + 1)) / 2;
  const makeAnew = (i: number): void => {
    let sum = 0;
    let weightedSum = 0;
    for (let k = 0; k < period; k++) {
      const value = kept[i * period + k]!;
      sum += value;
      weightedSum += (k + 1) * value;
    }
    sums[i] = sum;
    weighted[i] = weightedSum;
  };
  return {
    state: [...window.state, sums, weighted],
    step(bars, offset, out, base) {
      const values = source.of(bars);
      const from = source.at(offset);
      for (let i = 0; i < instruments; i++) {
        const value = values[from + i]!;
        if (Number.isNaN(value)) {
          out[base + i] = Number.NaN;
          continue;
        }
        // Every value loses one weight, the oldest its last.
        weighted[i] = weighted[i]! - sums[i]! + period * value;
        sums[i] = sums[i]! - window.push(i, value) + value;
        if (next[i] === 0) makeAnew(i);
        out[base + i] = full[i] === 1 ? weighted[i]! / weights : Number.NaN;
      }
    },
  };
}
