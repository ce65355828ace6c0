import { SESSIONS_PER_YEAR } from '../metrics/metric.js';
import { momentsOf, NO_DEVIATION } from '../metrics/moments.js';
import { excessReturns } from '../metrics/returns.js';
import type { RunResult } from '../result/run-result.js';

/** A quarter of a year. */
export const ROLLING_SESSIONS = 63;

/** Sharpe ratio and yearly volatility of the last {@link ROLLING_SESSIONS} sessions, by session; `null` before there are so many, or without deviation. */
export function rolling(result: RunResult): {
  readonly sharpe: readonly (number | null)[];
  readonly volatility: readonly (number | null)[];
} {
  const excess = excessReturns(result);
  const sharpe: (number | null)[] = [];
  const volatility: (number | null)[] = [];
  for (let k = 0; k < excess.length; k++) {
    const from = k + 1 - ROLLING_SESSIONS;
    const { mean, deviation } = momentsOf(excess.subarray(Math.max(0, from), k + 1));
    const known = from >= 0;
    volatility.push(known ? rounded(deviation * Math.sqrt(SESSIONS_PER_YEAR), 1e4) : null);
    sharpe.push(
      known && deviation > NO_DEVIATION ? rounded((mean / deviation) * Math.sqrt(SESSIONS_PER_YEAR), 100) : null,
    );
  }
  return { sharpe, volatility };
}

function rounded(value: number, parts: number): number {
  return Math.round(value * parts) / parts;
}
