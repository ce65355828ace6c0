import { requireFraction } from '../options.js';
import type { Sizer } from './sizer.js';
import { realisedVolatility, SESSIONS_A_YEAR, type VolatilityMeasure } from './volatility.js';

/** Options of {@link volatilityTarget}. */
export interface VolatilityTargetOptions {
  /** What a position moves in a year, as a fraction of the strategy's budget: `0.01` is 1 %. Above 0, at most 1. */
  readonly annualFraction: number;
  /** Default: the realised volatility of 60 sessions. */
  readonly measure?: VolatilityMeasure;
}

/**
 * Every position moves equally much: its shares are budget × annual fraction ÷ (√252 × dollars that a share moves in a session).
 * An instrument that does not move is not sized. Throws `ConfigError` when the fraction is out of range.
 */
export function volatilityTarget({ annualFraction, measure = realisedVolatility() }: VolatilityTargetOptions): Sizer {
  requireFraction('volatilityTarget', 'annualFraction', annualFraction, 1);
  return {
    name: 'volatility-target',
    features: measure.features ?? [],
    needs: `a volatility above 0 (${measure.name})`,
    size({ signal, budget }, context) {
      const dollars = measure.dollars(signal.instrument, context);
      return dollars > 0 ? (budget * annualFraction) / (Math.sqrt(SESSIONS_A_YEAR) * dollars) : Number.NaN;
    },
  };
}
