import type { RunResult } from '../result/run-result.js';
import { type Metric, metric, notDefined } from './metric.js';
import { excessReturns } from './returns.js';

/**
 * Omega ratio at the cash rate: sum of the session returns above it ÷ sum of those below it. Source: Keating and Shadwick,
 * A Universal Performance Measure (2002).
 */
export function omega(result: RunResult): Metric {
  let gains = 0;
  let losses = 0;
  for (const value of excessReturns(result)) {
    if (value > 0) gains += value;
    else losses -= value;
  }
  if (losses === 0) return notDefined('ratio', 'no session fell below cash');
  return metric(gains / losses, 'ratio');
}
