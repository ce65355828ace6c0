import type { FeatureKernel } from '@tradekit/core';
import type { Indicator } from '../base/indicator.js';
import { type Input, overInput } from '../base/input.js';
import { Past } from '../base/past.js';
import { requirePeriod } from '../base/require.js';

/**
 * An input less itself `length` rows ago (default 1). Rows are counted on the grid, so that the length never changes: NaN where
 * either value is missing. Unit of the input. Throws `ConfigError` on a length that is no whole number of at least 1.
 */
export function change(input: Input, length = 1): Indicator {
  requirePeriod('change', length, 1, 'length');
  return overInput(input, {
    name: 'change',
    parameters: [length],
    bars: length + 1,
    create(instruments, source): FeatureKernel {
      const past = new Past(length, instruments);
      const kept = past.values;
      const run: NonNullable<FeatureKernel['run']> = (bars, offset, out, base, rows) => {
        const values = source.of(bars);
        const from = source.at(offset);
        for (let r = 0, at = 0; r < rows; r++, at += instruments) {
          const old = past.turn();
          for (let i = 0; i < instruments; i++) {
            const value = values[from + at + i]!;
            out[base + at + i] = value - kept[old + i]!;
            kept[old + i] = value;
          }
        }
      };
      return { state: past.state, run, step: (row, offset, out, base) => run(row, offset, out, base, 1) };
    },
  });
}
