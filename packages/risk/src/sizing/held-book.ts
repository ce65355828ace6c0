import type { RiskContext, Wish } from '@tradekit/core';
import type { Weight } from './covariance.js';

/** What the account holds, without what the wishes' own books hold: a target takes the place of that. */
export function heldBook(wishes: readonly Wish[], context: RiskContext): readonly Weight[] {
  const weights: Weight[] = [];
  for (const instrument of context.instruments) {
    const shares = context.held(instrument);
    let weight = shares === 0 ? 0 : (shares * context.price(instrument)) / context.equity;
    for (const { signal, held } of wishes) {
      if (signal.instrument === instrument) weight -= (held * context.price(instrument)) / context.equity;
    }
    if (weight !== 0) weights.push({ instrument, weight });
  }
  return weights;
}
