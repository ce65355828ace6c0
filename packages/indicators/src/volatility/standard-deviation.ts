import type { Bars, FeatureKernel } from '@tradekit/core';
import type { Indicator } from '../base/indicator.js';
import { overInput, type PeriodOptions, periodOf, type Source } from '../base/input.js';

/** Options of {@link standardDeviation}. */
export interface StandardDeviationOptions extends PeriodOptions {
  /** Divides by `period` − 1. Default: by `period`, as Bollinger and TA-Lib do. */
  readonly sample?: boolean;
}

/**
 * Standard deviation of the last `period` values, of a population unless `sample` is asked for. Unit of the input. Equal values
 * deviate by exactly 0. A bar that is missing gives NaN and is left out. Sums are of values less a recent one and made anew once per
 * period: as exact at a price of a million as at one (TA-Lib's STDDEV is not). Throws `ConfigError` on a period that is no whole number of at
 * least 2.
 */
export function standardDeviation(options: number | StandardDeviationOptions): Indicator {
  const { period, input } = periodOf('standardDeviation', options, 2);
  const sample = typeof options === 'object' && options.sample === true;
  return overInput(input, {
    name: sample ? 'sampleDeviation' : 'standardDeviation',
    parameters: [period],
    bars: period,
    create: (instruments, source) => new Kernel(period, sample ? period - 1 : period, instruments, source),
  });
}

/** Cells of an instrument before its window. */
const OWN = 5;

class Kernel implements FeatureKernel {
  /**
   * For each instrument what values are reckoned from, sums of values less that and of their squares, the last value and how many of the last are
   * equal: such a window does not deviate, whatever rounding has left of it; and the window. And the place of its next value: below 0 in the first
   * turn, −period … −1.
   */
  readonly state: readonly [Float64Array, Int32Array];
  readonly #period: number;
  readonly #divisor: number;
  readonly #instruments: number;
  readonly #source: Source;

  constructor(period: number, divisor: number, instruments: number, source: Source) {
    this.#period = period;
    this.#divisor = divisor;
    this.#instruments = instruments;
    this.#source = source;
    this.state = [new Float64Array((period + OWN) * instruments), new Int32Array(instruments).fill(-period)];
  }

  step(bars: Bars, offset: number, out: Float64Array, base: number): void {
    const values = this.#source.of(bars);
    const from = this.#source.at(offset);
    const cells = this.state[0];
    const places = this.state[1];
    const period = this.#period;
    const perPeriod = 1 / period;
    const perDivisor = 1 / this.#divisor;
    const count = this.#instruments;
    for (let i = 0, at = 0; i < count; i++, at += period + OWN) {
      const value = values[from + i]!;
      if (Number.isNaN(value)) {
        out[base + i] = Number.NaN;
        continue;
      }
      const alike = value === cells[at + 3]! ? cells[at + 4]! + 1 : 1;
      cells[at + 3] = value;
      cells[at + 4] = alike;
      const place = places[i]!;
      const cell = at + OWN + (place < 0 ? place + period : place);
      const old = cells[cell]!;
      cells[cell] = value;
      let sum = 0;
      let square = 0;
      if (place === -1 || place + 1 === period) {
        // Made anew, reckoned from the newest value.
        for (let k = at + OWN; k < at + OWN + period; k++) {
          const distance = cells[k]! - value;
          sum += distance;
          square += distance * distance;
        }
        places[i] = 0;
        cells[at] = value;
      } else {
        places[i] = place + 1;
        if (place < 0) {
          out[base + i] = Number.NaN;
          continue;
        }
        const comes = value - cells[at]!;
        const goes = old - cells[at]!;
        sum = cells[at + 1]! + (comes - goes);
        square = cells[at + 2]! + (comes - goes) * (comes + goes);
      }
      cells[at + 1] = sum;
      cells[at + 2] = square;
      const scatter = square - sum * sum * perPeriod;
      // What rounding leaves of a difference of sums is no deviation.
      out[base + i] = alike < period && scatter > square * 1e-13 ? Math.sqrt(scatter * perDivisor) : 0;
    }
  }
}
