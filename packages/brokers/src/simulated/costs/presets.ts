import { type Commission, freeOfCharge } from '@tradekit/core';
import { type FeeSchedule, usFees } from './fees.js';

/** What a broker charges: its commission, and what it passes on of regulators' fees. */
export interface BrokerCharges {
  readonly commission: Commission;
  readonly fees: FeeSchedule;
}

/** Names of {@link brokerCharges}. */
export type BrokerChargesName = 'alpaca' | 'ibkr-fixed' | 'ibkr-tiered';

/**
 * What brokers charge for US stocks, as their price lists of 2026 have it. `ibkr-tiered` is the first tier, up to 300,000 shares a
 * month, with clearing at 0.0002 and taking liquidity at 0.003 dollars a share passed on; rebates for adding liquidity are not
 * counted. Audit-trail fees, some 0.00003 dollars a share, are left out. Sources: Alpaca, Brokerage Fees; Interactive Brokers, Commissions Stocks.
 */
export const brokerCharges: Readonly<Record<BrokerChargesName, BrokerCharges>> = Object.freeze({
  alpaca: Object.freeze({ commission: freeOfCharge, fees: usFees }),
  'ibkr-fixed': Object.freeze({
    commission: Object.freeze({ perShare: 0.005, perOrder: 0, bps: 0, minPerOrder: 1, maxFraction: 0.01 }),
    fees: usFees,
  }),
  'ibkr-tiered': Object.freeze({
    commission: Object.freeze({
      perShare: 0.0035,
      perOrder: 0,
      bps: 0,
      minPerOrder: 0.35,
      maxFraction: 0.01,
      passedOnPerShare: 0.0032,
    }),
    fees: usFees,
  }),
});
