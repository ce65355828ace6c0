import { type Refusal, type RiskContext, RiskError } from '@tradekit/core';
import { refused } from './refusal.js';
import type { Addition, RiskRule, Ruling } from './rules/rule.js';

/** Asks a rule. Throws `RiskError` when it does not answer for every addition. */
export function rulingsOf(rule: RiskRule, additions: readonly Addition[], context: RiskContext): readonly Ruling[] {
  const rulings = rule.check(additions, context);
  if (rulings.length === additions.length) return rulings;
  throw new RiskError(
    'RISK_RULINGS',
    `risk rule "${rule.name}" gave ${rulings.length} rulings for ${additions.length} additions; give one each, in their order`,
    { rule: rule.name },
  );
}

/** Shares of an addition that a ruling lets pass: never more than was asked for, none for a NaN. */
export function passing(asked: number, ruling: Ruling): number {
  if (ruling.kind === 'pass') return asked;
  return ruling.quantity > 0 ? Math.min(asked, ruling.quantity) : 0;
}

/** The refusal of what was cut to less than one lot. */
export function belowOneLot(rule: RiskRule, ruling: Ruling & { kind: 'cut' }, asked: number, lot: number): Refusal {
  const left = Math.round(passing(asked, ruling) * 1e4) / 1e4;
  const reason = `${ruling.reason}; ${left} of ${asked} shares would pass, less than one lot of ${lot}`;
  return refused(rule.name, ruling.measured, ruling.limit, reason);
}
