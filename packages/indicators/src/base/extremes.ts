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
    const values = this.#source.of(bars);
    const from = this.#source.at(offset);
    const cells = this.state[0];
    const places = this.state[1];
    const sign = this.#sign;
    const period = this.#period;
    const count = this.#instruments;
    for (let i = 0, at = 0; i < count; i++, at += period + 1) {
      const value = sign * values[from + i]!;
      if (Number.isNaN(value)) {
        out[base + i] = Number.NaN;
        continue;
      }
      const place = places[i]!;
      const cell = at + 1 + (place < 0 ? place + period : place);
      const best = Math.max(value, cells[at]!);
      if (place === -1 || place + 1 === period) {
        cells[cell] = value;
        for (let k = cell - 1; k > at; k--) if (cells[k + 1]! > cells[k]!) cells[k] = cells[k + 1]!;
        cells[at] = Number.NEGATIVE_INFINITY;
        places[i] = 0;
        out[base + i] = sign * best;
        continue;
      }
      cells[cell] = value;
      cells[at] = best;
      places[i] = place + 1;
      out[base + i] = place < 0 ? Number.NaN : sign * Math.max(best, cells[cell + 1]!);
    }
  }
}
