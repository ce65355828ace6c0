import type { Bars, FeatureKernel } from '@tradekit/core';
import type { Indicator } from '../base/indicator.js';
import { averaging, overInput, type Period, periodOf, type Source } from '../base/input.js';

/**
 * Exponential moving average with smoothing 2 / (period + 1), seeded with the simple average of its first `period` values;
 * bit for bit TA-Lib's EMA. Unit of the input; an average of logarithms has no unit: use it in differences. A bar that is missing
 * gives NaN and leaves the average as it was. Throws `ConfigError` on a period that is no whole number of at least 1.
 */
export function ema(options: Period): Indicator {
  const { period, input } = periodOf('ema', options);
  return overInput(input, {
    name: 'ema',
    parameters: [period],
    bars: period,
    memory: averaging(input, period, 1 - 2 / (period + 1)),
    create: (instruments, source) => new Kernel(period, instruments, source),
  });
}

/** For each instrument the average, which is the sum of the seed until there is one, and the values so far. */
class Kernel implements FeatureKernel {
  readonly state: readonly [Float64Array];
  readonly #period: number;
  readonly #alpha: number;
  readonly #instruments: number;
  readonly #source: Source;

  constructor(period: number, instruments: number, source: Source) {
    this.#period = period;
    this.#alpha = 2 / (period + 1);
    this.#instruments = instruments;
    this.#source = source;
    this.state = [new Float64Array(2 * instruments)];
  }

  step(bars: Bars, offset: number, out: Float64Array, base: number): void {
    this.run(bars, offset, out, base, 1);
  }

  run(bars: Bars, offset: number, out: Float64Array, base: number, rows: number): void {
    const values = this.#source.of(bars);
    const from = this.#source.at(offset);
    const cells = this.state[0];
    const period = this.#period;
    const count = this.#instruments;
    const end = rows * count;
    const alpha = this.#alpha;
    for (let i = 0; i < count; i++) {
      let average = cells[i]!;
      let seen = cells[i + count]!;
      for (let k = i; k < end; k += count) {
        const value = values[from + k]!;
        let next = Number.NaN;
        if (seen === period) {
          next = average + alpha * (value - average);
          if (!Number.isNaN(next)) average = next;
        } else if (!Number.isNaN(value)) {
          seen++;
          average += value;
          if (seen === period) next = average /= period;
        }
        out[base + k] = next;
      }
      cells[i] = average;
      cells[i + count] = seen;
    }
  }
}
