import type { FeatureKernel } from '@tradekit/core';
import type { Indicator } from '../base/indicator.js';
import { overInput, type Period, periodOf, type Source } from '../base/input.js';
import { Window } from '../base/window.js';

/**
 * Slope of the least-squares line through the last `period` values, per bar (TA-Lib's LINEARREG_SLOPE). Unit of the input. A bar that
 * is missing gives NaN and is left out: bars are counted, not time. Sums of values less the oldest of the last full turn are made
 * anew once per period, so that rounding never builds up. Throws `ConfigError` on a period that is no whole number of at least 2.
 */
export function linearRegressionSlope(options: Period): Indicator {
  const { period, input } = periodOf('linearRegressionSlope', options, 2);
  return overInput(input, {
    name: 'linearRegressionSlope',
    parameters: [period],
    bars: period,
    create: (instruments, source) => kernel(period, instruments, source),
  });
}

function kernel(period: number, instruments: number, source: Source): FeatureKernel {
  const window = new Window(period, instruments);
  const { values: kept, next, full } = window;
  // Of values less `origin`: their sum, and the sum with weights 0 … period − 1, the newest the heaviest.
  const origin = new Float64Array(instruments);
  const sums = new Float64Array(instruments);
  const weighted = new Float64Array(instruments);
  const divisor = (period * (period * period - 1)) / 12;
  const makeAnew = (i: number): void => {
    const first = kept[i * period]!;
    let sum = 0;
    let weightedSum = 0;
    for (let k = 0; k < period; k++) {
      const value = kept[i * period + k]! - first;
      sum += value;
      weightedSum += k * value;
    }
    origin[i] = first;
    sums[i] = sum;
    weighted[i] = weightedSum;
  };
  return {
    state: [...window.state, origin, sums, weighted],
    step(bars, offset, out, base) {
      const values = source.of(bars);
      const from = source.at(offset);
      for (let i = 0; i < instruments; i++) {
        const value = values[from + i]!;
        if (Number.isNaN(value)) {
          out[base + i] = Number.NaN;
          continue;
        }
        const old = window.push(i, value) - origin[i]!;
        if (next[i] === 0) makeAnew(i);
        else if (full[i] === 1) {
          sums[i] = sums[i]! - old;
          weighted[i] = weighted[i]! - sums[i]! + (period - 1) * (value - origin[i]!);
          sums[i] = sums[i]! + value - origin[i]!;
        }
        out[base + i] = full[i] === 1 ? (weighted[i]! - (sums[i]! * (period - 1)) / 2) / divisor : Number.NaN;
      }
    },
  };
}
