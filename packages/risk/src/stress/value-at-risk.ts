/** Value at risk and conditional value at risk (expected shortfall). A loss is above 0, a gain below. */
import { RiskError } from '@tradekit/core';
import { normalDensity, normalQuantile } from './normal.js';
import { requireProbability } from './probability.js';

/** What a book may lose in a session, as a fraction of the equity. */
export interface TailRisk {
  /** The loss that is exceeded with probability 1 − confidence. */
  readonly valueAtRisk: number;
  /** The mean of the worst 1 − confidence of all sessions: what is lost when it is exceeded. */
  readonly conditionalValueAtRisk: number;
}

/** Dust of a count times a probability. */
const DUST = 1e-9;

/**
 * By historical simulation: the returns that the book would have had in past sessions, all alike likely. Value at risk is the smallest
 * loss that at least `confidence` of them do not exceed: of n losses, the largest first, that at place ⌊n (1 − confidence)⌋ + 1. The
 * conditional one is the mean of the worst n (1 − confidence) of them, of the last the part that is left (C. Acerbi, D. Tasche, On the
 * Coherence of Expected Shortfall, 2002). Throws `RiskError`: `STRESS_PROBABILITY`, and `STRESS_RETURNS` without a return or on one
 * that is no number.
 */
export function historicalRisk(returns: readonly number[] | Float64Array, confidence: number): TailRisk {
  requireProbability('confidence', confidence);
  const ascending = Float64Array.from(returns).sort();
  const { length } = ascending;
  if (length === 0) throw new RiskError('STRESS_RETURNS', 'value at risk: there are no returns; give at least one');
  // Sorted, what is no finite number stands at the ends: NaN behind everything.
  if (!(Number.isFinite(ascending[0]!) && Number.isFinite(ascending[length - 1]!))) {
    throw new RiskError('STRESS_RETURNS', 'value at risk: a return is no finite number; leave such sessions out');
  }
  const worst = length * (1 - confidence);
  const whole = Math.min(length - 1, Math.floor(worst + DUST));
  const valueAtRisk = -ascending[whole]!;
  let sum = Math.max(0, worst - whole) * valueAtRisk;
  for (let k = 0; k < whole; k++) sum -= ascending[k]!;
  return { valueAtRisk, conditionalValueAtRisk: sum / worst };
}

/**
 * Of a normal return: z σ − μ and σ φ(z) ÷ (1 − confidence) − μ with the quantile z and the density φ (A. McNeil, R. Frey,
 * P. Embrechts, Quantitative Risk Management, 2005, examples 2.14 and 2.18). Throws `RiskError`: `STRESS_PROBABILITY`, and
 * `STRESS_RETURNS` on a mean that is no number or a deviation that is none or below 0.
 */
export function normalRisk(
  { mean = 0, deviation }: { readonly mean?: number; readonly deviation: number },
  confidence: number,
): TailRisk {
  requireProbability('confidence', confidence);
  if (!(Number.isFinite(mean) && deviation >= 0 && Number.isFinite(deviation))) {
    const message = `value at risk: mean ${mean} and deviation ${deviation}; give finite numbers, the deviation 0 or more`;
    throw new RiskError('STRESS_RETURNS', message, { mean, deviation });
  }
  const z = normalQuantile(confidence);
  return {
    valueAtRisk: deviation * z - mean,
    conditionalValueAtRisk: (deviation * normalDensity(z)) / (1 - confidence) - mean,
  };
}
