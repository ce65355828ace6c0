import type { RunResult } from '../result/run-result.js';
import { type Metric, metric, notDefined, SESSIONS_PER_YEAR } from './metric.js';
import { type Moments, momentsOf, NO_DEVIATION } from './moments.js';
import { excessReturns } from './returns.js';

/** A Sharpe ratio and the ends of its 95 % confidence interval. */
export interface SharpeMetrics {
  readonly sharpe: Metric;
  readonly sharpeLow: Metric;
  readonly sharpeHigh: Metric;
}

/** The 97.5 % quantile of the normal distribution. */
const Z = 1.959963984540054;

/**
 * Sharpe ratio: mean ÷ standard deviation (n − 1) of the session returns less a session's share of the cash rate
 * (rate ÷ 252), × √252. Source: Sharpe, The Sharpe Ratio (1994).
 *
 * Its 95 % interval is ± 1.96 standard errors after Mertens, Comments on Variance of the IID Estimator in Lo (2002):
 * se² = (1 + S²/2 − γ₃ S + (γ₄ − 3) S²/4) ÷ n with the ratio S of a session, and skewness γ₃ and kurtosis γ₄ of the returns
 * (moments over n). With normal returns it is Lo's. It assumes that sessions are independent.
 */
export function sharpe(result: RunResult): SharpeMetrics {
  const moments = momentsOf(excessReturns(result));
  if (moments.count < 2) return undefinedFor('it needs at least two sessions');
  if (!(moments.deviation > NO_DEVIATION)) return undefinedFor('the equity did not vary');
  const ratio = moments.mean / moments.deviation;
  const error = sharpeError(ratio, moments);
  const yearly = (value: number): number => value * Math.sqrt(SESSIONS_PER_YEAR);
  const note = `excess over cash at ${result.cashRate} a year`;
  const interval = '95 % interval, Mertens (2002)';
  return {
    sharpe: metric(yearly(ratio), 'ratio', note),
    sharpeLow: metric(yearly(ratio - Z * error), 'ratio', interval),
    sharpeHigh: metric(yearly(ratio + Z * error), 'ratio', interval),
  };
}

/** Standard error of a session's Sharpe ratio, after Mertens. */
function sharpeError(ratio: number, { count, skewness, kurtosis }: Moments): number {
  const square = ratio * ratio;
  return Math.sqrt((1 + square / 2 - skewness * ratio + ((kurtosis - 3) / 4) * square) / count);
}

function undefinedFor(reason: string): SharpeMetrics {
  const none = notDefined('ratio', reason);
  return { sharpe: none, sharpeLow: none, sharpeHigh: none };
}
