import { MOST_LEVERAGE, requireFraction } from '../options.js';
import { exposureLimit } from './exposure.js';
import type { RiskRule } from './rule.js';

/** Options of {@link maxGross}. */
export interface MaxGrossOptions {
  /** Highest sum of |market value| of all instruments as a fraction of the equity: `1` is 100 %. Above 0, at most 4. */
  readonly limitFraction: number;
}

/** Longs and shorts added up are at most a fraction of the equity; so the net is too. Throws `ConfigError` when it is out of range. */
export function maxGross({ limitFraction }: MaxGrossOptions): RiskRule {
  requireFraction('maxGross', 'limitFraction', limitFraction, MOST_LEVERAGE);
  return exposureLimit({
    name: 'max-gross',
    limitFraction,
    lowered: (lower) => maxGross({ limitFraction: lower }),
    describe: () => 'the gross exposure',
  });
}
