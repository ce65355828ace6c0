import type { RiskContext } from '@tradekit/core';
import { requireFraction } from '../options.js';
import { percent } from '../percent.js';
import { type Addition, eachAlone, pass, type RiskRule, refuse } from './rule.js';

/** Options of {@link maxTradeLoss}. */
export interface MaxTradeLossOptions {
  /** Loss of a whole position at its stop as a fraction of the equity: `0.01` is 1 %. Above 0, at most 1. */
  readonly limitFraction: number;
}

/** Fractions of equity that differ by less are equal. */
const DUST = 1e-12;

/**
 * What is lost at the stop is at most a fraction of the equity: added shares from their worst price, shares held or working on the
 * same side from theirs. A wish without a stop is refused. A gap through the stop loses more; commissions are not counted. Throws
 * `ConfigError` when the fraction is out of range.
 */
export function maxTradeLoss({ limitFraction }: MaxTradeLossOptions): RiskRule {
  requireFraction('maxTradeLoss', 'limitFraction', limitFraction, 1);
  return {
    ...eachAlone('max-trade-loss', (addition, context) => {
      const { direction, quantity, worstPrice, stopPrice } = addition;
      const perShare = direction * (worstPrice - stopPrice);
      if (!(perShare > 0)) return refuse(Number.NaN, limitFraction, 'there is no stop on the losing side of the price');
      const there = lossThere(addition, context);
      const measured = (there + quantity * perShare) / context.equity;
      if (measured <= limitFraction + DUST) return pass;
      const room = Math.max(0, limitFraction * context.equity - there);
      const reason = `the stop would cost ${percent(measured)} of equity, the limit is ${percent(limitFraction)}`;
      return { kind: 'cut', quantity: room / perShare, measured, limit: limitFraction, reason };
    }),
    limit: { value: limitFraction, to: (lower) => maxTradeLoss({ limitFraction: lower }) },
  };
}

/** Dollars that what is held and working on the same side would lose at the stop. */
function lossThere({ direction, instrument, stopPrice }: Addition, context: RiskContext): number {
  const held = direction * context.held(instrument);
  const open = direction > 0 ? context.openBuys(instrument) : context.openSells(instrument);
  const working = Math.max(0, Math.min(0, held) + open);
  const worst = context.worstPrice(instrument, direction > 0 ? 'buy' : 'sell');
  const atStop = (shares: number, price: number): number =>
    shares > 0 ? shares * Math.max(0, direction * (price - stopPrice)) : 0;
  return atStop(held, context.price(instrument)) + atStop(working, worst);
}
