import { RETURN_SESSIONS } from '@tradekit/core';

/** Returns that a beta is made of, at the least. */
const LEAST_RETURNS = 20;

/**
 * Betas to the mean of all instruments: covariance ÷ variance over the last 120 sessions, of those in which the instrument has a return
 * (W. Sharpe, Capital Asset Prices, 1964, with equal parts as the market). NaN below 20 of them. `sessions`: returns by instrument, the
 * earliest session first.
 */
export function betasOf(sessions: readonly Float64Array[]): readonly number[] {
  const recent = sessions.slice(-RETURN_SESSIONS);
  const market = recent.map(meanOf);
  return Array.from(recent[0] ?? [], (_, i) => {
    let [count, own, all, together, alone] = [0, 0, 0, 0, 0];
    for (const [k, returns] of recent.entries()) {
      const [a, b] = [returns[i]!, market[k]!];
      if (Number.isNaN(a)) continue;
      count += 1;
      own += a;
      all += b;
      together += a * b;
      alone += b * b;
    }
    // Of daily returns sums are exact enough: their means are small beside their deviations.
    return count < LEAST_RETURNS ? Number.NaN : (together - (own * all) / count) / (alone - (all * all) / count);
  });
}

/** The mean of those that are there. */
function meanOf(returns: Float64Array): number {
  let [sum, count] = [0, 0];
  for (const value of returns) {
    if (Number.isNaN(value)) continue;
    sum += value;
    count += 1;
  }
  return sum / count;
}
