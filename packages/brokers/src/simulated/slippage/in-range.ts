import { ConfigError } from '@tradekit/core';

/** The value, if it passes. Throws `ConfigError` with what to give instead. */
export function inRange(name: string, value: number, passes: boolean, range: string): number {
  if (passes) return value;
  throw new ConfigError('SLIPPAGE_OUT_OF_RANGE', `slippage ${name} is ${value}; give a number ${range}`, {
    name,
    value,
  });
}
