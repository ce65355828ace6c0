import type { RiskContext, Wish } from '@tradekit/core';

/** Says how much a wish should hold when its strategy did not say so itself. */
export interface Sizer {
  readonly name: string;
  /**
   * Shares that the book should hold, without a sign and before any limit. The risk manager rounds down to lots and refuses
   * what is no number or less than one lot. Pure, and independent of the other wishes of the slice.
   */
  size(wish: Wish, context: RiskContext): number;
}
