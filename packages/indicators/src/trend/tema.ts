import { formula, type Indicator } from '../base/indicator.js';
import { type Period, periodOf } from '../base/input.js';
import { ema } from './ema.js';

/**
 * Triple exponential moving average, 3 × EMA − 3 × EMA of EMA + EMA of EMA of EMA (Mulloy, 1994), each seeded as {@link ema}
 * is. Unit and hole rule of the input's EMA: NaN, and the averages stay. Throws `ConfigError` on a period that is no whole
 * number of at least 1.
 */
export function tema(options: Period): Indicator {
  const { period, input } = periodOf('tema', options);
  const once = ema({ period, input });
  const twice = ema({ period, input: once });
  const thrice = ema({ period, input: twice });
  const key = `3*${once.key}-3*${twice.key}+${thrice.key}`;
  return formula({ key, unit: once.unit, inputs: [once, twice, thrice] }, (out, base, count, inputs) => {
    const { values: a, base: atA } = inputs[0]!;
    const { values: b, base: atB } = inputs[1]!;
    const { values: c, base: atC } = inputs[2]!;
    for (let i = 0; i < count; i++) out[base + i] = 3 * a[atA + i]! - 3 * b[atB + i]! + c[atC + i]!;
  });
}
