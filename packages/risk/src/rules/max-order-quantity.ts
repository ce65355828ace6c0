import { requireAmount } from '../options.js';
import { eachAlone, pass, type RiskRule } from './rule.js';

/** Options of {@link maxOrderQuantity}. */
export interface MaxOrderQuantityOptions {
  /** Most shares of one opening order. Above 0. */
  readonly limit: number;
}

/** No opening order has more shares than this. Throws `ConfigError` when the limit is not above 0. */
export function maxOrderQuantity({ limit }: MaxOrderQuantityOptions): RiskRule {
  requireAmount('maxOrderQuantity', 'limit', limit);
  return {
    ...eachAlone('max-order-quantity', ({ quantity }) => {
      if (quantity <= limit) return pass;
      const reason = `the order would be ${quantity} shares, the limit is ${limit}`;
      return { kind: 'cut', quantity: limit, measured: quantity, limit, reason };
    }),
    limit: { value: limit, to: (lower) => maxOrderQuantity({ limit: lower }) },
  };
}
