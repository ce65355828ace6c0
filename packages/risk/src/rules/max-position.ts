import type { InstrumentIndex } from '@tradekit/core';
import { requireFraction } from '../options.js';
import { exposureLimit } from './exposure.js';
import type { RiskRule } from './rule.js';

/** Options of {@link maxPosition}. */
export interface MaxPositionOptions {
  /** Highest |market value| of one instrument as a fraction of the equity: `0.05` is 5 %. Above 0, at most 1. */
  readonly limitFraction: number;
}

/**
 * No instrument is more than a fraction of the equity, over all strategies. A position that has grown past it is not
 * added to, and trimmed once it is beyond the manager's `trimFactor`. Throws `ConfigError` when the fraction is out of range.
 */
export function maxPosition({ limitFraction }: MaxPositionOptions): RiskRule {
  requireFraction('maxPosition', 'limitFraction', limitFraction, 1);
  const alone: (readonly InstrumentIndex[])[] = [];
  return exposureLimit({
    name: 'max-position',
    limitFraction,
    lowered: (lower) => maxPosition({ limitFraction: lower }),
    describe: () => 'the position',
    members: (instrument) => (alone[instrument] ??= [instrument]),
  });
}
