import { ConfigError } from '@tradekit/core';
import { formula, type Indicator } from '../base/indicator.js';
import { featureOf, type Input, keyOf, unitOf } from '../base/input.js';

/** An input kept within two limits; NaN stays NaN. Unit of the input. Throws `ConfigError` unless `least` is below `most`. */
export function clip(input: Input, least: number, most: number): Indicator {
  if (!(least < most)) {
    const message = `clip has the limits ${least} and ${most}; give the lower one first`;
    throw new ConfigError('INDICATOR_PARAMETER', message, { least, most });
  }
  const spec = { key: `clip(${keyOf(input)},${least},${most})`, unit: unitOf(input), inputs: [featureOf(input)] };
  return formula(spec, (out, base, count, inputs) => {
    const { values, base: at } = inputs[0]!;
    for (let i = 0; i < count; i++) out[base + i] = Math.min(most, Math.max(least, values[at + i]!));
  });
}
