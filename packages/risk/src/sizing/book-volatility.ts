import type { RiskContext, Wish } from '@tradekit/core';
import { requireFraction } from '../options.js';
import { covarianceOf, jointVariance, type Weight } from './covariance.js';
import { heldBook } from './held-book.js';
import { type AnySizer, type BookSizer, sizesOf } from './sizer.js';
import { SESSIONS_A_YEAR } from './volatility.js';

/** Options of {@link bookVolatility}. */
export interface BookVolatilityOptions {
  /** Sizes the wishes first. */
  readonly of: AnySizer;
  /** Highest volatility of the whole book in a year as a fraction of the equity: `0.1` is 10 %. Above 0, at most 1. */
  readonly annualFraction: number;
}

/**
 * A volatility target for the book: all sizes of a slice are scaled down together so that what is held and they come to at most the
 * target, by the covariance of 120 session returns with shrunk correlations. Never scales up. Throws `ConfigError` when the fraction
 * is out of range.
 */
export function bookVolatility({ of, annualFraction }: BookVolatilityOptions): BookSizer {
  requireFraction('bookVolatility', 'annualFraction', annualFraction, 1);
  const most = annualFraction ** 2 / SESSIONS_A_YEAR;
  return {
    name: `book-volatility(${of.name})`,
    features: of.features ?? [],
    needs: `20 session returns of everything held and wanted, and what ${of.name} needs`,
    sizes(wishes, context) {
      const sizes = sizesOf(of, wishes, context);
      const scale = scaleTo(most, weightsOf(wishes, sizes, context), heldBook(wishes, context), context);
      return sizes.map((size) => size * scale);
    },
  };
}

/** The largest s ≤ 1 with variance(held + s × wanted) ≤ most: the root of a square. */
function scaleTo(most: number, wanted: readonly Weight[], held: readonly Weight[], context: RiskContext): number {
  const covariance = covarianceOf(context);
  const a = jointVariance(wanted, wanted, covariance);
  const b = jointVariance(wanted, held, covariance);
  const c = jointVariance(held, held, covariance) - most;
  if (a + 2 * b + c <= 0) return 1;
  const root = Math.sqrt(b * b - a * c);
  // No root: not even hedging brings the book below the target.
  return a > 0 ? Math.max(0, Math.min(1, (root - b) / a)) : Number.NaN;
}

/** What the wishes would hold, signed, as fractions of the equity. A size that is no number weighs nothing here: it is refused alone. */
function weightsOf(wishes: readonly Wish[], sizes: readonly number[], context: RiskContext): readonly Weight[] {
  return wishes.map(({ signal }, place) => {
    const size = sizes[place] ?? Number.NaN;
    const shares = Number.isFinite(size) ? size : 0;
    const { instrument, direction } = signal;
    return { instrument, weight: (direction * shares * context.price(instrument)) / context.equity };
  });
}
