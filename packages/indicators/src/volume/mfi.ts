import type { FeatureKernel } from '@tradekit/core';
import { formula, type Indicator, indicator } from '../base/indicator.js';
import { field } from '../base/input.js';
import { requirePeriod } from '../base/require.js';
import { rollingSum } from '../base/rolling-sum.js';

/** Typical price × volume of bars whose typical price rose, or fell; else 0. NaN at the first bar and after a hole. */
function moneyFlow(direction: 'up' | 'down'): Indicator {
  const sign = direction === 'up' ? 1 : -1;
  return indicator({
    key: `moneyFlow(${direction})`,
    unit: 'none',
    bars: 2,
    inputs: [field('typical')],
    create({ instruments, inputs }): FeatureKernel {
      const { values: typical, base: at } = inputs[0]!;
      const last = new Float64Array(instruments).fill(Number.NaN);
      return {
        state: [last],
        step({ volume }, offset, out, base) {
          for (let i = 0; i < instruments; i++) {
            const price = typical[at + i]!;
            const move = sign * (price - last[i]!);
            last[i] = price;
            out[base + i] = move > 0 ? price * volume[offset + i]! : Number.isNaN(move) ? Number.NaN : 0;
          }
        },
      };
    },
  });
}

/**
 * Money flow index (Quong and Soudack, Stocks & Commodities, 1989), 0 … 100: dollars traded on rises of the typical price as a share
 * of those on rises and falls, over `period` bars; equal prices count for neither, and below one dollar in all it is 0 (TA-Lib's MFI).
 * Whether two typical prices are equal is a matter of the last bit. A missing bar and the one after it give NaN and are left out.
 * Throws `ConfigError` on a period that is no whole number of at least 1.
 */
export function mfi(period = 14): Indicator {
  requirePeriod('mfi', period);
  const inputs = [rollingSum(period, moneyFlow('up')), rollingSum(period, moneyFlow('down'))];
  return formula({ key: `mfi(${period})`, unit: 'none', inputs }, (out, base, count, sums) => {
    const { values: rises, base: atRise } = sums[0]!;
    const { values: falls, base: atFall } = sums[1]!;
    for (let i = 0; i < count; i++) {
      const sum = rises[atRise + i]! + falls[atFall + i]!;
      out[base + i] = sum < 1 ? 0 : Math.min(100, Math.max(0, (100 * rises[atRise + i]!) / sum));
    }
  });
}
