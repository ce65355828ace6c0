import { type Bars, ConfigError } from '@tradekit/core';

/** What an indicator reads of a bar: its close, or the natural logarithm of it. */
export type Input = 'close' | 'log-close';

/** Throws `ConfigError` unless the period is a whole number of at least `least`. */
export function requirePeriod(name: string, period: number, least = 1): void {
  if (Number.isInteger(period) && period >= least) return;
  throw new ConfigError(
    'INDICATOR_PERIOD',
    `${name} has the period ${period}; give a whole number of at least ${least}`,
    { name, period },
  );
}

/** The value of one cell. */
export function read(bars: Bars, cell: number, input: Input): number {
  const close = bars.close[cell]!;
  return input === 'close' ? close : Math.log(close);
}
