import type { RiskContext, Tightening } from '@tradekit/core';
import { percent } from '../percent.js';
import { allPass, type RiskRule, refuse } from './rule.js';

/**
 * What a halt does with positions. `flatten`: everything is closed. `keep-legs`: positions and their stops and targets stay; as
 * every stance ends with the halt, they are closed then. Entries that have not traded are cancelled either way.
 */
export type HaltPolicy = 'flatten' | 'keep-legs';

/** A loss that halts trading when it reaches its limit. */
export interface LossLimit {
  readonly name: string;
  readonly limitFraction: number;
  /** The rule with another limit. */
  readonly lowered: (limitFraction: number) => RiskRule;
  readonly onHalt: HaltPolicy;
  /** What the loss is called in a reason. */
  readonly loss: string;
  /** The loss as a positive fraction. NaN halts: what cannot be measured is not assumed to be small. */
  readonly measure: (context: RiskContext) => number;
  readonly ends: Pick<Tightening, 'until' | 'releaseAfterSessions'>;
}

/** Sums in another order differ by less. */
const DUST = 1e-12;

/** A rule that halts trading, and until then refuses what opens as soon as its loss is reached. */
export function lossLimit({ name, limitFraction, lowered, onHalt, loss, measure, ends }: LossLimit): RiskRule {
  const isReached = (measured: number): boolean => !(measured < limitFraction - DUST);
  const reason = (measured: number): string =>
    `${loss} is ${percent(measured)}, the limit is ${percent(limitFraction)}: ${percent(measured - limitFraction)} beyond`;
  return {
    name,
    limit: { value: limitFraction, to: lowered },
    check(additions, context) {
      const measured = measure(context);
      if (!isReached(measured)) return allPass(additions);
      const ruling = refuse(measured, limitFraction, reason(measured));
      return additions.map(() => ruling);
    },
    watch(context) {
      const measured = measure(context);
      if (!isReached(measured)) return undefined;
      const flatten = onHalt === 'flatten';
      const what = { measured, limit: limitFraction, reason: reason(measured) };
      return { state: 'halted', flatten, rule: name, ...what, ...ends };
    },
  };
}
