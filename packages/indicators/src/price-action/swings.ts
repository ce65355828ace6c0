import type { FeatureKernel } from '@tradekit/core';
import { endless, type Indicator, indicator } from '../base/indicator.js';
import { requirePeriod } from '../base/require.js';
import { type SwingOptions, SwingPoints } from './swing-points.js';

function swing(side: 'High' | 'Low', { left = 3, right = 3 }: SwingOptions): Indicator {
  const name = `swing${side}`;
  requirePeriod(name, left, 1, 'left');
  requirePeriod(name, right, 1, 'right');
  return indicator({
    key: `${name}(${left},${right})`,
    unit: 'price',
    bars: left + right + 1,
    memory: endless,
    create({ instruments }): FeatureKernel {
      const points = new SwingPoints(side, left, right, instruments);
      const last = new Float64Array(instruments).fill(Number.NaN);
      return {
        state: [...points.state, last],
        step(bars, offset, out, base) {
          for (let i = 0; i < instruments; i++) {
            out[base + i] = Number.NaN;
            if (Number.isNaN(bars.close[offset + i]!)) continue;
            const found = points.push(i, bars, offset + i);
            if (!Number.isNaN(found)) last[i] = found;
            out[base + i] = last[i]!;
          }
        },
      };
    },
  });
}

/**
 * Last swing high: a high above those of the `left` bars before it and not below those of the `right` bars after it. It is **known only
 * after these**: the value changes `right` bars after the swing, never on it. In dollars. NaN until the first one; `warmUpBars` is the earliest
 * bar at which there can be one. A missing bar gives NaN and is left out. How long two starts differ depends on the price: no bound. Throws
 * `ConfigError` on counts that are no whole numbers of at least 1.
 */
export function swingHigh(options: SwingOptions = {}): Indicator {
  return swing('High', options);
}

/** Last swing low: a low below those before it and not above those after it; see {@link swingHigh}. */
export function swingLow(options: SwingOptions = {}): Indicator {
  return swing('Low', options);
}
