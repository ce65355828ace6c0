import type { FeatureKernel } from '@tradekit/core';
import { type Indicator, indicator } from '../base/indicator.js';
import { requirePeriod } from '../base/require.js';
import { change } from '../combine/change.js';
import { ema } from '../trend/ema.js';

/** Change of the close × volume. */
function force(): Indicator {
  return indicator({
    key: 'force',
    unit: 'none',
    inputs: [change('close')],
    create({ instruments, inputs }): FeatureKernel {
      const { values: moves, base: at } = inputs[0]!;
      return {
        state: [],
        step({ volume }, offset, out, base) {
          for (let i = 0; i < instruments; i++) out[base + i] = moves[at + i]! * volume[offset + i]!;
        },
      };
    },
  });
}

/**
 * Force index (Elder, Trading for a Living, 1993): EMA of the change of the close × volume, seeded with a simple average. Dollars ×
 * shares, which no split changes. A missing bar and the one after it give NaN, and the average stays. Throws `ConfigError` on a period
 * that is no whole number of at least 1.
 */
export function forceIndex(period = 13): Indicator {
  requirePeriod('forceIndex', period);
  return ema({ period, input: force() });
}
