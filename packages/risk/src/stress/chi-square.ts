import { RiskError } from '@tradekit/core';
import { erfc } from './normal.js';

/**
 * The probability that a chi-square number of one or two degrees of freedom is larger than `x`: erfc(√(x ÷ 2)) and e^(−x ÷ 2),
 * exact. Source: Abramowitz and Stegun, Handbook of Mathematical Functions, 26.4.4 and 26.4.5. Throws `RiskError` `STRESS_STATISTIC`
 * on an `x` below 0 or NaN.
 */
export function chiSquareSurvival(x: number, degreesOfFreedom: 1 | 2): number {
  if (!(x >= 0))
    throw new RiskError('STRESS_STATISTIC', `chi-square: ${x} is no statistic; give a number of at least 0`);
  return degreesOfFreedom === 1 ? erfc(Math.sqrt(x / 2)) : Math.exp(-x / 2);
}
