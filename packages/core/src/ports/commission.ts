import { ConfigError } from '../errors.js';

/** What an order costs at the broker. The parts add up; the minimum and the maximum are of the whole order. */
export interface Commission {
  /** Dollars a share. */
  readonly perShare: number;
  /** Dollars an order, taken with its first fill. */
  readonly perOrder: number;
  /** Hundredths of a percent of the notional. */
  readonly bps: number;
  /** Least dollars of an order that was filled at all. Default 0. */
  readonly minPerOrder?: number;
  /** Most of an order as a fraction of its notional, `0.01` is 1 %; it wins over the minimum. Default: no maximum. */
  readonly maxFraction?: number;
  /** Dollars a share beside all that, outside minimum and maximum: what is passed on to exchanges and clearing. Default 0. */
  readonly passedOnPerShare?: number;
}

/** Nothing to pay: the null object. */
export const freeOfCharge: Commission = Object.freeze({ perShare: 0, perOrder: 0, bps: 0 });

/** A commission from the parts that are given; the others are zero. Throws `ConfigError` on a negative one. */
export function commission(parts: Partial<Commission>): Commission {
  const { perShare = 0, perOrder = 0, bps = 0, ...more } = parts;
  const whole = { perShare, perOrder, bps, ...more };
  for (const [part, value] of Object.entries(whole)) {
    if (!(value >= 0 && Number.isFinite(value))) {
      throw new ConfigError('COMMISSION_NEGATIVE', `commission "${part}" is ${value}; give a number of at least 0`, {
        part,
        value,
      });
    }
  }
  if (whole.maxFraction !== undefined && !(whole.maxFraction > 0 && whole.maxFraction <= 1)) {
    const message = `commission "maxFraction" is ${whole.maxFraction}; give a fraction of the notional above 0 and at most 1, 1 % is 0.01`;
    throw new ConfigError('COMMISSION_FRACTION', message, { value: whole.maxFraction });
  }
  return whole;
}

/**
 * Dollars to pay for a fill of an order of which `filledBefore` shares, worth `notionalBefore` dollars, were filled before.
 * With a minimum or a maximum it is what the order owes in all, less what it has paid.
 */
export function commissionOf(
  model: Commission,
  quantity: number,
  price: number,
  filledBefore = 0,
  notionalBefore = 0,
): number {
  const { perShare, perOrder, bps, minPerOrder, maxFraction, passedOnPerShare } = model;
  const notional = quantity * price;
  const passedOn = passedOnPerShare === undefined ? 0 : quantity * passedOnPerShare;
  if (minPerOrder === undefined && maxFraction === undefined) {
    return quantity * perShare + (filledBefore === 0 ? perOrder : 0) + notional * bps * 1e-4 + passedOn;
  }
  const owed = owedInAll(model, filledBefore + quantity, notionalBefore + notional);
  return owed - (filledBefore === 0 ? 0 : owedInAll(model, filledBefore, notionalBefore)) + passedOn;
}

function owedInAll(
  { perShare, perOrder, bps, minPerOrder = 0, maxFraction = Number.POSITIVE_INFINITY }: Commission,
  quantity: number,
  notional: number,
): number {
  const owed = Math.max(minPerOrder, quantity * perShare + perOrder + notional * bps * 1e-4);
  return Math.min(owed, maxFraction * notional);
}
