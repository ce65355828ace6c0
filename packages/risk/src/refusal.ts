import type { InstrumentIndex, Refusal, RiskContext } from '@tradekit/core';

/** A refusal of the manager itself or of a rule. */
export function refused(rule: string, measured: number, limit: number, reason: string): Refusal {
  return { kind: 'refused', rule, measured, limit, reason };
}

/** Without a price and an equity above zero there is nothing to reckon with: NaN never passes. */
export function numberRefusal(instrument: InstrumentIndex, context: RiskContext): Refusal | undefined {
  const price = context.price(instrument);
  if (!(price > 0 && Number.isFinite(price))) {
    return refused('no-price', price, 0, `the last mark is ${price}; a price above 0 would pass`);
  }
  const { equity } = context;
  if (!(equity > 0 && Number.isFinite(equity))) {
    return refused('no-equity', equity, 0, `the equity is ${equity}; an equity above 0 would pass`);
  }
  return undefined;
}
