import { requireCount } from '../options.js';
import { entryCount } from './entry-count.js';
import type { RiskRule } from './rule.js';

/** Options of {@link maxTradesPerDay}. */
export interface MaxTradesPerDayOptions {
  /** Most opening orders of a session. A whole number of at least 1. */
  readonly limit: number;
}

/** At most so many opening orders leave in a session; each child of an execution algorithm is one. Throws `ConfigError` when the limit is no count. */
export function maxTradesPerDay({ limit }: MaxTradesPerDayOptions): RiskRule {
  requireCount('maxTradesPerDay', 'limit', limit);
  return entryCount({
    name: 'max-trades-per-day',
    limit,
    lowered: (lower) => maxTradesPerDay({ limit: lower }),
    sent: ({ entriesSince }) => entriesSince(Number.NEGATIVE_INFINITY),
    span: 'of the session',
  });
}
