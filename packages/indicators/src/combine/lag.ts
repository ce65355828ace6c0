import type { FeatureKernel } from '@tradekit/core';
import { type Indicator, indicator } from '../base/indicator.js';
import { featureOf, type Input, keyOf, unitOf } from '../base/input.js';
import { Past } from '../base/past.js';
import { requirePeriod } from '../base/require.js';

/**
 * An input as it was `bars` rows ago. Rows are counted on the grid: NaN where the instrument has no bar now, and where there was
 * no value then. Unit of the input. Throws `ConfigError` on a length that is no whole number of at least 1.
 */
export function lag(input: Input, bars: number): Indicator {
  requirePeriod('lag', bars, 1, 'length');
  return indicator({
    key: `lag(${keyOf(input)},${bars})`,
    unit: unitOf(input),
    bars: bars + 1,
    inputs: [featureOf(input)],
    create({ instruments, inputs }): FeatureKernel {
      const past = new Past(bars, instruments);
      const kept = past.values;
      const { values, base: at } = inputs[0]!;
      const run: NonNullable<FeatureKernel['run']> = ({ close }, offset, out, base, rows) => {
        for (let r = 0, first = 0; r < rows; r++, first += instruments) {
          const row = past.turn();
          for (let i = 0; i < instruments; i++) {
            out[base + first + i] = Number.isNaN(close[offset + first + i]!) ? Number.NaN : kept[row + i]!;
            kept[row + i] = values[at + first + i]!;
          }
        }
      };
      return { state: past.state, run, step: (row, offset, out, base) => run(row, offset, out, base, 1) };
    },
  });
}
