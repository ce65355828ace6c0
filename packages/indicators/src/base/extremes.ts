import type { Bars, FeatureKernel } from '@tradekit/core';
import type { Indicator } from './indicator.js';
import { overInput, type PeriodOptions, type Source } from './input.js';

/** The highest or the lowest of the last values that there were; a missing one gives NaN and is left out. */
export function extreme(which: 'highest' | 'lowest', { period, input = 'close' }: PeriodOptions): Indicator {
  return overInput(input, {
    name: which,
    parameters: [period],
    bars: period,
    create: (instruments, source) => new Kernel(which === 'highest' ? 1 : -1, period, instruments, source),
  });
}

class Kernel implements FeatureKernel {
  /**
   * For each instrument the best value of the turn, and a window: values of this turn up to the place of the next one, from there on what is best of
   * the turn before from that place to its end. And that place: below 0 in the first turn, −period … −1. Values are times `sign`, so that
   * the best is always the highest.
   */
  readonly state: readonly [Float64Array, Int32Array];
  readonly #sign: 1 | -1;
  readonly #period: number;
  readonly #instruments: number;
  readonly #source: Source;

  constructor(sign: 1 | -1, period: number, instruments: number, source: Source) {
    this.#sign = sign;
    this.#period = period;
    this.#instruments = instruments;
    this.#source = source;
    const cells = new Float64Array((period + 1) * instruments).fill(Number.NEGATIVE_INFINITY);
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
    const sign = this.#sign;
    const period = this.#period;
    const count = this.#instruments;
    const end = rows * count;
    for (let i = 0; i < count; i++) {
      let best = cells[i]!;
      let place = places[i]!;
      for (let k = i; k < end; k += count) {
        const value = sign * values[from + k]!;
        let result = Number.NaN;
        if (!Number.isNaN(value)) {
          const cell = i + (1 + (place < 0 ? place + period : place)) * count;
          cells[cell] = value;
          best = Math.max(value, best);
          if (place === -1 || place + 1 === period) {
            result = sign * best;
            for (let c = cell - count; c >= count; c -= count) {
              if (cells[c + count]! > cells[c]!) cells[c] = cells[c + count]!;
            }
            best = Number.NEGATIVE_INFINITY;
            place = 0;
          } else {
            if (place >= 0) result = sign * Math.max(best, cells[cell + count]!);
            place++;
          }
        }
        out[base + k] = result;
      }
      cells[i] = best;
      places[i] = place;
    }
  }
}
