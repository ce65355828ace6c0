import { ConfigError } from '@tradekit/core';
import { formula, type Indicator } from '../base/indicator.js';
import { featureOf, type Input, keyOf, unitOf } from '../base/input.js';

/** An input times a factor. Unit of the input. Throws `ConfigError` on a factor that is not finite. */
export function scale(input: Input, factor: number): Indicator {
  if (!Number.isFinite(factor)) {
    throw new ConfigError('INDICATOR_PARAMETER', `scale has the factor ${factor}; give a finite number`, { factor });
  }
  const spec = { key: `scale(${keyOf(input)},${factor})`, unit: unitOf(input), inputs: [featureOf(input)] };
  return formula(spec, (out, base, count, inputs) => {
    const { values, base: at } = inputs[0]!;
    for (let i = 0; i < count; i++) out[base + i] = values[at + i]! * factor;
  });
}
