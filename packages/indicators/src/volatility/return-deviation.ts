import type { Bars, FeatureKernel } from '@tradekit/core';
import { type Indicator, indicator } from '../base/indicator.js';
import { requirePeriod } from '../base/require.js';

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
    bars: period + 1,
    create: ({ instruments }) => new Kernel(period, instruments),
  });
}

/** Cells of an instrument before its window. */
const OWN = 5;

class Kernel implements FeatureKernel {
  /**
   * For each instrument the logarithm of the close of the row before (NaN after a hole), sums of returns and of their squares, the last return and how
   * many of the last are equal: such a window does not deviate, whatever rounding has left of it; and the window. And the place of its next return:
   * below 0 in the first turn, −period … −1.
   */
  readonly state: readonly [Float64Array, Int32Array];
  readonly #period: number;
  readonly #instruments: number;

  constructor(period: number, instruments: number) {
    this.#period = period;
    this.#instruments = instruments;
    const own = period + OWN;
    const cells = new Float64Array(own * instruments).map((_, k) => (k % own === 0 ? Number.NaN : 0));
    this.state = [cells, new Int32Array(instruments).fill(-period)];
  }

  step(bars: Bars, offset: number, out: Float64Array, base: number): void {
    const { close } = bars;
    const cells = this.state[0];
    const places = this.state[1];
    const period = this.#period;
    const count = this.#instruments;
    for (let i = 0, at = 0; i < count; i++, at += period + OWN) {
      const log = Math.log(close[offset + i]!);
      const change = log - cells[at]!;
      cells[at] = log;
      if (!Number.isNaN(change)) {
        const place = places[i]!;
        const cell = at + OWN + (place < 0 ? place + period : place);
        const old = cells[cell]!;
        cells[cell] = change;
        cells[at + 4] = change === cells[at + 3]! ? cells[at + 4]! + 1 : 1;
        cells[at + 3] = change;
        places[i] = place + 1;
        if (place === -1 || place + 1 === period) {
          makeAnew(cells, at, period);
          places[i] = 0;
        } else {
          cells[at + 1] = cells[at + 1]! + change - old;
          cells[at + 2] = cells[at + 2]! + change * change - old * old;
        }
      }
      const sum = cells[at + 1]!;
      const scatter = cells[at + 4]! < period ? cells[at + 2]! - (sum / period) * sum : 0;
      const deviation = Math.sqrt(Math.max(0, scatter) / (period - 1));
      out[base + i] = Number.isNaN(log) || places[i]! < 0 ? Number.NaN : deviation;
    }
  }
}

function makeAnew(cells: Float64Array, at: number, period: number): void {
  let sum = 0;
  let squares = 0;
  for (let k = at + OWN; k < at + OWN + period; k++) {
    sum += cells[k]!;
    squares += cells[k]! * cells[k]!;
  }
  cells[at + 1] = sum;
  cells[at + 2] = squares;
}
