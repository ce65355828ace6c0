import type { RiskContext } from '@tradekit/core';
import { requireCount, requireFraction } from '../options.js';
import { type HaltPolicy, lossLimit } from './halt.js';
import type { RiskRule } from './rule.js';

/** Options of {@link maxDrawdown}. */
export interface MaxDrawdownOptions {
  /** Fall of the account's index from its peak as a fraction: `0.1` is 10 %. Above 0, at most 1. */
  readonly limitFraction: number;
  /** Default `flatten`. */
  readonly onHalt?: HaltPolicy;
  /** For research only: the halt ends by itself at the first slice of the session so many sessions later. Default: never. */
  readonly releaseAfterSessions?: number;
}

/**
 * Halts trading when the account has fallen so far from its peak, deposits and withdrawals taken out. Only a start that carries a
 * release ends the halt; the fall is measured from a new peak then. Throws `ConfigError` when an option is out of range.
 */
export function maxDrawdown(options: MaxDrawdownOptions): RiskRule {
  const { limitFraction, onHalt = 'flatten', releaseAfterSessions } = options;
  requireFraction('maxDrawdown', 'limitFraction', limitFraction, 1);
  if (releaseAfterSessions !== undefined) requireCount('maxDrawdown', 'releaseAfterSessions', releaseAfterSessions);
  return lossLimit({
    name: 'max-drawdown',
    limitFraction,
    lowered: (lower) => maxDrawdown({ ...options, limitFraction: lower }),
    onHalt,
    loss: 'the drawdown',
    measure: ({ index, peakIndex }: RiskContext) => 1 - index / peakIndex,
    ends: { until: 'started', ...(releaseAfterSessions === undefined ? {} : { releaseAfterSessions }) },
  });
}
