import type { RunResult } from '../result/run-result.js';
import { type Metric, metric } from './metric.js';

/** Sum of the commissions of all fills. What slippage cost is in the prices of the fills, and not in here. */
export function commissionPaid({ fills }: RunResult): Metric {
  let sum = 0;
  for (const commission of fills.commission) sum += commission;
  return metric(sum, 'USD');
}
