import type { InstrumentIndex, RiskContext } from '@tradekit/core';
import { addedValue } from './book.js';
import type { Addition } from './rules/rule.js';

/** Which context lies below one that counts more. */
const below = new WeakMap<RiskContext, RiskContext>();

/** The engine's own context below one that counts what a plan has granted: one object for the life of an engine. */
export function engineContext(context: RiskContext): RiskContext {
  return below.get(context) ?? context;
}

/** A context that counts additions as orders at work, as the engine's own will once they have left. Valid during the plan. */
export function counting(context: RiskContext, granted: readonly Addition[]): RiskContext {
  const open = (direction: 1 | -1, instrument: InstrumentIndex): number => {
    let shares = 0;
    for (const each of granted) {
      if (each.direction === direction && each.instrument === instrument) shares += each.quantity;
    }
    return shares;
  };
  let reserved = 0;
  for (const { direction, quantity, worstPrice } of granted) {
    if (direction > 0) reserved += quantity * worstPrice + context.commission(quantity, worstPrice);
  }
  const counted: RiskContext = {
    ...context,
    openBuys: (instrument) => context.openBuys(instrument) + open(1, instrument),
    openSells: (instrument) => context.openSells(instrument) + open(-1, instrument),
    reservedCash: context.reservedCash + reserved,
    positionsAtMost: context.positionsAtMost + granted.length,
    exposureAtMost: context.exposureAtMost + addedValue(granted, context),
    entriesSince: (time) => context.entriesSince(time) + (context.time >= time ? granted.length : 0),
  };
  below.set(counted, engineContext(context));
  return counted;
}
