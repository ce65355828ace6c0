import { correlationsOf } from '../correlation.js';
import { MOST_LEVERAGE, requireFraction } from '../options.js';
import { exposureLimit } from './exposure.js';
import type { RiskRule } from './rule.js';

/** Options of {@link maxCluster}. */
export interface MaxClusterOptions {
  /** Highest sum of |market value| in one cluster as a fraction of the equity: `0.1` is 10 %. Above 0, at most 4. */
  readonly limitFraction: number;
  /** Names with a higher correlation are one cluster. Default 0.7. Above 0, below 1. */
  readonly correlation?: number;
}

/**
 * Names that move as one are limited as one: all that are joined by correlations above the threshold, directly or through others.
 * ρ as in `maxCorrelation`; two names of which too little is known are taken for one. Throws `ConfigError` when an option is out of
 * range.
 */
export function maxCluster({ limitFraction, correlation = 0.7 }: MaxClusterOptions): RiskRule {
  requireFraction('maxCluster', 'limitFraction', limitFraction, MOST_LEVERAGE);
  requireFraction('maxCluster', 'correlation', correlation, 1 - 1e-9);
  return exposureLimit({
    name: 'max-cluster',
    limitFraction,
    lowered: (lower) => maxCluster({ limitFraction: lower, correlation }),
    describe: ({ instrument }, context) => `the cluster of "${context.id(instrument)}"`,
    members: (instrument, context) => correlationsOf(context).cluster(instrument, correlation),
  });
}
