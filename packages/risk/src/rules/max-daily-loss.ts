import type { RiskContext } from '@tradekit/core';
import { requireFraction } from '../options.js';
import { type HaltPolicy, lossLimit } from './halt.js';
import type { RiskRule } from './rule.js';

/** Options of {@link maxDailyLoss}. */
export interface MaxDailyLossOptions {
  /** Loss since the last official close as a fraction of the equity then: `0.02` is 2 %. Above 0, at most 1. */
  readonly limitFraction: number;
  /** Default `flatten`. */
  readonly onHalt?: HaltPolicy;
}

/**
 * Halts trading for the rest of the session when the day's loss reaches the limit; the first slice of the next session ends the
 * halt and every stance. Unrealised results, fees and the overnight gap count, deposits and withdrawals do not. It is measured at
 * every mark, so the loss found may lie beyond the limit: the decision says by how much. Throws `ConfigError` when the fraction is
 * out of range.
 */
export function maxDailyLoss({ limitFraction, onHalt = 'flatten' }: MaxDailyLossOptions): RiskRule {
  requireFraction('maxDailyLoss', 'limitFraction', limitFraction, 1);
  return lossLimit({
    name: 'max-daily-loss',
    limitFraction,
    lowered: (lower) => maxDailyLoss({ limitFraction: lower, onHalt }),
    onHalt,
    loss: "the day's loss",
    measure: dailyLoss,
    ends: { until: 'next-session' },
  });
}

/** Loss since the previous official close, flows taken out; below 0 is a gain. */
function dailyLoss({ equity, previousCloseEquity, flows }: RiskContext): number {
  const dollars = previousCloseEquity + flows - equity;
  return dollars === 0 ? 0 : dollars / Math.max(0, previousCloseEquity);
}
