import { formula, type Indicator } from '../base/indicator.js';
import { featureOf, type Input, keyOf } from '../base/input.js';

/** The first input divided by the second, without unit; NaN where either is, and where the second is 0. */
export function ratio(a: Input, b: Input): Indicator {
  const inputs = [featureOf(a), featureOf(b)];
  return formula({ key: `ratio(${keyOf(a)},${keyOf(b)})`, unit: 'none', inputs }, (out, base, count, inputs) => {
    const { values: above, base: atAbove } = inputs[0]!;
    const { values: below, base: atBelow } = inputs[1]!;
    for (let i = 0; i < count; i++) {
      const divisor = below[atBelow + i]!;
      out[base + i] = divisor === 0 ? Number.NaN : above[atAbove + i]! / divisor;
    }
  });
}
