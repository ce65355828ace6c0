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
    const cells = new Float64Array(own * instruments).map((_, k) => (k % own === 0 ? Number.NaN : 0));
    this.state = [cells, new Int32Array(instruments).fill(-period)];
  }

  step(bars: Bars, offset: number, out: Float64Array, base: number): void {
    const { high, low, close, volume } = bars;
    const cells = this.state[0];
    const places = this.state[1];
    const period = this.#period;
    const count = this.#instruments;
    for (let i = 0, at = 0; i < count; i++, at += period + 3) {
      const price = (high[offset + i]! + low[offset + i]! + close[offset + i]!) / 3;
      const move = price - cells[at]!;
      cells[at] = price;
      if (Number.isNaN(move)) {
        out[base + i] = Number.NaN;
        continue;
      }
      const place = places[i]!;
      const cell = at + 3 + (place < 0 ? place + period : place);
      const old = cells[cell]!;
      // A quotient for the sign of the move: nobody can predict a branch on it.
      const size = Math.abs(move);
      const flow = size === 0 ? 0 : (move / size) * (price * volume[offset + i]!);
      cells[cell] = flow;
      let rises = cells[at + 1]! - risen(old) + risen(flow);
      let falls = cells[at + 2]! - risen(-old) + risen(-flow);
      if (place === -1 || place + 1 === period) {
        rises = 0;
        falls = 0;
        for (let k = at + 3; k < at + 3 + period; k++) {
          rises += risen(cells[k]!);
          falls += risen(-cells[k]!);
        }
        places[i] = 0;
      } else places[i] = place + 1;
      cells[at + 1] = rises;
      cells[at + 2] = falls;
      const sum = rises + falls;
      if (place < -1) out[base + i] = Number.NaN;
      else out[base + i] = sum < 1 ? 0 : Math.min(100, Math.max(0, (100 * rises) / sum));
    }
  }
}

/** A number above 0, else 0, without a branch and without rounding. */
function risen(flow: number): number {
  return (Math.abs(flow) + flow) * 0.5;
}
