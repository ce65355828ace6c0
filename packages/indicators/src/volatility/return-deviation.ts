import type { Bars, FeatureInput, FeatureKernel } from '@tradekit/core';
import { type Indicator, indicator } from '../base/indicator.js';
import { field } from '../base/input.js';
import { requirePeriod } from '../base/require.js';
import { logReturn } from '../returns/log-return.js';

/**
 * Standard deviation (n − 1) of the last `period` logarithmic returns from bar to bar, the night included. A return is taken
 * only between two bars that follow each other on the grid: over a hole there is none, and the window is the last `period`
 * returns that there were. Equal returns deviate by exactly 0. A missing bar gives NaN. Sums are made anew once per period, so that rounding never builds up.
 * Throws `ConfigError` on a period that is no whole number of at least 2.
 */
export function returnDeviation(period: number): Indicator {
  requirePeriod('returnDeviation', period, 2);
  return indicator({
    key: `returnDeviation(${period})`,
    unit: 'none',
    bars: period,
    inputs: [field('log-close'), logReturn()],
    create: ({ instruments, inputs }) => new Kernel(period, instruments, inputs[0]!, inputs[1]!),
  });
}

/** Cells of an instrument before its window. */
const OWN = 4;

class Kernel implements FeatureKernel {
  /**
   * For each instrument sums of returns and of their squares, the last return and how many of the last are equal: such a window does not deviate, whatever
   * rounding has left of it; and the window. And the place of its next return: below 0 in the first turn, −period … −1.
   */
  readonly state: readonly [Float64Array, Int32Array];
  readonly #period: number;
  readonly #instruments: number;
  readonly #logs: FeatureInput;
  readonly #returns: FeatureInput;

  constructor(period: number, instruments: number, logs: FeatureInput, returns: FeatureInput) {
    this.#period = period;
    this.#instruments = instruments;
    this.#logs = logs;
    this.#returns = returns;
    this.state = [new Float64Array((period + OWN) * instruments), new Int32Array(instruments).fill(-period)];
  }

  step(bars: Bars, offset: number, out: Float64Array, base: number): void {
    this.run(bars, offset, out, base, 1);
  }

  run(_bars: Bars, _offset: number, out: Float64Array, base: number, rows: number): void {
    const { values: logs, base: atLog } = this.#logs;
    const { values: returns, base: atReturn } = this.#returns;
    const cells = this.state[0];
    const places = this.state[1];
    const period = this.#period;
    const count = this.#instruments;
    const end = rows * count;
    for (let i = 0; i < count; i++) {
      let sum = cells[i]!;
      let squares = cells[i + count]!;
      let last = cells[i + 2 * count]!;
      let alike = cells[i + 3 * count]!;
      let place = places[i]!;
      for (let k = i; k < end; k += count) {
        const change = returns[atReturn + k]!;
        if (!Number.isNaN(change)) {
          const cell = i + (OWN + (place < 0 ? place + period : place)) * count;
          const old = cells[cell]!;
          cells[cell] = change;
          alike = change === last ? alike + 1 : 1;
          last = change;
          sum = sum + change - old;
          squares = squares + change * change - old * old;
          if (place === -1 || place + 1 === period) {
            sum = 0;
            squares = 0;
            for (let c = i + OWN * count; c < (OWN + period) * count; c += count) {
              sum += cells[c]!;
              squares += cells[c]! * cells[c]!;
            }
            place = 0;
          } else place++;
        }
        const scatter = alike < period ? squares - (sum / period) * sum : 0;
        const deviation = Math.sqrt(Math.max(0, scatter) / (period - 1));
        out[base + k] = Number.isNaN(logs[atLog + k]!) || place < 0 ? Number.NaN : deviation;
      }
      cells[i] = sum;
      cells[i + count] = squares;
      cells[i + 2 * count] = last;
      cells[i + 3 * count] = alike;
      places[i] = place;
    }
  }
}
