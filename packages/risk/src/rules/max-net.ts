import type { RiskContext } from '@tradekit/core';
import { additionValue, bookOf, DUST, leansAway } from '../book.js';
import { MOST_LEVERAGE, requireFraction } from '../options.js';
import { percent } from '../percent.js';
import { type Addition, pass, type RiskRule, type Ruling } from './rule.js';

/** Options of {@link maxNet}. */
export interface MaxNetOptions {
  /** Highest |longs − shorts| as a fraction of the equity: `0.5` is 50 %. Above 0, at most 4. */
  readonly limitFraction: number;
}

/**
 * The book may lean to one side by at most a fraction of the equity. To the long side it leans at worst if every open buy trades
 * and no open sell, to the short side the other way round; what leans the other way is cut by nobody. Throws `ConfigError` when
 * the fraction is out of range.
 */
export function maxNet({ limitFraction }: MaxNetOptions): RiskRule {
  requireFraction('maxNet', 'limitFraction', limitFraction, MOST_LEVERAGE);
  return {
    name: 'max-net',
    passesUpTo: limitFraction,
    limit: { value: limitFraction, to: (lower) => maxNet({ limitFraction: lower }) },
    check(additions, context) {
      const long = judge(1, additions, limitFraction, context);
      const short = judge(-1, additions, limitFraction, context);
      return additions.map(({ direction, quantity }): Ruling => {
        const { fraction, measured } = direction > 0 ? long : short;
        if (fraction >= 1) return pass;
        const side = direction > 0 ? 'long' : 'short';
        const reason = `the net exposure would be ${percent(measured)} of equity ${side}, the limit is ${percent(limitFraction)}`;
        return { kind: 'cut', quantity: quantity * fraction, measured, limit: limitFraction, reason };
      });
    },
  };
}

function judge(
  direction: 1 | -1,
  additions: readonly Addition[],
  limitFraction: number,
  context: RiskContext,
): { readonly fraction: number; readonly measured: number } {
  const book = bookOf(context);
  let there = direction > 0 ? book.leanLong : book.leanShort;
  let added = 0;
  for (const [place, addition] of additions.entries()) {
    if (addition.direction !== direction) continue;
    added += additionValue(addition, context);
    const { instrument } = addition;
    const isFirst = additions.findIndex((a) => a.instrument === instrument && a.direction === direction) === place;
    // What an addition reverses is closed before it opens, and holds nothing back.
    if (isFirst) there += leansAway(direction, instrument, context);
  }
  if (added === 0) return { fraction: 1, measured: 0 };
  const measured = (there + added) / context.equity;
  if (measured <= limitFraction + DUST) return { fraction: 1, measured };
  const room = limitFraction * context.equity - there;
  return { fraction: room > 0 ? room / added : 0, measured };
}
