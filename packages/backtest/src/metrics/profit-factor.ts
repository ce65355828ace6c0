import type { RunResult } from '../result/run-result.js';
import { type Metric, metric, notDefined } from './metric.js';

/** Dollars won by the winning round trips ÷ dollars lost by the losing ones, net of commission. Source: the field's usage. */
export function profitFactor({ trades }: RunResult): Metric {
  if (trades.length === 0) return notDefined('ratio', 'no round trip was closed');
  let won = 0;
  let lost = 0;
  for (const { profit } of trades) {
    if (profit > 0) won += profit;
    else lost -= profit;
  }
  if (lost === 0) return notDefined('ratio', 'no round trip lost');
  return metric(won / lost, 'ratio');
}
