import { extreme } from '../base/extremes.js';
import { formula, type Indicator } from '../base/indicator.js';
import { field } from '../base/input.js';
import { requirePeriod } from '../base/require.js';

/**
 * Williams %R (Larry Williams, 1973), −100 … 0: −100 × (highest high − close) / range of the last `period` bars (TA-Lib's WILLR);
 * 0 when there is no range. A missing bar gives NaN and is left out. Throws `ConfigError` on a period that is no whole number of
 * at least 1.
 */
export function williamsR(period = 14): Indicator {
  requirePeriod('williamsR', period);
  const inputs = [
    extreme('highest', { period, input: 'high' }),
    extreme('lowest', { period, input: 'low' }),
    field('close'),
  ];
  return formula({ key: `williamsR(${period})`, unit: 'none', inputs }, (out, base, count, inputs) => {
    const { values: tops, base: atTop } = inputs[0]!;
    const { values: bottoms, base: atBottom } = inputs[1]!;
    const { values: closes, base: at } = inputs[2]!;
    for (let i = 0; i < count; i++) {
      const range = tops[atTop + i]! - bottoms[atBottom + i]!;
      out[base + i] = range === 0 ? 0 : (-100 * (tops[atTop + i]! - closes[at + i]!)) / range;
    }
  });
}
