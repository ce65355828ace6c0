import { requireFraction } from '../options.js';
import { exposureLimit, type SideWeights } from './exposure.js';
import type { RiskRule } from './rule.js';

/** Options of {@link buyingPower}. */
export interface BuyingPowerOptions {
  /** Equity that a dollar of longs ties up: default 0.5, the initial margin of Regulation T. Above 0, at most 1. */
  readonly longMarginFraction?: number;
  /** Equity that a dollar of shorts ties up beside its proceeds. Default 0.5. */
  readonly shortMarginFraction?: number;
}

/**
 * The margin of everything held and working is at most the equity (12 CFR 220.12: 50 % of what is bought; of what is sold short
 * its proceeds and 50 %). Throws `ConfigError` when a fraction is out of range.
 */
export function buyingPower({
  longMarginFraction = 0.5,
  shortMarginFraction = 0.5,
}: BuyingPowerOptions = {}): RiskRule {
  requireFraction('buyingPower', 'longMarginFraction', longMarginFraction, 1);
  requireFraction('buyingPower', 'shortMarginFraction', shortMarginFraction, 1);
  return marginLimit(1, { long: longMarginFraction, short: shortMarginFraction });
}

/** The margin is at most a fraction of the equity: all of it, until a command tightens it. */
function marginLimit(limitFraction: number, weights: SideWeights): RiskRule {
  requireFraction('buyingPower', 'limitFraction', limitFraction, 1);
  return exposureLimit({
    name: 'buying-power',
    limitFraction,
    lowered: (lower) => marginLimit(lower, weights),
    describe: () => 'the margin needed',
    weights,
  });
}
