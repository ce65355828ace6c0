import type { RunResult } from '../result/run-result.js';
import { type Metric, metric } from './metric.js';

/** Longest rows of round trips that won, and that lost, in the order of their ends. One that brought nothing ends both. */
export interface StreakMetrics {
  readonly longestWinStreak: Metric;
  readonly longestLossStreak: Metric;
}

/** Longest winning and losing streak. Source: the definitions. */
export function streaks({ trades }: RunResult): StreakMetrics {
  let wins = 0;
  let losses = 0;
  let mostWins = 0;
  let mostLosses = 0;
  for (const { profit } of trades) {
    wins = profit > 0 ? wins + 1 : 0;
    losses = profit < 0 ? losses + 1 : 0;
    mostWins = Math.max(mostWins, wins);
    mostLosses = Math.max(mostLosses, losses);
  }
  return { longestWinStreak: metric(mostWins, 'count'), longestLossStreak: metric(mostLosses, 'count') };
}
