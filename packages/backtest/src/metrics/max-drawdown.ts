import { isoTime, type Timestamp } from '@tradekit/core';
import type { RunResult } from '../result/run-result.js';
import { type Metric, metric, notDefined } from './metric.js';

/**
 * Deepest fall of the flow-adjusted index from its highest value so far, slice by slice, as a positive fraction:
 * max over t of 1 − index(t) ÷ max index up to t. The note says when it began and when it was deepest. Source: Magdon-Ismail
 * and Atiya, Maximum Drawdown (2004).
 */
export function maxDrawdown({ equity }: RunResult): Metric {
  const { index, time, length } = equity;
  if (length === 0) return notDefined('fraction', 'no bar was seen');
  let peak = 0;
  let deepest = 0;
  let from = 0;
  let to = 0;
  for (let row = 0; row < length; row++) {
    if (index[row]! > index[peak]!) peak = row;
    const fall = 1 - index[row]! / index[peak]!;
    if (fall > deepest) {
      deepest = fall;
      from = peak;
      to = row;
    }
  }
  if (deepest === 0) return metric(0, 'fraction');
  const date = (row: number): string => isoTime(time[row]! as Timestamp);
  return metric(deepest, 'fraction', `from ${date(from)} to ${date(to)}`);
}
