import type { FeatureKernel } from '@tradekit/core';
import { fading, type Indicator, indicator } from '../base/indicator.js';
import { requirePeriod } from '../base/require.js';
import { minusDi, plusDi } from './directional-movement.js';

/**
 * Average directional index (Wilder, New Concepts, 1978), 0 … 100, as in TA-Lib (ADX): Wilder's average over `period` bars of
 * 100 × |+DI − −DI| / (+DI + −DI), seeded with a simple one. Where both are 0 the average stays; while it is seeded they count as
 * 0. A missing bar gives NaN, and so does the first one after it; the averages stay. Throws `ConfigError` on a period that is no
 * whole number of at least 2.
 */
export function adx(period = 14): Indicator {
  requirePeriod('adx', period, 2);
  return indicator({
    key: `adx(${period})`,
    unit: 'none',
    bars: period,
    memory: (tolerance) => period + fading(1 - 1 / period)(tolerance),
    inputs: [plusDi(period), minusDi(period)],
    create({ instruments, inputs }): FeatureKernel {
      const { values: plus, base: atPlus } = inputs[0]!;
      const { values: minus, base: atMinus } = inputs[1]!;
      const average = new Float64Array(instruments);
      const seen = new Int32Array(instruments);
      return {
        state: [average, seen],
        step(_bars, _offset, out, base) {
          for (let i = 0; i < instruments; i++) {
            const up = plus[atPlus + i]!;
            const down = minus[atMinus + i]!;
            const sum = up + down;
            if (Number.isNaN(sum)) {
              out[base + i] = Number.NaN;
              continue;
            }
            if (seen[i]! < period) {
              seen[i] = seen[i]! + 1;
              average[i] = average[i]! + (sum === 0 ? 0 : (100 * Math.abs(up - down)) / sum);
              if (seen[i] === period) average[i] = average[i]! / period;
            } else if (sum !== 0) {
              average[i] = (average[i]! * (period - 1) + (100 * Math.abs(up - down)) / sum) / period;
            }
            out[base + i] = seen[i] === period ? average[i]! : Number.NaN;
          }
        },
      };
    },
  });
}
