import { quantileSorted } from 'simple-statistics';
import type { RunResult } from '../result/run-result.js';
import { type Metric, metric, notDefined } from './metric.js';
import { momentsOf, NO_DEVIATION } from './moments.js';
import { sessionReturns } from './returns.js';

/** The tails of the session returns. */
export interface TailMetrics {
  /** Loss that 5 % of the sessions reach or pass: −(5 % quantile). Negative where even those gained. */
  readonly valueAtRisk: Metric;
  /** Mean loss of those sessions. */
  readonly conditionalValueAtRisk: Metric;
  /** 95 % quantile ÷ |5 % quantile|. */
  readonly tailRatio: Metric;
  /** Third standardised moment over n: negative where losses are the larger ones. */
  readonly skewness: Metric;
  /** Fourth standardised moment over n less 3: 0 for a normal distribution. */
  readonly excessKurtosis: Metric;
}

/** From this many sessions on a twentieth of them is at least one. */
const ENOUGH = 20;

/**
 * Historical value at risk and expected shortfall of one session at 95 %, tail ratio, skewness and kurtosis. Quantiles lie between
 * neighbours in proportion (Hyndman and Fan's type 7). Sources: Jorion, Value at Risk (2006); Acerbi and Tasche, Expected Shortfall (2002); the tail ratio as
 * in empyrical.
 */
export function tailMetrics(result: RunResult): TailMetrics {
  const returns = sessionReturns(result);
  return { ...quantiles(returns), ...shape(returns) };
}

function quantiles(returns: Float64Array): Pick<TailMetrics, 'valueAtRisk' | 'conditionalValueAtRisk' | 'tailRatio'> {
  if (returns.length < ENOUGH) {
    const reason = `it needs at least ${ENOUGH} sessions`;
    const none = notDefined('fraction', reason);
    return { valueAtRisk: none, conditionalValueAtRisk: none, tailRatio: notDefined('ratio', reason) };
  }
  const sorted = Array.from(returns).sort((a, b) => a - b);
  const low = quantileSorted(sorted, 0.05);
  const high = quantileSorted(sorted, 0.95);
  const tail = sorted.filter((value) => value <= low);
  const shortfall = tail.reduce((sum, value) => sum + value, 0) / tail.length;
  return {
    valueAtRisk: metric(0 - low, 'fraction'),
    conditionalValueAtRisk: metric(0 - shortfall, 'fraction'),
    tailRatio: low === 0 ? notDefined('ratio', 'the 5 % quantile is 0') : metric(high / Math.abs(low), 'ratio'),
  };
}

function shape(returns: Float64Array): Pick<TailMetrics, 'skewness' | 'excessKurtosis'> {
  const { count, deviation, skewness, kurtosis } = momentsOf(returns);
  if (count >= 2 && deviation > NO_DEVIATION) {
    return { skewness: metric(skewness, 'ratio'), excessKurtosis: metric(kurtosis - 3, 'ratio') };
  }
  const none = notDefined('ratio', count < 2 ? 'it needs at least two sessions' : 'the equity did not vary');
  return { skewness: none, excessKurtosis: none };
}
