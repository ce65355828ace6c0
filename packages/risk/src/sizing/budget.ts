import type { RiskContext, Wish } from '@tradekit/core';

/** Shares that a fraction of the strategy's budget buys at the last mark. */
export function sharesFor(fraction: number, { budget, signal }: Wish, context: RiskContext): number {
  return (budget * fraction) / context.price(signal.instrument);
}
