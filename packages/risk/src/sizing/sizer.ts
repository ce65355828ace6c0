import { type FeatureSpec, type RiskContext, RiskError, type Wish } from '@tradekit/core';

/** What sizers of both kinds have. */
export interface SizerParts {
  readonly name: string;
  /** Features that it reads through `context.feature`. */
  readonly features?: readonly FeatureSpec[];
  /** What it cannot size without, in words: stands in the refusal of a wish that it answers with NaN. */
  readonly needs?: string;
}

/** Says how much a wish should hold when its strategy did not say so itself. */
export interface Sizer extends SizerParts {
  /**
   * Shares that the book should hold, without a sign and before any limit; NaN where it cannot say. The risk manager rounds down
   * to lots and refuses what is no number or less than one lot. Pure, and independent of the other wishes of the slice.
   */
  size(wish: Wish, context: RiskContext): number;
}

/** Says the same for all wishes of a slice together, where one depends on the others. */
export interface BookSizer extends SizerParts {
  /** As {@link Sizer.size}, one number for each wish, in their order. They come sorted by instrument and strategy. */
  sizes(wishes: readonly Wish[], context: RiskContext): readonly number[];
}

/** A sizer of either kind. */
export type AnySizer = Sizer | BookSizer;

/** Asks a sizer of either kind. Throws `RiskError` when it does not answer for every wish. */
export function sizesOf(sizer: AnySizer, wishes: readonly Wish[], context: RiskContext): readonly number[] {
  if ('size' in sizer) return wishes.map((wish) => sizer.size(wish, context));
  const sizes = sizer.sizes(wishes, context);
  if (sizes.length === wishes.length) return sizes;
  const message = `sizer "${sizer.name}" gave ${sizes.length} sizes for ${wishes.length} wishes; give one each, in their order`;
  throw new RiskError('RISK_SIZES', message, { sizer: sizer.name });
}
