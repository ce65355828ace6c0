import type { FeatureKernel } from '@tradekit/core';
import type { Indicator } from '../base/indicator.js';
import { type Input, overInput } from '../base/input.js';
import { Past } from '../base/past.js';
import { requirePeriod } from '../base/require.js';

/**
 * An input less itself `bars` rows ago (default 1). Rows are counted on the grid, so that the length never changes: NaN where
 * either value is missing. Unit of the input. Throws `ConfigError` on a length that is no whole number of at least 1.
 */
export function change(input: Input, bars = 1): Indicator {
  requirePeriod('change', bars, 1, 'length');
  return overInput(input, {
    name: 'change',
    parameters: [bars],
    bars: bars + 1,
    create(instruments, source): FeatureKernel {
      const past = new Past(bars, instruments);
      const kept = past.values;
      return {
        state: past.state,
        step(row, offset, out, base) {
          const values = source.of(row);
          const from = source.at(offset);
          const old = past.turn();
          for (let i = 0; i < instruments; i++) {
            const value = values[from + i]!;
            out[base + i] = value - kept[old + i]!;
            kept[old + i] = value;
          }
        },
      };
    },
  });
}
