import { requireAmount } from '../options.js';
import { eachAlone, pass, type RiskRule } from './rule.js';

/** Options of {@link maxOrderNotional}. */
export interface MaxOrderNotionalOptions {
  /** Most dollars of one opening order at its worst price. Above 0. */
  readonly limit: number;
}

/** Dust of a product and its quotient. */
const DUST = 1e-9;

/** No opening order is worth more dollars than this at its worst price. Throws `ConfigError` when the limit is not above 0. */
export function maxOrderNotional({ limit }: MaxOrderNotionalOptions): RiskRule {
  requireAmount('maxOrderNotional', 'limit', limit);
  return {
    ...eachAlone('max-order-notional', ({ quantity, worstPrice }) => {
      const measured = quantity * worstPrice;
      if (measured <= limit * (1 + DUST)) return pass;
      const reason = `the order would be $${measured.toFixed(2)}, the limit is $${limit.toFixed(2)}`;
      return { kind: 'cut', quantity: limit / worstPrice, measured, limit, reason };
    }),
    limit: { value: limit, to: (lower) => maxOrderNotional({ limit: lower }) },
  };
}
