import { formula, type Indicator } from '../base/indicator.js';
import { featureOf, type Input, keyOf, unitOf } from '../base/input.js';

/** Half of the sum of two inputs; NaN where either is. Unit of the first. */
export function middle(a: Input, b: Input): Indicator {
  const inputs = [featureOf(a), featureOf(b)];
  const key = `middle(${keyOf(a)},${keyOf(b)})`;
  return formula({ key, unit: unitOf(a), inputs }, (out, base, count, inputs) => {
    const { values: first, base: atFirst } = inputs[0]!;
    const { values: second, base: atSecond } = inputs[1]!;
    for (let i = 0; i < count; i++) out[base + i] = (first[atFirst + i]! + second[atSecond + i]!) / 2;
  });
}
