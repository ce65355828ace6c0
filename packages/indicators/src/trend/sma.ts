import type { Bars, FeatureKernel } from '@tradekit/core';
import type { Indicator } from '../base/indicator.js';
import { overInput, type Period, periodOf, type Source } from '../base/input.js';

/**
 * Simple moving average: the mean of the last `period` values. First value at the `period`-th bar; unit of the input. A bar
 * that is missing gives NaN and is left out: the window is the last `period` bars that there were. The sum is carried from bar
 * to bar, bit for bit as in TA-Lib (SMA); over a million bars its rounding stays below 1e-11 of the price. Throws `ConfigError`
 * on a period that is no whole number of at least 1.
 */
export function sma(options: Period): Indicator {
  const { period, input } = periodOf('sma', options);
  return overInput(input, {
    name: 'sma',
    parameters: [period],
    bars: period,
    create: (instruments, source) => new Kernel(period, instruments, source),
  });
}

class Kernel implements FeatureKernel {
  /** For each instrument the sum and the window, and the place of its next value: below 0 in the first turn, −period … −1. */
  readonly state: readonly [Float64Array, Int32Array];
  readonly #period: number;
  readonly #instruments: number;
  readonly #source: Source;

  constructor(period: number, instruments: number, source: Source) {
    this.#period = period;
    this.#instruments = instruments;
    this.#source = source;
    this.state = [new Float64Array((period + 1) * instruments), new Int32Array(instruments).fill(-period)];
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
    for (let i = 0; i < count; i++) {
      let place = places[i]!;
      let sum = cells[i]!;
      for (let k = i; k < end; k += count) {
        const value = values[from + k]!;
        let mean = Number.NaN;
        if (!Number.isNaN(value)) {
          const cell = i + (1 + (place < 0 ? place + period : place)) * count;
          sum = sum - cells[cell]! + value;
          cells[cell] = value;
          if (place >= -1) mean = sum / period;
          place = place + 1 === period ? 0 : place + 1;
        }
        out[base + k] = mean;
      }
      cells[i] = sum;
      places[i] = place;
    }
  }
}
