import type { RiskContext } from '@tradekit/core';
import { ranked } from './ranked.js';
import { allPass, pass, type RiskRule, type Ruling, refuse } from './rule.js';

/** A limit on the number of opening orders. */
export interface EntryCount {
  readonly name: string;
  readonly limit: number;
  /** The rule with another limit. */
  readonly lowered: (limit: number) => RiskRule;
  /** Opening orders that count already. */
  readonly sent: (context: RiskContext) => number;
  /** Of what, in words. */
  readonly span: string;
}

/** A rule that lets so many opening orders pass, in the order of {@link ranked}. */
export function entryCount({ name, limit, lowered, sent, span }: EntryCount): RiskRule {
  return {
    name,
    limit: { value: limit, to: lowered },
    check(additions, context) {
      const before = sent(context);
      if (before + additions.length <= limit) return allPass(additions);
      const rulings: Ruling[] = additions.map(() => pass);
      for (const [rank, place] of ranked(additions, context).entries()) {
        const count = before + rank + 1;
        if (count <= limit) continue;
        rulings[place] = refuse(count, limit, `it would be opening order ${count} ${span}, the limit is ${limit}`);
      }
      return rulings;
    },
  };
}
