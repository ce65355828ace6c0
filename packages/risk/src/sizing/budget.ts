import type { InstrumentIndex, RiskContext, Wish } from '@tradekit/core';

/** Shares that a fraction of the strategy's budget buys at the last mark. */
export function sharesFor(fraction: number, { budget, signal }: Wish, context: RiskContext): number {
  return (budget * fraction) / context.price(signal.instrument);
}

/** Signed value of what is held as a fraction of the equity. */
export function heldWeight(instrument: InstrumentIndex, context: RiskContext): number {
  const held = context.held(instrument);
  return held === 0 ? 0 : (held * context.price(instrument)) / context.equity;
}
