import { ConfigError } from '@tradekit/core';
import { formula, type Indicator } from '../base/indicator.js';
import { featureOf, type Input, keyOf, unitOf } from '../base/input.js';

/**
 * An input without a unit kept within two limits; NaN stays NaN. Throws `ConfigError` unless `least` is below `most`, and on an input in dollars or
 * shares: a split would move it through limits that stand still.
 */
export function clip(input: Input, least: number, most: number): Indicator {
  if (!(least < most)) {
    const message = `clip has the limits ${least} and ${most}; give the lower one first`;
    throw new ConfigError('INDICATOR_PARAMETER', message, { least, most });
  }
  const unit = unitOf(input);
  if (unit !== 'none') {
    const message = `clip keeps numbers without a unit, and ${keyOf(input)} is a ${unit}: it changes with every split; clip a ratio of it`;
    throw new ConfigError('INDICATOR_PARAMETER', message, { input: keyOf(input), unit });
  }
  const spec = { key: `clip(${keyOf(input)},${least},${most})`, unit, inputs: [featureOf(input)] };
  return formula(spec, (out, base, count, inputs) => {
    const { values, base: at } = inputs[0]!;
    for (let i = 0; i < count; i++) out[base + i] = Math.min(most, Math.max(least, values[at + i]!));
  });
}
