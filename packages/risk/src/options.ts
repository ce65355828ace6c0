import { ConfigError } from '@tradekit/core';

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
