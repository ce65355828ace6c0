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
    this.state = [new Float64Array(4 * instruments).fill(Number.NaN, 0, instruments)];
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
      let last = cells[i]!;
      let gain = cells[i + count]!;
      let loss = cells[i + 2 * count]!;
      let seen = cells[i + 3 * count]!;
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
      cells[i] = last;
      cells[i + count] = gain;
      cells[i + 2 * count] = loss;
      cells[i + 3 * count] = seen;
    }
  }
}
