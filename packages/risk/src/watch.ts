/** Watching: the tightest of what the rules ask for. */
import type { RiskContext, Tightening } from '@tradekit/core';
import type { RiskRule } from './rules/rule.js';

/** Asks every rule that watches. Of several the tighter state counts, then the one that lasts longer; any of them may flatten. */
export function watchRules(rules: readonly RiskRule[], context: RiskContext): Tightening | undefined {
  let tightest: Tightening | undefined;
  for (const rule of rules) {
    const asked = rule.watch?.(context);
    if (asked === undefined) continue;
    if (tightest === undefined) tightest = asked;
    else tightest = { ...tighterOf(tightest, asked), flatten: tightest.flatten || asked.flatten };
  }
  return tightest;
}

function tighterOf(a: Tightening, b: Tightening): Tightening {
  return rank(b) > rank(a) ? b : a;
}

function rank({ state, until, releaseAfterSessions }: Tightening): number {
  const lasts = until === 'next-session' ? 0 : releaseAfterSessions === undefined ? 2 : 1;
  return (state === 'halted' ? 3 : 0) + lasts;
}
