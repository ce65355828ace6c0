/** Back-tests of a value at risk by its exceptions: the sessions whose loss was larger. */
import { RiskError } from '@tradekit/core';
import { chiSquareSurvival } from './chi-square.js';
import { requireProbability } from './probability.js';

/** A likelihood ratio against the hypothesis that the value at risk is right, and how likely a larger one would be then. */
export interface LikelihoodRatio {
  /** −2 ln of the likelihoods, 0 or more. */
  readonly statistic: number;
  readonly degreesOfFreedom: 1 | 2;
  /** By chi-square, which it comes to with many sessions. Below 0.05 one says: it is not right. */
  readonly pValue: number;
}

/** What exceptions say of a value at risk. */
export interface ExceptionTests {
  readonly observations: number;
  readonly exceptions: number;
  /** Exceptions that a right value at risk has on average. */
  readonly expected: number;
  /** Whether there are as many as there should be: {@link kupiec}. */
  readonly coverage: LikelihoodRatio;
  /** Whether they come one by one: {@link christoffersen}. */
  readonly independence: LikelihoodRatio;
  /** Both together: the sum of the two statistics, with two degrees of freedom. */
  readonly conditionalCoverage: LikelihoodRatio;
}

/**
 * Proportion of failures. With x exceptions in T sessions and the probability p of one:
 * LR = −2 ln [ (1 − p)^(T − x) p^x ÷ ((1 − x/T)^(T − x) (x/T)^x) ], chi-square with one degree of freedom. Source: P. Kupiec, Techniques
 * for Verifying the Accuracy of Risk Measurement Models, Journal of Derivatives 3 (2), 1995. Throws `RiskError`:
 * `STRESS_PROBABILITY`, and `STRESS_EXCEPTIONS` unless the counts are whole, T is above 0 and x at most T.
 */
export function kupiec(observations: number, exceptions: number, probability: number): LikelihoodRatio {
  requireProbability('probability', probability);
  const isCount = Number.isInteger(observations) && Number.isInteger(exceptions);
  if (!(isCount && observations > 0 && exceptions >= 0 && exceptions <= observations)) {
    const message = `kupiec: ${exceptions} exceptions in ${observations} sessions; give whole numbers, of sessions above 0`;
    throw new RiskError('STRESS_EXCEPTIONS', message, { observations, exceptions });
  }
  const passed = observations - exceptions;
  const right = logLikelihood(passed, exceptions, probability);
  return ratio(right, logLikelihood(passed, exceptions, exceptions / observations), 1);
}

/**
 * Independence. With n_ij the sessions of kind j that follow one of kind i (1: an exception), π_i1 = n_i1 ÷ (n_i0 + n_i1) and
 * π = (n_01 + n_11) ÷ all: LR = −2 ln [ (1 − π)^(n_00 + n_10) π^(n_01 + n_11) ÷ ((1 − π_01)^n_00 π_01^n_01 (1 − π_11)^n_10 π_11^n_11) ],
 * chi-square with one degree of freedom. Source: P. Christoffersen, Evaluating Interval Forecasts, International Economic Review 39 (4),
 * 1998. Throws `RiskError` `STRESS_EXCEPTIONS` below two sessions.
 */
export function christoffersen(exceeded: readonly boolean[]): LikelihoodRatio {
  if (exceeded.length < 2) {
    throw new RiskError('STRESS_EXCEPTIONS', `christoffersen: ${exceeded.length} sessions; give at least two`);
  }
  const count = (before: boolean, now: boolean): number =>
    exceeded.reduce((sum, value, k) => sum + (k > 0 && exceeded[k - 1] === before && value === now ? 1 : 0), 0);
  const [n00, n01, n10, n11] = [count(false, false), count(false, true), count(true, false), count(true, true)];
  const together = logLikelihood(n00 + n10, n01 + n11, (n01 + n11) / (exceeded.length - 1));
  const apart = logLikelihood(n00, n01, n01 / (n00 + n01)) + logLikelihood(n10, n11, n11 / (n10 + n11));
  return ratio(together, apart, 1);
}

/**
 * All three tests. `exceeded` says of every session, in their order, whether it lost more than the value at risk; `probability` is
 * 1 − confidence. Coverage counts all sessions, independence the pairs of them. Throws `RiskError` as the tests do.
 */
export function exceptionTests(exceeded: readonly boolean[], probability: number): ExceptionTests {
  const observations = exceeded.length;
  const exceptions = exceeded.filter(Boolean).length;
  const coverage = kupiec(observations, exceptions, probability);
  const independence = christoffersen(exceeded);
  const statistic = coverage.statistic + independence.statistic;
  return {
    observations,
    exceptions,
    expected: observations * probability,
    coverage,
    independence,
    conditionalCoverage: { statistic, degreesOfFreedom: 2, pValue: chiSquareSurvival(statistic, 2) },
  };
}

/** ln of (1 − p)^n₀ p^n₁; what did not happen counts nothing, whatever its probability. */
function logLikelihood(passed: number, exceptions: number, probability: number): number {
  const term = (count: number, p: number): number => (count === 0 ? 0 : count * Math.log(p));
  return term(passed, 1 - probability) + term(exceptions, probability);
}

function ratio(hypothesis: number, free: number, degreesOfFreedom: 1 | 2): LikelihoodRatio {
  // The free likelihood is the higher one; where they are equal, sums may differ by dust.
  const statistic = Math.max(0, -2 * (hypothesis - free));
  return { statistic, degreesOfFreedom, pValue: chiSquareSurvival(statistic, degreesOfFreedom) };
}
