import { normalCdf, normalQuantile } from '@tradekit/risk';
import type { RunResult } from '../result/run-result.js';
import { type Metric, metric, notDefined, SESSIONS_PER_YEAR } from './metric.js';
import { type Moments, momentsOf, NO_DEVIATION } from './moments.js';
import { excessReturns } from './returns.js';

/** Runs that were tried before one of them was chosen. */
export interface Trials {
  /** Yearly Sharpe ratios of all of them, this one included. */
  readonly sharpes: readonly number[];
}

/** Probabilities that a run's true Sharpe ratio is above a threshold. */
export interface ProbabilisticSharpeMetrics {
  /** Above 0. */
  readonly probabilisticSharpe: Metric;
  /** Above the best that so many trials would show without any skill. */
  readonly deflatedSharpe: Metric;
}

/**
 * Probabilistic Sharpe ratio: Φ((S − S*) √(n − 1) ÷ √(1 − γ₃ S + (γ₄ − 1) S²/4)) with the ratio S of a session and moments over
 * n. S* is 0 for the probabilistic one, and {@link expectedMaximum} for the deflated one. Sources: Bailey and López de Prado,
 * The Sharpe Ratio Efficient Frontier (2012), The Deflated Sharpe Ratio (2014).
 */
export function probabilisticSharpe(result: RunResult, trials: Trials | undefined): ProbabilisticSharpeMetrics {
  const moments = momentsOf(excessReturns(result));
  if (moments.count < 2) return without('it needs at least two sessions');
  if (!(moments.deviation > NO_DEVIATION)) return without('the equity did not vary');
  const ratio = moments.mean / moments.deviation;
  return {
    probabilisticSharpe: metric(
      probabilityAbove(0, ratio, moments),
      'fraction',
      'that the true Sharpe ratio is above 0',
    ),
    deflatedSharpe: deflated(ratio, moments, trials),
  };
}

function deflated(ratio: number, moments: Moments, trials: Trials | undefined): Metric {
  if (trials === undefined) return notDefined('fraction', 'the number of trials is not known');
  const sharpes = trials.sharpes.map((value) => value / Math.sqrt(SESSIONS_PER_YEAR));
  if (sharpes.length < 2) return notDefined('fraction', 'it needs at least two trials');
  const best = expectedMaximum(sharpes.length, momentsOf(sharpes).deviation ** 2);
  const yearly = (best * Math.sqrt(SESSIONS_PER_YEAR)).toFixed(2);
  const note = `${sharpes.length} trials: chance alone would show a Sharpe ratio of ${yearly}`;
  return metric(probabilityAbove(best, ratio, moments), 'fraction', note);
}

/** Probability that the true ratio of a session is above a threshold. */
export function probabilityAbove(
  threshold: number,
  ratio: number,
  { count, skewness, kurtosis }: Pick<Moments, 'count' | 'skewness' | 'kurtosis'>,
): number {
  const spread = 1 - skewness * ratio + ((kurtosis - 1) / 4) * ratio * ratio;
  return normalCdf(((ratio - threshold) * Math.sqrt(count - 1)) / Math.sqrt(spread));
}

const EULER_MASCHERONI = 0.5772156649015329;

/**
 * Largest Sharpe ratio that so many independent trials without skill are expected to show, where their ratios vary by
 * `variance`: √variance × ((1 − γ) Φ⁻¹(1 − 1/N) + γ Φ⁻¹(1 − 1/(N e))).
 */
export function expectedMaximum(trials: number, variance: number): number {
  const first = normalQuantile(1 - 1 / trials);
  const second = normalQuantile(1 - 1 / (trials * Math.E));
  return Math.sqrt(variance) * ((1 - EULER_MASCHERONI) * first + EULER_MASCHERONI * second);
}

function without(reason: string): ProbabilisticSharpeMetrics {
  const none = notDefined('fraction', reason);
  return { probabilisticSharpe: none, deflatedSharpe: none };
}
