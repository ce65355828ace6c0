import { ConfigError } from '@tradekit/core';

/** Throws `ConfigError` unless a count is a whole number of at least `least`. */
export function requirePeriod(indicator: string, period: number, least = 1, name = 'period'): void {
  if (Number.isSafeInteger(period) && period >= least) return;
  const message = `${indicator} has the ${name} ${period}; give a whole number of at least ${least}`;
  throw new ConfigError('INDICATOR_PERIOD', message, { indicator, [name]: period });
}

/** Throws `ConfigError` unless a number lies between two limits, the limits included. */
export function requireRange(indicator: string, name: string, value: number, least: number, most: number): void {
  if (value >= least && value <= most) return;
  const message = `${indicator} has the ${name} ${value}; give a number from ${least} to ${most}`;
  throw new ConfigError('INDICATOR_PARAMETER', message, { indicator, [name]: value });
}

/** Throws `ConfigError` unless a factor is a finite number above zero. */
export function requirePositive(indicator: string, name: string, value: number): void {
  if (value > 0 && value < Number.POSITIVE_INFINITY) return;
  const message = `${indicator} has the ${name} ${value}; give a finite number above 0`;
  throw new ConfigError('INDICATOR_PARAMETER', message, { indicator, [name]: value });
}

/** Throws `ConfigError` unless a text is one of those known. */
export function requireOneOf(indicator: string, name: string, value: string, known: readonly string[]): void {
  if (known.includes(value)) return;
  const message = `${indicator} has the ${name} "${value}"; give one of ${known.join(', ')}`;
  throw new ConfigError('INDICATOR_PARAMETER', message, { indicator, [name]: value });
}
