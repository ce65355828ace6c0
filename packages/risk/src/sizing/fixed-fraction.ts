import { requireFraction } from '../options.js';
import { sharesFor } from './budget.js';
import type { Sizer } from './sizer.js';

/** Options of {@link fixedFraction}. */
export interface FixedFractionOptions {
  /** Value of a new position as a fraction of its strategy's budget: `0.04` is 4 %. Above 0, at most 1. */
  readonly targetFraction: number;
}

/**
 * Every position is worth the same fraction of its strategy's share of the equity when it is taken, at the last mark.
 * Throws `ConfigError` when the fraction is out of range.
 */
export function fixedFraction({ targetFraction }: FixedFractionOptions): Sizer {
  requireFraction('fixedFraction', 'targetFraction', targetFraction, 1);
  return {
    name: 'fixed-fraction',
    size: (wish, context) => sharesFor(targetFraction, wish, context),
  };
}
