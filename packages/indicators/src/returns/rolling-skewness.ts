import type { Bars, FeatureKernel } from '@tradekit/core';
import type { Indicator } from '../base/indicator.js';
import { type Input, overInput, type Source } from '../base/input.js';
import { requirePeriod } from '../base/require.js';
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
    create: (instruments, source) => new Kernel(period, instruments, source),
  });
}

/** Cells of an instrument before its window. */
const OWN = 6;

class Kernel implements FeatureKernel {
  /**
   * For each instrument what values are reckoned from, so that powers are as exact at any level; sums of values less that, of their squares and of
   * their cubes; the last value and how many of the last are equal: such a window does not deviate, whatever rounding has left of it; and the
   * window. And the place of its next value: below 0 in the first turn, −period … −1.
   */
  readonly state: readonly [Float64Array, Int32Array];
  readonly #period: number;
  readonly #instruments: number;
  readonly #source: Source;

  constructor(period: number, instruments: number, source: Source) {
    this.#period = period;
    this.#instruments = instruments;
    this.#source = source;
    const own = period + OWN;
    const cells = new Float64Array(own * instruments).map((_, k) => (k % own === 4 ? Number.NaN : 0));
    this.state = [cells, new Int32Array(instruments).fill(-period)];
  }

  step(bars: Bars, offset: number, out: Float64Array, base: number): void {
    const values = this.#source.of(bars);
    const from = this.#source.at(offset);
    const cells = this.state[0];
    const places = this.state[1];
    const period = this.#period;
    const adjusted = period / ((period - 1) * (period - 2));
    const count = this.#instruments;
    for (let i = 0, at = 0; i < count; i++, at += period + OWN) {
      const value = values[from + i]!;
      if (Number.isNaN(value)) {
        out[base + i] = Number.NaN;
        continue;
      }
      const alike = value === cells[at + 4]! ? cells[at + 5]! + 1 : 1;
      cells[at + 4] = value;
      cells[at + 5] = alike;
      const place = places[i]!;
      const cell = at + OWN + (place < 0 ? place + period : place);
      const old = cells[cell]!;
      cells[cell] = value;
      if (place < -1) {
        places[i] = place + 1;
        out[base + i] = Number.NaN;
        continue;
      }
      if (place === -1 || place + 1 === period) {
        makeAnew(cells, at, period);
        places[i] = 0;
      } else {
        const came = value - cells[at]!;
        const went = old - cells[at]!;
        cells[at + 1] = cells[at + 1]! + came - went;
        cells[at + 2] = cells[at + 2]! + came * came - went * went;
        cells[at + 3] = cells[at + 3]! + came * came * came - went * went * went;
        places[i] = place + 1;
      }
      const sum = cells[at + 1]!;
      const mean = sum / period;
      const square = cells[at + 2]! - mean * sum;
      const cube = cells[at + 3]! - 3 * mean * cells[at + 2]! + 2 * mean * mean * sum;
      const variance = square / (period - 1);
      out[base + i] =
        alike >= period || !(square > 0) ? Number.NaN : (adjusted * cube) / (variance * Math.sqrt(variance));
    }
  }
}

function makeAnew(cells: Float64Array, at: number, period: number): void {
  const origin = cells[at + OWN]!;
  let sum = 0;
  let square = 0;
  let cube = 0;
  for (let k = at + OWN; k < at + OWN + period; k++) {
    const distance = cells[k]! - origin;
    sum += distance;
    square += distance * distance;
    cube += distance * distance * distance;
  }
  cells[at] = origin;
  cells[at + 1] = sum;
  cells[at + 2] = square;
  cells[at + 3] = cube;
}
