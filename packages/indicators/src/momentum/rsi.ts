import type { Bars, FeatureKernel } from '@tradekit/core';
import { fading, type Indicator } from '../base/indicator.js';
import { overInput, type Period, periodOf, type Source } from '../base/input.js';

/**
 * Relative strength index (Wilder, New Concepts, 1978), 0 … 100: 100 × gains / (gains + losses), both averaged as
 * Wilder does, seeded with simple averages; bit for bit TA-Lib's RSI. Of prices that never moved it is 0, as in TA-Lib. No change is taken
 * across a hole: the missing bar and the one after it give NaN, and the averages stay. Throws `ConfigError` on a period that is no
 * whole number of at least 1.
 */
export function rsi(options: Period = 14): Indicator {
  const { period, input } = periodOf('rsi', options);
  return overInput(input, {
    name: 'rsi',
    parameters: [period],
    unit: 'none',
    bars: period + 1,
    memory: (tolerance) => period + fading(1 - 1 / period)(tolerance),
    create: (instruments, source) => new Kernel(period, instruments, source),
  });
}

/** For each instrument the last value, twice the average gain and loss (sums until the seed), and the moves so far. */
class Kernel implements FeatureKernel {
  readonly state: readonly [Float64Array];
  readonly #period: number;
  readonly #instruments: number;
  readonly #source: Source;

  constructor(period: number, instruments: number, source: Source) {
    this.#period = period;
    this.#instruments = instruments;
    this.#source = source;
    this.state = [new Float64Array(4 * instruments).map((_, k) => (k % 4 === 0 ? Number.NaN : 0))];
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
    for (let i = 0, at = 0; i < count; i++, at += 4) {
      let last = cells[at]!;
      let gain = cells[at + 1]!;
      let loss = cells[at + 2]!;
      let seen = cells[at + 3]!;
      for (let k = i; k < end; k += count) {
        const value = values[from + k]!;
        const move = value - last;
        last = value;
        let index = Number.NaN;
        if (!Number.isNaN(move)) {
          // |move| + move is twice the gain, without a branch and without rounding.
          const size = Math.abs(move);
          const kept = seen === period ? period - 1 : 1;
          gain = gain * kept + (size + move);
          loss = loss * kept + (size - move);
          if (seen < period) seen++;
          if (seen === period) {
            gain /= period;
            loss /= period;
            const sum = gain + loss;
            index = sum === 0 ? 0 : 100 * (gain / sum);
          }
        }
        out[base + k] = index;
      }
      cells[at] = last;
      cells[at + 1] = gain;
      cells[at + 2] = loss;
      cells[at + 3] = seen;
    }
  }
}
