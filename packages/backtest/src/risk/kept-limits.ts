import type { BookLimits } from '@tradekit/risk';

/** The limits that a run kept, under the names that they have in a config. What is left out was no limit. */
export interface KeptLimits extends BookLimits {
  /** Highest Σ w ρ of a name with the book. */
  readonly maxCorrelation?: number | undefined;
  /** Most in names that move as one. */
  readonly maxClusterFraction?: number | undefined;
  /** Names with a higher correlation move as one. Default 0.7. */
  readonly clusterCorrelation?: number | undefined;
}
