import type { RunResult } from '../result/run-result.js';
import { type Metric, metric, notDefined } from './metric.js';

/** Closed round trips with a profit above zero after commission ÷ all closed round trips. */
export function winRate({ trades }: RunResult): Metric {
  if (trades.length === 0) return notDefined('fraction', 'no round trip was closed');
  return metric(trades.filter(({ profit }) => profit > 0).length / trades.length, 'fraction');
}
