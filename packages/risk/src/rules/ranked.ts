import type { RiskContext } from '@tradekit/core';
import { additionValue } from '../book.js';
import type { Addition } from './rule.js';

/**
 * Places of additions where only so many may pass: the stronger first, then the larger in dollars, then by id. Whoever cuts a
 * count cannot cut pro rata; this order does not depend on how wishes came, nor on the order of symbols in a config.
 */
export function ranked(additions: readonly Addition[], context: RiskContext): readonly number[] {
  if (additions.length < 2) return additions.map((_, place) => place);
  const value = additions.map((addition) => additionValue(addition, context));
  return additions
    .map((_, place) => place)
    .sort((a, b) => {
      const [one, other] = [additions[a]!, additions[b]!];
      return other.strength - one.strength || value[b]! - value[a]! || one.instrument - other.instrument || a - b;
    });
}
