import { MINUTE_MS } from '@tradekit/core';
import { requireCount } from '../options.js';
import { entryCount } from './entry-count.js';
import type { RiskRule } from './rule.js';

/** Options of {@link maxOrdersPerMinute}. */
export interface MaxOrdersPerMinuteOptions {
  /** Most opening orders within 60 seconds, the moment itself included. A whole number of at least 1. */
  readonly limit: number;
}

/** At most so many opening orders leave within a minute. Exits are not counted and not held up. Throws `ConfigError` when the limit is no count. */
export function maxOrdersPerMinute({ limit }: MaxOrdersPerMinuteOptions): RiskRule {
  requireCount('maxOrdersPerMinute', 'limit', limit);
  return entryCount({
    name: 'max-orders-per-minute',
    limit,
    lowered: (lower) => maxOrdersPerMinute({ limit: lower }),
    // An order that left exactly a minute ago is of the minute before.
    sent: ({ time, entriesSince }) => entriesSince(time - MINUTE_MS + 1),
    span: 'within a minute',
  });
}
