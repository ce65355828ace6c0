/** Judging one opening order, the moment before it leaves. */
import { isReducing, type OrderRequest, type RiskContext, sideSign, type Verdict, wholeLots } from '@tradekit/core';
import { numberRefusal } from './refusal.js';
import type { Addition } from './rules/rule.js';
import { belowOneLot, exposureAtMost, passing, type RulesInUse } from './rulings.js';

/** Asks every rule in turn about the order alone: all of it, the part that fits, or a refusal. */
export function approveOrder(rules: RulesInUse, request: OrderRequest, context: RiskContext): Verdict {
  const { instrument, quantity } = request;
  // The engine does not ask about reductions; whoever does is told that they pass.
  if (isReducing(request.role)) return { kind: 'allow', quantity };
  const noNumber = numberRefusal(instrument, context);
  if (noNumber !== undefined) return noNumber;
  const lot = context.lot(instrument);
  let allowed = quantity;
  let additions = [additionOf(request, allowed, context)];
  for (const rule of rules.at(exposureAtMost(additions, context))) {
    const ruling = rule.rulingsOf(additions, context)[0];
    if (ruling === undefined || ruling.kind === 'pass') continue;
    const left = wholeLots(passing(allowed, ruling), lot);
    if (left < lot) return belowOneLot(rule.name, ruling, allowed, lot);
    allowed = left;
    additions = [additionOf(request, allowed, context)];
  }
  return { kind: 'allow', quantity: allowed };
}

function additionOf(request: OrderRequest, quantity: number, context: RiskContext): Addition {
  const { strategy, instrument, side, pricing } = request;
  const worstPrice = 'limitPrice' in pricing ? pricing.limitPrice : context.worstPrice(instrument, side);
  const stopPrice = context.stopPrice(strategy, instrument);
  return { strategy, instrument, direction: sideSign(side), quantity, worstPrice, stopPrice, strength: 0 };
}
