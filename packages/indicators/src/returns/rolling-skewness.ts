import type { FeatureKernel } from '@tradekit/core';
import type { Indicator } from '../base/indicator.js';
import { type Input, overInput, type Source } from '../base/input.js';
import { requirePeriod } from '../base/require.js';
import { Window } from '../base/window.js';
import { logReturn } from './log-return.js';

/** Options of {@link rollingSkewness}. */
export interface SkewnessOptions {
  /** At least 3. */
  readonly period: number;
  /** Default: the log return from bar to bar. */
  readonly input?: Input;
}

/**
 * Skewness of the last `period` values, adjusted for the sample (Fisher–Pearson, G₁ of Joanes and Gill 1998; Excel's SKEW):
 * n / ((n − 1)(n − 2)) × Σ((x − mean) / s)³. NaN where the values do not deviate. A value that is missing gives NaN and is left out. Sums
 * are made anew once per period, so that rounding never builds up. Throws `ConfigError` on a period that is no whole number of at
 * least 3.
 */
export function rollingSkewness({ period, input = logReturn() }: SkewnessOptions): Indicator {
  requirePeriod('rollingSkewness', period, 3);
  return overInput(input, {
    name: 'rollingSkewness',
    parameters: [period],
    unit: 'none',
    bars: period,
    create: (instruments, source) => kernel(period, instruments, source),
  });
}

function kernel(period: number, instruments: number, source: Source): FeatureKernel {
  const window = new Window(period, instruments);
  const { values: kept, full } = window;
  // Powers of the distance from a value of the window, so that they are as exact at any level.
  const origin = new Float64Array(instruments);
  const sums = new Float64Array(instruments);
  const squares = new Float64Array(instruments);
  const cubes = new Float64Array(instruments);
  /** Values since the sums were made anew. */
  const age = new Int32Array(instruments);
  /** How many of the last values are equal: such a window does not deviate, whatever rounding has left of it. */
  const alike = new Int32Array(instruments);
  const last = new Float64Array(instruments).fill(Number.NaN);
  const makeAnew = (i: number): void => {
    const from = i * period;
    const at = kept[from]!;
    let sum = 0;
    let square = 0;
    let cube = 0;
    for (let k = from; k < from + period; k++) {
      const distance = kept[k]! - at;
      sum += distance;
      square += distance * distance;
      cube += distance * distance * distance;
    }
    origin[i] = at;
    sums[i] = sum;
    squares[i] = square;
    cubes[i] = cube;
    age[i] = 0;
  };
  const skewness = (i: number): number => {
    const mean = sums[i]! / period;
    const square = squares[i]! - mean * sums[i]!;
    if (alike[i]! >= period || !(square > 0)) return Number.NaN;
    const cube = cubes[i]! - 3 * mean * squares[i]! + 2 * mean * mean * sums[i]!;
    const variance = square / (period - 1);
    return ((period / ((period - 1) * (period - 2))) * cube) / (variance * Math.sqrt(variance));
  };
  return {
    state: [...window.state, origin, sums, squares, cubes, age, alike, last],
    step(bars, offset, out, base) {
      const values = source.of(bars);
      const from = source.at(offset);
      for (let i = 0; i < instruments; i++) {
        const value = values[from + i]!;
        out[base + i] = Number.NaN;
        if (Number.isNaN(value)) continue;
        alike[i] = value === last[i] ? alike[i]! + 1 : 1;
        last[i] = value;
        const wasFull = full[i] === 1;
        const old = window.push(i, value);
        if (full[i] === 0) continue;
        if (!wasFull || age[i] === period - 1) makeAnew(i);
        else {
          const came = value - origin[i]!;
          const went = old - origin[i]!;
          sums[i] = sums[i]! + came - went;
          squares[i] = squares[i]! + came * came - went * went;
          cubes[i] = cubes[i]! + came * came * came - went * went * went;
          age[i] = age[i]! + 1;
        }
        out[base + i] = skewness(i);
      }
    },
  };
}
