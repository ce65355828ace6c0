import type { Bars, FeatureKernel } from '@tradekit/core';
import { type Indicator, indicator } from '../base/indicator.js';
import { requirePeriod } from '../base/require.js';

/**
 * Money flow index (Quong and Soudack, Stocks & Commodities, 1989), 0 … 100: dollars traded on rises of the typical price as a share
 * of those on rises and falls, over `period` bars; equal prices count for neither, and below one dollar in all it is 0 (TA-Lib's MFI).
 * Whether two typical prices are equal is a matter of the last bit. A missing bar and the one after it give NaN and are left out.
 * Throws `ConfigError` on a period that is no whole number of at least 1.
 */
export function mfi(period = 14): Indicator {
  requirePeriod('mfi', period);
  return indicator({
    key: `mfi(${period})`,
    unit: 'none',
    bars: period + 1,
    create: ({ instruments }) => new Kernel(period, instruments),
  });
}

class Kernel implements FeatureKernel {
  /**
   * For each instrument the last typical price, the sums of rises and falls, made anew once per period, and the window of dollars traded, those of
   * falls below 0; and the place of its next one: below 0 in the first turn, −period … −1.
   */
  readonly state: readonly [Float64Array, Int32Array];
  readonly #period: number;
  readonly #instruments: number;

  constructor(period: number, instruments: number) {
    this.#period = period;
    this.#instruments = instruments;
    const own = period + 3;
    const cells = new Float64Array(own * instruments).fill(Number.NaN, 0, instruments);
    this.state = [cells, new Int32Array(instruments).fill(-period)];
  }

  step(bars: Bars, offset: number, out: Float64Array, base: number): void {
    this.run(bars, offset, out, base, 1);
  }

  run(bars: Bars, offset: number, out: Float64Array, base: number, rows: number): void {
    const { high, low, close, volume } = bars;
    const cells = this.state[0];
    const places = this.state[1];
    const period = this.#period;
    const count = this.#instruments;
    const end = rows * count;
    for (let i = 0; i < count; i++) {
      let last = cells[i]!;
      let rises = cells[i + count]!;
      let falls = cells[i + 2 * count]!;
      let place = places[i]!;
      for (let k = i; k < end; k += count) {
        const price = (high[offset + k]! + low[offset + k]! + close[offset + k]!) / 3;
        const move = price - last;
        last = price;
        let index = Number.NaN;
        if (!Number.isNaN(move)) {
          const cell = i + (3 + (place < 0 ? place + period : place)) * count;
          const old = cells[cell]!;
          // A quotient for the sign of the move: nobody can predict a branch on it.
          const size = Math.abs(move);
          const flow = size === 0 ? 0 : (move / size) * (price * volume[offset + k]!);
          cells[cell] = flow;
          rises = rises - risen(old) + risen(flow);
          falls = falls - risen(-old) + risen(-flow);
          if (place === -1 || place + 1 === period) {
            rises = 0;
            falls = 0;
            for (let c = i + 3 * count; c < (3 + period) * count; c += count) {
              rises += risen(cells[c]!);
              falls += risen(-cells[c]!);
            }
            place = 0;
          } else place++;
          const sum = rises + falls;
          if (place >= 0) index = sum < 1 ? 0 : Math.min(100, Math.max(0, (100 * rises) / sum));
        }
        out[base + k] = index;
      }
      cells[i] = last;
      cells[i + count] = rises;
      cells[i + 2 * count] = falls;
      places[i] = place;
    }
  }
}

/** A number above 0, else 0, without a branch and without rounding. */
function risen(flow: number): number {
  return (Math.abs(flow) + flow) * 0.5;
}
