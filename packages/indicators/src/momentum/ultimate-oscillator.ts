import type { FeatureKernel } from '@tradekit/core';
import { formula, type Indicator, indicator } from '../base/indicator.js';
import { requirePeriod } from '../base/require.js';
import { rollingSum } from '../base/rolling-sum.js';
import { trueRange } from '../volatility/true-range.js';

/** Close less the lower of this low and the last close. */
function buyingPressure(): Indicator {
  return indicator({
    key: 'buyingPressure',
    unit: 'price',
    bars: 2,
    create({ instruments }): FeatureKernel {
      const last = new Float64Array(instruments).fill(Number.NaN);
      return {
        state: [last],
        step({ low, close }, offset, out, base) {
          for (let i = 0; i < instruments; i++) {
            // Math.min is NaN when either is.
            out[base + i] = close[offset + i]! - Math.min(low[offset + i]!, last[i]!);
            last[i] = close[offset + i]!;
          }
        },
      };
    },
  });
}

/**
 * Ultimate oscillator (Williams, 1976; Stocks & Commodities, 1985), 0 … 100: buying pressure over true range, summed over three
 * periods and weighted 4, 2 and 1 (TA-Lib's ULTOSC). A period without any range adds 0. A missing bar and the one after it give NaN
 * and are left out. Throws `ConfigError` on periods that are no whole numbers of at least 1.
 */
export function ultimateOscillator(short = 7, medium = 14, long = 28): Indicator {
  const periods = [short, medium, long];
  for (const period of periods) requirePeriod('ultimateOscillator', period);
  const inputs = [buyingPressure(), trueRange()].flatMap((of) => periods.map((period) => rollingSum(period, of)));
  const key = `ultimateOscillator(${periods.join(',')})`;
  return formula({ key, unit: 'none', inputs }, (out, base, count, sums) => {
    for (let i = 0; i < count; i++) {
      let weighted = 0;
      for (let k = 0; k < 3; k++) {
        const pressure = sums[k]!.values[sums[k]!.base + i]!;
        const range = sums[k + 3]!.values[sums[k + 3]!.base + i]!;
        if (range !== 0) weighted += (4 >> k) * (pressure / range);
      }
      out[base + i] = (100 * weighted) / 7;
    }
  });
}
