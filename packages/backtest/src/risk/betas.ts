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
  const market = recent.map((returns) => {
    const known = returns.filter((value) => !Number.isNaN(value));
    return known.reduce((sum, value) => sum + value, 0) / known.length;
  });
  return Array.from(recent[0] ?? [], (_, i) => {
    const pairs = recent.flatMap((returns, k) =>
      Number.isNaN(returns[i]!) ? [] : [[returns[i]!, market[k]!] as const],
    );
    if (pairs.length < LEAST_RETURNS) return Number.NaN;
    const mean = (place: 0 | 1): number => pairs.reduce((sum, pair) => sum + pair[place], 0) / pairs.length;
    const [own, all] = [mean(0), mean(1)];
    const together = pairs.reduce((sum, [a, b]) => sum + (a - own) * (b - all), 0);
    return together / pairs.reduce((sum, [, b]) => sum + (b - all) ** 2, 0);
  });
}
