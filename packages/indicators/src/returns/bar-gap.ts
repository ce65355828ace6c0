import type { FeatureKernel } from '@tradekit/core';
import { type Indicator, indicator } from '../base/indicator.js';

/** Logarithm of this bar's open over the close of the bar before it on the grid; NaN at the first bar and after a hole. */
export function barGap(): Indicator {
  return indicator({
    key: 'barGap',
    unit: 'none',
    bars: 2,
    create({ instruments }): FeatureKernel {
      const last = new Float64Array(instruments).fill(Number.NaN);
      return {
        state: [last],
        step({ open, close }, offset, out, base) {
          for (let i = 0; i < instruments; i++) {
            out[base + i] = Math.log(open[offset + i]! / last[i]!);
            last[i] = close[offset + i]!;
          }
        },
      };
    },
  });
}
