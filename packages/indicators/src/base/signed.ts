import type { FeatureSpec } from '@tradekit/core';
import { formula, type Indicator } from './indicator.js';

/** A level with the sign of its direction, and the parameters that are named in the keys of both. */
export interface Signed {
  readonly parameters: string;
  readonly line: Indicator;
}

/** The level of a feature that is a level below price (above zero) or above price (below zero). */
export function levelOf(name: string, signed: FeatureSpec): Indicator {
  return formula({ key: name, unit: 'price', inputs: [signed] }, (out, base, count, inputs) => {
    const { values, base: at } = inputs[0]!;
    for (let i = 0; i < count; i++) out[base + i] = Math.abs(values[at + i]!);
  });
}

/** Its direction: 1 where the level is below price, −1 where it is above. */
export function directionOf(name: string, signed: FeatureSpec): Indicator {
  return formula({ key: name, unit: 'none', inputs: [signed] }, (out, base, count, inputs) => {
    const { values, base: at } = inputs[0]!;
    for (let i = 0; i < count; i++) out[base + i] = Math.sign(values[at + i]!);
  });
}
