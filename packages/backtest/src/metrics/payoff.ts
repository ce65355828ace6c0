import type { RunResult } from '../result/run-result.js';
import { type Metric, metric, notDefined } from './metric.js';

/** What a round trip brings. */
export interface PayoffMetrics {
  /** Mean profit of a round trip, net of commission. */
  readonly expectancy: Metric;
  /** Mean profit of the winning ones ÷ mean loss of the losing ones. */
  readonly payoffRatio: Metric;
}

/** Expectancy and payoff ratio of closed round trips. Source: Tharp, Trade Your Way to Financial Freedom (1998). */
export function payoff({ trades }: RunResult): PayoffMetrics {
  if (trades.length === 0) {
    const reason = 'no round trip was closed';
    return { expectancy: notDefined('USD', reason), payoffRatio: notDefined('ratio', reason) };
  }
  let won = 0;
  let wins = 0;
  let lost = 0;
  let losses = 0;
  for (const { profit } of trades) {
    if (profit > 0) {
      won += profit;
      wins += 1;
    } else if (profit < 0) {
      lost -= profit;
      losses += 1;
    }
  }
  return {
    expectancy: metric((won - lost) / trades.length, 'USD'),
    payoffRatio:
      wins === 0 || losses === 0
        ? notDefined('ratio', wins === 0 ? 'no round trip won' : 'no round trip lost')
        : metric(won / wins / (lost / losses), 'ratio'),
  };
}
