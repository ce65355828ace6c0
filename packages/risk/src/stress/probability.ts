import { RiskError } from '@tradekit/core';

/** Checks a probability: above `least`, below 1. Throws `RiskError` `STRESS_PROBABILITY`. */
export function requireProbability(what: string, value: number, least = 0): void {
  if (value > least && value < 1) return;
  const hint = value > 1 && value < 100 ? `; ${value} % is written ${value / 100}` : '';
  const message = `${what} is ${value}; give a probability above ${least} and below 1${hint}`;
  throw new RiskError('STRESS_PROBABILITY', message, { what, value });
}
