import { LineAndWidths } from '../base/band.js';
import { type Indicator, indicator } from '../base/indicator.js';
import { featureOf, type Input, keyOf, unitOf } from '../base/input.js';

/** The first input less the second; NaN where either is. Unit of both where they have the same, else none. */
export function difference(a: Input, b: Input): Indicator {
  return indicator({
    key: `difference(${keyOf(a)},${keyOf(b)})`,
    unit: unitOf(a) === unitOf(b) ? unitOf(a) : 'none',
    inputs: [featureOf(a), featureOf(b)],
    create: ({ instruments, inputs }) => new LineAndWidths(instruments, inputs[0]!, inputs[1]!, -1),
  });
}
