import type { RiskContext } from '@tradekit/core';
import { correlationsOf } from '../correlation.js';

/** Covariance of the session returns of two instruments, from their own volatilities and the shrunk correlation; NaN where too little is known. */
export type Covariance = (i: number, j: number) => number;

/** The covariances as of the last official close. */
export function covarianceOf(context: RiskContext): Covariance {
  const known = correlationsOf(context);
  return (i, j) => known.correlation(i, j) * known.volatility(i) * known.volatility(j);
}

/** A signed weight of an instrument in a book. */
export interface Weight {
  readonly instrument: number;
  readonly weight: number;
}

/** x' Σ y of two books. */
export function jointVariance(x: readonly Weight[], y: readonly Weight[], covariance: Covariance): number {
  let sum = 0;
  for (const a of x) for (const b of y) sum += a.weight * b.weight * covariance(a.instrument, b.instrument);
  return sum;
}
