import type { RunResult } from '../result/run-result.js';
import { type Metric, metric, notDefined } from './metric.js';

/** Mean number of slices between the entry and the exit of a closed round trip. */
export function averageHold({ trades }: RunResult): Metric {
  if (trades.length === 0) return notDefined('bars', 'no round trip was closed');
  let bars = 0;
  for (const { barsHeld } of trades) bars += barsHeld;
  return metric(bars / trades.length, 'bars');
}
