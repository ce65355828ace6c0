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
    const cells = new Float64Array(own * instruments).fill(Number.NaN, 4 * instruments, 5 * instruments);
    this.state = [cells, new Int32Array(instruments).fill(-period)];
  }

  step(bars: Bars, offset: number, out: Float64Array, base: number): void {
    this.run(bars, offset, out, base, 1);
  }

  run(bars: Bars, offset: number, out: Float64Array, base: number, rows: number): void {
    const values = this.#source.of(bars);
    const from = this.#source.at(offset);
    const cells = this.state[0];
    const places = this.state[1];
    const period = this.#period;
    const count = this.#instruments;
    const end = rows * count;
    const adjusted = period / ((period - 1) * (period - 2));
    for (let i = 0; i < count; i++) {
      let origin = cells[i]!;
      let sum = cells[i + count]!;
      let squares = cells[i + 2 * count]!;
      let cubes = cells[i + 3 * count]!;
      let last = cells[i + 4 * count]!;
      let alike = cells[i + 5 * count]!;
      let place = places[i]!;
      for (let k = i; k < end; k += count) {
        const value = values[from + k]!;
        let skewness = Number.NaN;
        if (!Number.isNaN(value)) {
          alike = value === last ? alike + 1 : 1;
          last = value;
          const cell = i + (OWN + (place < 0 ? place + period : place)) * count;
          const old = cells[cell]!;
          cells[cell] = value;
          const came = value - origin;
          const went = old - origin;
          sum = sum + came - went;
          squares = squares + came * came - went * went;
          cubes = cubes + came * came * came - went * went * went;
          if (place === -1 || place + 1 === period) {
            origin = cells[i + OWN * count]!;
            sum = 0;
            squares = 0;
            cubes = 0;
            for (let c = i + OWN * count; c < (OWN + period) * count; c += count) {
              const distance = cells[c]! - origin;
              sum += distance;
              squares += distance * distance;
              cubes += distance * distance * distance;
            }
            place = 0;
          } else place++;
          const mean = sum / period;
          const square = squares - mean * sum;
          if (place >= 0 && alike < period && square > 0) {
            const cube = cubes - 3 * mean * squares + 2 * mean * mean * sum;
            const variance = square / (period - 1);
            skewness = (adjusted * cube) / (variance * Math.sqrt(variance));
          }
        }
        out[base + k] = skewness;
      }
      cells[i] = origin;
      cells[i + count] = sum;
      cells[i + 2 * count] = squares;
      cells[i + 3 * count] = cubes;
      cells[i + 4 * count] = last;
      cells[i + 5 * count] = alike;
      places[i] = place;
    }
  }
}
