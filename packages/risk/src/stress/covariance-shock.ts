import { RiskError } from '@tradekit/core';
import { worthOf } from './book.js';
import { type CovarianceMatrix, requireCovariance, withCorrelation } from './covariance-matrix.js';
import { normalQuantile } from './normal.js';
import { requireProbability } from './probability.js';
import type { Scenario } from './scenario.js';

/** Options of {@link covarianceShock}. */
export interface CovarianceShockOptions {
  readonly name: string;
  readonly source: string;
  /** Covariances of the returns of one session, for the positions in the order of the book. */
  readonly covariance: CovarianceMatrix;
  /** How bad a session is meant: `0.99` is one in a hundred. Above 0.5, below 1. */
  readonly confidence: number;
  /** Correlation of every pair, in place of the matrix's own. From −1 to 1. */
  readonly correlation?: number;
  /** What volatilities are multiplied by: `2` is twice as much. Above 0, default 1. */
  readonly volatilityFactor?: number;
}

/**
 * A bad session under other volatilities and correlations: z × √(v'Σv), the loss that a normal book exceeds with probability
 * 1 − confidence, its mean taken as 0. Each position has its part, v_i (Σv)_i ÷ √(v'Σv) × z; they add up (D. Tasche, Risk
 * Contributions and Performance Measurement, 1999). With correlation 1 shorts hedge longs whole: then nothing of a hedge is tested. Throws `RiskError`:
 * `STRESS_PROBABILITY`, `STRESS_CORRELATION`, `STRESS_VOLATILITY` on options, `STRESS_COVARIANCE` from `profits` on a matrix that
 * is not of the book or not positive definite.
 */
export function covarianceShock(options: CovarianceShockOptions): Scenario {
  const { name, source, covariance, confidence, correlation, volatilityFactor = 1 } = options;
  requireProbability('confidence', confidence, 0.5);
  if (correlation !== undefined && !(correlation >= -1 && correlation <= 1)) {
    throw new RiskError(
      'STRESS_CORRELATION',
      `stress "${name}": correlation is ${correlation}; give a number from -1 to 1`,
    );
  }
  if (!(volatilityFactor > 0 && Number.isFinite(volatilityFactor))) {
    throw new RiskError(
      'STRESS_VOLATILITY',
      `stress "${name}": volatilityFactor is ${volatilityFactor}; give a number above 0`,
    );
  }
  const z = normalQuantile(confidence) * volatilityFactor;
  return {
    name,
    source,
    profits({ positions }) {
      requireCovariance(covariance, positions.length);
      const matrix = correlation === undefined ? covariance : withCorrelation(covariance, correlation);
      const values = positions.map(worthOf);
      const marginal = matrix.map((row) => row.reduce((sum, cell, j) => sum + cell * values[j]!, 0));
      const variance = values.reduce((sum, value, i) => sum + value * marginal[i]!, 0);
      // One correlation below 0 for all pairs belongs to no market; its variance may fall below 0.
      const deviation = Math.sqrt(Math.max(0, variance));
      return values.map((value, i) => (deviation > 0 ? (-z * value * marginal[i]!) / deviation : 0));
    },
  };
}
