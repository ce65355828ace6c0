import { ConfigError } from '../errors.js';

/** What a fill costs. The parts add up. */
export interface Commission {
  /** Dollars a share. */
  readonly perShare: number;
  /** Dollars an order, taken with its first fill. */
  readonly perOrder: number;
  /** Hundredths of a percent of the notional. */
  readonly bps: number;
}

/** Nothing to pay: the null object. */
export const freeOfCharge: Commission = Object.freeze({ perShare: 0, perOrder: 0, bps: 0 });

/** A commission from the parts that are given; the others are zero. Throws `ConfigError` on a negative one. */
export function commission(parts: Partial<Commission>): Commission {
  const { perShare = 0, perOrder = 0, bps = 0 } = parts;
  const whole = { perShare, perOrder, bps };
  for (const [part, value] of Object.entries(whole)) {
    if (!(value >= 0 && Number.isFinite(value))) {
      throw new ConfigError('COMMISSION_NEGATIVE', `commission "${part}" is ${value}; give a number of at least 0`, {
        part,
        value,
      });
    }
  }
  return whole;
}

/** Dollars to pay for a fill. */
export function commissionOf(model: Commission, quantity: number, price: number, firstOfOrder: boolean): number {
  return quantity * model.perShare + (firstOfOrder ? model.perOrder : 0) + quantity * price * model.bps * 1e-4;
}
