import type { RunResult } from '../result/run-result.js';
import { type Metric, metric, notDefined } from './metric.js';

/**
 * Growth over the whole run, deposits and withdrawals taken out: last index − 1, which without flows is final equity ÷ initial
 * cash − 1. Time-weighted, as in GIPS (2020), section 2.A.
 */
export function totalReturn({ equity }: RunResult): Metric {
  const last = equity.index[equity.length - 1];
  if (last === undefined) return notDefined('fraction', 'no bar was seen');
  return metric(last - 1, 'fraction');
}
