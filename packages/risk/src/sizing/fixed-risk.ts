import { requireFraction } from '../options.js';
import type { Sizer } from './sizer.js';

/** Options of {@link fixedRisk}. */
export interface FixedRiskOptions {
  /** What is lost at the stop as a fraction of the strategy's budget: `0.005` is 0.5 %. Above 0, at most 1. */
  readonly riskFraction: number;
}

/**
 * So many shares that the way from the last mark to the stop costs a fixed fraction of the budget; commissions and gaps come on top.
 * A wish without a stop on the losing side is not sized. Throws `ConfigError` when the fraction is out of range.
 */
export function fixedRisk({ riskFraction }: FixedRiskOptions): Sizer {
  requireFraction('fixedRisk', 'riskFraction', riskFraction, 1);
  return {
    name: 'fixed-risk',
    needs: 'a stop on the losing side of the price',
    size({ signal, budget }, context) {
      const distance = signal.direction * (context.price(signal.instrument) - (signal.stopPrice ?? Number.NaN));
      return distance > 0 ? (budget * riskFraction) / distance : Number.NaN;
    },
  };
}
