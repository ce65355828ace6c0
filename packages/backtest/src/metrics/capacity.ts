import type { BarHistory } from '@tradekit/core';
import { quantile } from 'simple-statistics';
import type { RunResult } from '../result/run-result.js';
import { fillBarRow } from './bar-row.js';
import { type Metric, metric, notDefined } from './metric.js';

/** Share of a bar's volume that a fill may be without moving the price much, by the field's rule of thumb. */
const SHARE = 0.01;

/**
 * Equity up to which 95 % of the fills take at most 1 % of their bar's volume, where quantities grow with the equity: mean
 * equity × 1 % ÷ the 95 % quantile of the fills' shares of volume. An estimate of an order of magnitude, no promise.
 */
export function capacity(result: RunResult, market: BarHistory | undefined): Metric {
  if (market === undefined) return notDefined('USD', 'the bars of the run are not at hand');
  const { fills, equity } = result;
  const shares: number[] = [];
  for (let k = 0; k < fills.length; k++) {
    const volume = market.bars.volume[fillBarRow(result, k, market) * market.universe.size + fills.instrument[k]!]!;
    if (volume > 0) shares.push(fills.quantity[k]! / volume);
  }
  if (shares.length === 0) return notDefined('USD', 'no fill lies in a bar with volume');
  let sum = 0;
  for (const value of equity.equity) sum += value;
  return metric(((sum / equity.length) * SHARE) / quantile(shares, 0.95), 'USD');
}
