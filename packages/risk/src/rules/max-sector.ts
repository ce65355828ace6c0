import type { InstrumentIndex, RiskContext } from '@tradekit/core';
import { requireFraction } from '../options.js';
import { exposureLimit } from './exposure.js';
import type { RiskRule } from './rule.js';

/** Options of {@link maxSector}. */
export interface MaxSectorOptions {
  /** Highest sum of |market value| in one sector as a fraction of the equity: `0.25` is 25 %. Above 0, at most 1. */
  readonly limitFraction: number;
}

/**
 * No sector is more than a fraction of the equity, longs and shorts added up. Instruments whose sector is not known count as
 * one sector: what cannot be told apart is not assumed to be spread. Throws `ConfigError` when the fraction is out of range.
 */
export function maxSector({ limitFraction }: MaxSectorOptions): RiskRule {
  requireFraction('maxSector', 'limitFraction', limitFraction, 1);
  return exposureLimit({
    name: 'max-sector',
    limitFraction,
    describe: ({ instrument }, context) => {
      const sector = context.sector(instrument);
      return sector === undefined ? 'all instruments without a known sector' : `sector "${sector}"`;
    },
    members: sectorOf,
  });
}

function sectorOf(instrument: InstrumentIndex, context: RiskContext): readonly InstrumentIndex[] {
  const sector = context.sector(instrument);
  return context.instruments.filter((other) => context.sector(other) === sector);
}
