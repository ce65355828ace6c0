import { sampleStandardDeviation } from 'simple-statistics';
import type { RunResult } from '../result/run-result.js';
import { type Metric, metric, notDefined, SESSIONS_PER_YEAR } from './metric.js';
import { sessionReturns } from './returns.js';

/** Standard deviation (n − 1) of the session returns × √252. Source: the definition. */
export function volatility(result: RunResult): Metric {
  const returns = Array.from(sessionReturns(result));
  if (returns.length < 2) return notDefined('fraction per year', 'it needs at least two sessions');
  return metric(sampleStandardDeviation(returns) * Math.sqrt(SESSIONS_PER_YEAR), 'fraction per year');
}
