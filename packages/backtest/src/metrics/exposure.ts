import type { RunResult } from '../result/run-result.js';
import { type Metric, metric, notDefined } from './metric.js';

/** Mean over all slices of the sum of |market value| ÷ equity. Source: the definition. */
export function exposure({ equity }: RunResult): Metric {
  let sum = 0;
  let slices = 0;
  for (const fraction of equity.exposure) {
    if (Number.isNaN(fraction)) continue;
    sum += fraction;
    slices += 1;
  }
  if (slices === 0) return notDefined('fraction', 'no slice had an equity above zero');
  return metric(sum / slices, 'fraction');
}
