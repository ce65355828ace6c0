import type { RiskManager } from '@tradekit/core';
import { approveOrder } from './approve.js';
import { planWishes } from './plan.js';
import type { RiskRule } from './rules/rule.js';
import type { Sizer } from './sizing/sizer.js';

/** What a risk manager is composed of. */
export interface RiskManagerOptions {
  /** Sizes the wishes of strategies that do not size themselves. */
  readonly sizer: Sizer;
  /** Asked one after the other; each cuts what the one before let pass. */
  readonly rules: readonly RiskRule[];
  /** Stands in errors and reports. Default: the names of the sizer and the rules. */
  readonly name?: string;
}

/**
 * A risk manager out of a sizer and rules. `plan` sizes all wishes of a slice together and cuts pro rata; a wish of which less
 * than one lot is left is refused with the rule, what it measured, its limit and what would pass. `approve` puts every opening
 * order before the same rules. Whether a rule is broken by drift is nobody's violation: it blocks adding, and closes nothing.
 */
export function riskManager({ sizer, rules, name }: RiskManagerOptions): RiskManager {
  return Object.freeze<RiskManager>({
    name: name ?? [sizer, ...rules].map((part) => part.name).join(', '),
    plan: (wishes, context) => planWishes(sizer, rules, wishes, context),
    approve: (request, context) => approveOrder(rules, request, context),
    watch: () => undefined,
  });
}
