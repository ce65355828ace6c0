import type { RunResult } from '../result/run-result.js';
import { type Metric, metric, notDefined } from './metric.js';

/** What trading cost, and what it left. */
export interface CostMetrics {
  /** Everything that was charged for fills, fees and all. */
  readonly commissionPaid: Metric;
  /** What of it went to regulators and exchanges. */
  readonly feesPaid: Metric;
  /** What the prices of fills were worse for the spread, and for their own impact. */
  readonly spreadCost: Metric;
  readonly impactCost: Metric;
  /** Fees for borrowed shares. */
  readonly borrowCost: Metric;
  /** All of these, the fees counted once. */
  readonly totalCost: Metric;
  /** What the run brought with the costs added again, and as it was, as fractions of the initial cash. */
  readonly returnBeforeCosts: Metric;
  readonly returnAfterCosts: Metric;
  /** Cost of a side, in basis points of what is traded, at which nothing would be left. Negative: it lost before any cost. */
  readonly breakEvenCost: Metric;
}

/**
 * Transaction costs, summed over fills. The returns take deposits and withdrawals out of the profit; the break-even cost is
 * profit before costs ÷ sum of quantity × price. What smaller costs would have changed in the decisions is not in here.
 */
export function costMetrics(result: RunResult): CostMetrics {
  const { fills, movements, initialCash, finalEquity } = result;
  const commission = sum(fills.commission);
  const fees = sum(fills.fees);
  const spread = sum(fills.spread);
  const impact = sum(fills.impact);
  let borrow = 0;
  let flows = 0;
  for (const { type, cash } of movements) {
    if (type === 'borrow') borrow -= cash;
    else if (type === 'deposit' || type === 'withdrawal') flows += cash;
  }
  const total = commission + spread + impact + borrow;
  const profit = finalEquity - initialCash - flows;
  let notional = 0;
  for (let k = 0; k < fills.length; k++) notional += fills.quantity[k]! * fills.price[k]!;
  return {
    commissionPaid: metric(commission, 'USD'),
    feesPaid: metric(fees, 'USD'),
    spreadCost: metric(spread, 'USD'),
    impactCost: metric(impact, 'USD'),
    borrowCost: metric(borrow, 'USD'),
    totalCost: metric(total, 'USD'),
    returnBeforeCosts: metric((profit + total) / initialCash, 'fraction'),
    returnAfterCosts: metric(profit / initialCash, 'fraction'),
    breakEvenCost:
      notional > 0 ? metric(((profit + total) / notional) * 10_000, 'bp') : notDefined('bp', 'nothing was traded'),
  };
}

function sum(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
