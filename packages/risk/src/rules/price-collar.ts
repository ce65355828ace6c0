import { requireFraction } from '../options.js';
import { percent } from '../percent.js';
import { eachAlone, pass, type RiskRule, refuse } from './rule.js';

/** Options of {@link priceCollar}. */
export interface PriceCollarOptions {
  /** How far an order's price may lie from the last bar's close, as a fraction of it: `0.03` is 3 %. Above 0, at most 1. */
  readonly limitFraction: number;
}

/** Dust of a quotient. */
const DUST = 1e-12;

/**
 * The price of an opening order lies near the last bar's close, on either side. An order without a limit is reckoned with its worst
 * price, so a collar narrower than the engine's `collarBps` lets none of them pass. Throws `ConfigError` when the fraction is out
 * of range.
 */
export function priceCollar({ limitFraction }: PriceCollarOptions): RiskRule {
  requireFraction('priceCollar', 'limitFraction', limitFraction, 1);
  return {
    ...eachAlone('price-collar', ({ instrument, worstPrice }, context) => {
      const mark = context.price(instrument);
      const measured = Math.abs(worstPrice / mark - 1);
      if (measured <= limitFraction + DUST) return pass;
      const reason = `${worstPrice} is ${percent(measured)} from the last close ${mark}, the limit is ${percent(limitFraction)}`;
      return refuse(measured, limitFraction, reason);
    }),
    limit: { value: limitFraction, to: (lower) => priceCollar({ limitFraction: lower }) },
  };
}
