import type { RunResult } from '../result/run-result.js';
import { type Metric, metric, notDefined, SESSIONS_PER_YEAR } from './metric.js';
import { excessReturns } from './returns.js';

/**
 * Sortino ratio: mean of the session returns over cash ÷ their downside deviation × √252. The downside deviation is the root
 * of the mean over **all** sessions of min(0, r)². Source: Sortino and Price, Performance Measurement in a Downside Risk
 * Framework (1994), with the cash rate as the target.
 */
export function sortino(result: RunResult): Metric {
  const excess = excessReturns(result);
  if (excess.length < 2) return notDefined('ratio', 'it needs at least two sessions');
  let sum = 0;
  let downside = 0;
  for (const value of excess) {
    sum += value;
    if (value < 0) downside += value * value;
  }
  if (downside === 0) return notDefined('ratio', 'no session fell below cash');
  const deviation = Math.sqrt(downside / excess.length);
  return metric((sum / excess.length / deviation) * Math.sqrt(SESSIONS_PER_YEAR), 'ratio');
}
