/** Lowering a limit while it is in use. Nothing here raises one. */
import { ConfigError, type Refusal } from '@tradekit/core';
import { refused } from './refusal.js';
import type { RiskRule } from './rules/rule.js';

/** The rules with a lower limit of those of a name; or why not, and what would pass. */
export function tightenRule(rules: readonly RiskRule[], name: string, asked: number): readonly RiskRule[] | Refusal {
  const limits = rules.flatMap((rule) => (rule.name === name && rule.limit !== undefined ? [rule.limit.value] : []));
  if (limits.length === 0) {
    const known = rules.filter(({ limit }) => limit !== undefined).map((rule) => `"${rule.name}"`);
    const which = known.length === 0 ? 'no rule has one' : `those of ${known.join(', ')} can be`;
    return refused(name, asked, Number.NaN, `there is no limit of a rule "${name}" that can be tightened: ${which}`);
  }
  const current = Math.min(...limits);
  if (!(asked < current)) {
    const reason = `"${name}" is at ${current} and cannot go to ${asked}: a limit is only tightened, to less than ${current}`;
    return refused(name, asked, current, reason);
  }
  try {
    return rules.map((rule) => (rule.name === name && rule.limit !== undefined ? rule.limit.to(asked) : rule));
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return refused(name, asked, current, `"${name}" is at ${current} and cannot go to ${asked}: ${error.message}`);
  }
}
