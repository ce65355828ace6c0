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
    lowered: (lower) => maxSector({ limitFraction: lower }),
    describe: ({ instrument }, context) => {
      const sector = context.sector(instrument);
      return sector === undefined ? 'all instruments without a known sector' : `sector "${sector}"`;
    },
    members: sectorOf,
  });
}

/** The members of every instrument's sector, by universe: sectors do not change. */
const sectors = new WeakMap<readonly InstrumentIndex[], readonly (readonly InstrumentIndex[])[]>();

function sectorOf(instrument: InstrumentIndex, context: RiskContext): readonly InstrumentIndex[] {
  const { instruments } = context;
  let lists = sectors.get(instruments);
  if (lists === undefined) {
    const named = new Map<string | undefined, InstrumentIndex[]>();
    for (const i of instruments) {
      const list = named.get(context.sector(i));
      if (list === undefined) named.set(context.sector(i), [i]);
      else list.push(i);
    }
    lists = instruments.map((i) => named.get(context.sector(i)) ?? [i]);
    sectors.set(instruments, lists);
  }
  return lists[instrument]!;
}
