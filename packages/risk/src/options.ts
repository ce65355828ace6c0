import { ConfigError } from '@tradekit/core';

/** The most that a US margin account may hold within a day, in multiples of its equity. */
export const MOST_LEVERAGE = 4;

/**
 * Checks a fraction that somebody configured: above 0 and at most `most`. Throws `ConfigError`, with the likely meaning when a
 * percentage was given (5 for 0.05).
 */
export function requireFraction(part: string, option: string, value: number, most: number): void {
  if (value > 0 && value <= most) return;
  const asPercentage = value / 100;
  const hint =
    asPercentage > 0 && asPercentage <= most ? `; ${value} % is written ${asPercentage}` : '; 5 % is written 0.05';
  throw new ConfigError(
    'RISK_OPTION',
    `${part}: ${option} is ${value}; give a fraction above 0 and at most ${most}${hint}`,
    {
      part,
      option,
      value,
    },
  );
}

/** Checks a count: a whole number of at least `least`. Throws `ConfigError`. */
export function requireCount(part: string, option: string, value: number, least = 1): void {
  if (Number.isInteger(value) && value >= least) return;
  const message = `${part}: ${option} is ${value}; give a whole number of at least ${least}`;
  throw new ConfigError('RISK_OPTION', message, { part, option, value });
}

/** Checks an amount, for example of dollars or minutes: finite and above 0. Throws `ConfigError`. */
export function requireAmount(part: string, option: string, value: number): void {
  if (value > 0 && Number.isFinite(value)) return;
  const message = `${part}: ${option} is ${value}; give a number above 0`;
  throw new ConfigError('RISK_OPTION', message, { part, option, value });
}

/** Checks a number that may be 0, for example of basis points; `what` is called so in the remedy. Throws `ConfigError`. */
export function requireNotNegative(part: string, option: string, value: number, what = 'a number'): void {
  if (value >= 0 && Number.isFinite(value)) return;
  const message = `${part}: ${option} is ${value}; give ${what}, 0 or more`;
  throw new ConfigError('RISK_OPTION', message, { part, option, value });
}
