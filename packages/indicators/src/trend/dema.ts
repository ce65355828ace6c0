import { formula, type Indicator } from '../base/indicator.js';
import { type Period, periodOf } from '../base/input.js';
import { ema } from './ema.js';

/**
 * Double exponential moving average, 2 × EMA − EMA of the EMA (Mulloy, Technical Analysis of Stocks & Commodities, 1994), each
 * EMA seeded as {@link ema} is. Unit and hole rule of the input's EMA: NaN, and the averages stay. Throws `ConfigError` on a
 * period that is no whole number of at least 1.
 */
export function dema(options: Period): Indicator {
  const { period, input } = periodOf('dema', options);
  const once = ema({ period, input });
  const twice = ema({ period, input: once });
  return formula(
    { key: `2*${once.key}-${twice.key}`, unit: once.unit, inputs: [once, twice] },
    (out, base, count, inputs) => {
      const { values: a, base: atA } = inputs[0]!;
      const { values: b, base: atB } = inputs[1]!;
      for (let i = 0; i < count; i++) out[base + i] = 2 * a[atA + i]! - b[atB + i]!;
    },
  );
}
