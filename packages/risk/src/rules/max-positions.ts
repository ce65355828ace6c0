import type { InstrumentIndex } from '@tradekit/core';
import { bookOf } from '../book.js';
import { requireCount } from '../options.js';
import { ranked } from './ranked.js';
import { allPass, pass, type RiskRule, type Ruling, refuse } from './rule.js';

/** Options of {@link maxPositions}. */
export interface MaxPositionsOptions {
  /** Most instruments that may be held or being opened. A whole number of at least 1. */
  readonly limit: number;
}

/**
 * At most so many instruments are held or being opened, over all strategies. Where more wish for the last places, the stronger
 * wish gets it, then the larger, then the first by id. Throws `ConfigError` when the limit is no count.
 */
export function maxPositions({ limit }: MaxPositionsOptions): RiskRule {
  requireCount('maxPositions', 'limit', limit);
  return {
    name: 'max-positions',
    limit: { value: limit, to: (lower) => maxPositions({ limit: lower }) },
    check(additions, context) {
      if (context.positionsAtMost + additions.length <= limit) return allPass(additions);
      const { isTaken } = bookOf(context);
      const taken = new Set<InstrumentIndex>();
      for (const i of context.instruments) if (isTaken[i] === 1) taken.add(i);
      const rulings: Ruling[] = additions.map(() => pass);
      for (const place of ranked(additions, context)) {
        const { instrument } = additions[place]!;
        if (taken.has(instrument)) continue;
        const count = taken.size + 1;
        if (count <= limit) taken.add(instrument);
        else rulings[place] = refuse(count, limit, `it would be position ${count} of ${limit}`);
      }
      return rulings;
    },
  };
}
