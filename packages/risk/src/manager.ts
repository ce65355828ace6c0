import { ConfigError, type RiskManager } from '@tradekit/core';
import { approveOrder } from './approve.js';
import { type Competition, planWishes } from './plan.js';
import type { RiskRule } from './rules/rule.js';
import { RulesInUse } from './rulings.js';
import type { AnySizer } from './sizing/sizer.js';
import { tightenRule } from './tighten.js';
import { NO_TRIMS, trimsOf } from './trims.js';
import { watchRules } from './watch.js';

/** How far drift may take a position past a limit before it is trimmed. */
const TRIM_FACTOR = 1.2;

/** What a risk manager is composed of. */
export interface RiskManagerOptions {
  /** Sizes the wishes of strategies that do not size themselves. */
  readonly sizer: AnySizer;
  /** Asked one after the other; each cuts what the one before let pass. */
  readonly rules: readonly RiskRule[];
  /** Who gives way when wishes of one slice want the same room. Default `pro-rata`. */
  readonly competition?: Competition;
  /** How many times a limit on exposure a position may come to by drift before it is trimmed to the limit. Default 1.2; at least 1. */
  readonly trimFactor?: number;
  /** Stands in errors and reports. Default: the names of the sizer and the rules. */
  readonly name?: string;
}

/**
 * A risk manager out of a sizer and rules. `plan` sizes all wishes of a slice together and cuts pro rata or by strength; a wish of
 * which less than one lot is left is refused with the rule, what it measured, its limit and what would pass. `approve` puts every
 * opening order before the same rules, `watch` asks those that halt. Whether a limit is passed by drift is nobody's violation: it
 * blocks adding, and beyond `trimFactor` times the limit what is held is trimmed to it. Throws `ConfigError` on a factor below 1.
 */
export function riskManager(options: RiskManagerOptions): RiskManager {
  const { sizer, rules, competition = 'pro-rata', trimFactor = TRIM_FACTOR } = options;
  if (!(trimFactor >= 1)) {
    const message = `trimFactor is ${trimFactor}; give a number of at least 1, for example 1.2`;
    throw new ConfigError('RISK_OPTION', message, { trimFactor });
  }
  const drifting = rules.filter((rule) => rule.excess !== undefined);
  // Up to here each of them passes everything, so that nothing is beyond a limit.
  const within = Math.min(...drifting.map(({ passesUpTo = 0 }) => passesUpTo));
  const inUse = new RulesInUse(rules);
  const parts = { sizer, rules: inUse, competition };
  const watching = rules.filter((rule) => rule.watch !== undefined);
  return Object.freeze<RiskManager>({
    name: options.name ?? [sizer, ...rules].map((part) => part.name).join(', '),
    features: [sizer, ...rules].flatMap((part) => part.features ?? []),
    plan: (wishes, context) => planWishes(parts, wishes, context),
    approve: (request, context) => approveOrder(inUse, request, context),
    watch: (context) => watchRules(watching, context),
    trims: (context) =>
      context.exposureAtMost <= within * context.equity ? NO_TRIMS : trimsOf(drifting, trimFactor, context),
    tightened(rule, limit) {
      const tighter = tightenRule(rules, rule, limit);
      return 'kind' in tighter ? tighter : riskManager({ ...options, rules: tighter });
    },
  });
}
