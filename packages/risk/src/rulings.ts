import { type Refusal, type RiskContext, RiskError } from '@tradekit/core';
import { addedValue } from './book.js';
import { refused } from './refusal.js';
import type { Addition, RiskRule, Ruling } from './rules/rule.js';

/** A rule in use. Rules come in objects of many shapes; to read them out of one shape is half of what asking them takes. */
export class RuleInUse {
  readonly name: string;
  readonly #rule: RiskRule;
  readonly #check: RiskRule['check'];

  constructor(rule: RiskRule) {
    this.name = rule.name;
    this.#rule = rule;
    this.#check = rule.check;
  }

  /** Asks the rule. Throws `RiskError` when it does not answer for every addition. */
  rulingsOf(additions: readonly Addition[], context: RiskContext): readonly Ruling[] {
    const rulings = this.#check.call(this.#rule, additions, context);
    if (rulings.length === additions.length) return rulings;
    throw new RiskError(
      'RISK_RULINGS',
      `risk rule "${this.name}" gave ${rulings.length} rulings for ${additions.length} additions; give one each, in their order`,
      { rule: this.name },
    );
  }
}

/** The rules of a manager. Most of the time the account is far from most limits on exposure, and those need not be asked. */
export class RulesInUse {
  /** Exposures up to which some rule passes everything, ascending, and the rules left to ask up to each. */
  readonly #upTo: Float64Array;
  readonly #left: readonly (readonly RuleInUse[])[];
  readonly #all: readonly RuleInUse[];

  constructor(rules: readonly RiskRule[]) {
    const inUse = rules.map((rule) => new RuleInUse(rule));
    const passesUpTo = ({ passesUpTo = Number.NaN }: RiskRule): number => passesUpTo;
    this.#upTo = Float64Array.from(new Set(rules.map(passesUpTo).filter((upTo) => !Number.isNaN(upTo)))).sort();
    this.#left = Array.from(this.#upTo, (upTo) => inUse.filter((_, k) => !(passesUpTo(rules[k]!) >= upTo)));
    this.#all = inUse;
  }

  /** Those to ask where the account comes to no more than such a fraction of its equity; all of them for a NaN. */
  at(exposure: number): readonly RuleInUse[] {
    for (let k = 0; k < this.#upTo.length; k++) if (exposure <= this.#upTo[k]!) return this.#left[k]!;
    return this.#all;
  }
}

/** What the account may come to at most, whatever trades, with additions: a fraction of the equity. */
export function exposureAtMost(additions: readonly Addition[], context: RiskContext): number {
  return (context.exposureAtMost + addedValue(additions, context)) / context.equity;
}

/** Shares of an addition that a ruling lets pass: never more than was asked for, none for a NaN. */
export function passing(asked: number, ruling: Ruling): number {
  if (ruling.kind === 'pass') return asked;
  return ruling.quantity > 0 ? Math.min(asked, ruling.quantity) : 0;
}

/** The refusal of what was cut to less than one lot. */
export function belowOneLot(name: string, ruling: Ruling & { kind: 'cut' }, asked: number, lot: number): Refusal {
  const left = Math.round(passing(asked, ruling) * 1e4) / 1e4;
  const reason = `${ruling.reason}; ${left} of ${asked} shares would pass, less than one lot of ${lot}`;
  return refused(name, ruling.measured, ruling.limit, reason);
}
