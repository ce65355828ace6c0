import type { RiskManager } from '@tradekit/core';
import { approveOrder } from './approve.js';
import { type Competition, planWishes } from './plan.js';
import type { RiskRule } from './rules/rule.js';
import { RuleInUse } from './rulings.js';
import type { AnySizer } from './sizing/sizer.js';
import { tightenRule } from './tighten.js';
import { watchRules } from './watch.js';

/** What a risk manager is composed of. */
export interface RiskManagerOptions {
  /** Sizes the wishes of strategies that do not size themselves. */
  readonly sizer: AnySizer;
  /** Asked one after the other; each cuts what the one before let pass. */
  readonly rules: readonly RiskRule[];
  /** Who gives way when wishes of one slice want the same room. Default `pro-rata`. */
  readonly competition?: Competition;
  /** Stands in errors and reports. Default: the names of the sizer and the rules. */
  readonly name?: string;
}

/**
 * A risk manager out of a sizer and rules. `plan` sizes all wishes of a slice together and cuts pro rata or by strength; a wish of
 * which less than one lot is left is refused with the rule, what it measured, its limit and what would pass. `approve` puts every
 * opening order before the same rules, `watch` asks those that halt. Whether a rule is broken by drift is nobody's violation: it
 * blocks adding, and closes nothing.
 */
export function riskManager(options: RiskManagerOptions): RiskManager {
  const { sizer, rules, competition = 'pro-rata' } = options;
  const inUse = rules.map((rule) => new RuleInUse(rule));
  const parts = { sizer, rules: inUse, competition };
  const watching = rules.filter((rule) => rule.watch !== undefined);
  return Object.freeze<RiskManager>({
    name: options.name ?? [sizer, ...rules].map((part) => part.name).join(', '),
    features: [sizer, ...rules].flatMap((part) => part.features ?? []),
    plan: (wishes, context) => planWishes(parts, wishes, context),
    approve: (request, context) => approveOrder(inUse, request, context),
    watch: (context) => watchRules(watching, context),
    tightened(rule, limit) {
      const tighter = tightenRule(rules, rule, limit);
      return 'kind' in tighter ? tighter : riskManager({ ...options, rules: tighter });
    },
  });
}
