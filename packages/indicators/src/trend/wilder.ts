import type { Bars, FeatureKernel } from '@tradekit/core';
import type { Indicator } from '../base/indicator.js';
import { averaging, overInput, type Period, periodOf, type Source } from '../base/input.js';

/**
 * Wilder's moving average (New Concepts in Technical Trading Systems, 1978), also called RMA or SMMA: seeded with the simple
 * average of its first `period` values, then (average × (period − 1) + value) / period. Unit of the input. A bar that is missing
 * gives NaN and leaves the average as it was. Throws `ConfigError` on a period that is no whole number of at least 1.
 */
export function wilder(options: Period): Indicator {
  const { period, input } = periodOf('wilder', options);
  return overInput(input, {
    name: 'wilder',
    parameters: [period],
    bars: period,
    memory: averaging(input, period, 1 - 1 / period),
    create: (instruments, source) => new Kernel(period, instruments, source),
  });
}

/** For each instrument the average, which is the sum of the seed until there is one, and the values so far. */
class Kernel implements FeatureKernel {
  readonly state: readonly [Float64Array];
  readonly #period: number;
  readonly #instruments: number;
  readonly #source: Source;

  constructor(period: number, instruments: number, source: Source) {
    this.#period = period;
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
    for (let i = 0; i < count; i++) {
      let average = cells[i]!;
      let seen = cells[i + count]!;
      for (let k = i; k < end; k += count) {
        const value = values[from + k]!;
        let next = Number.NaN;
        if (seen === period) {
          next = (average * (period - 1) + value) / period;
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
