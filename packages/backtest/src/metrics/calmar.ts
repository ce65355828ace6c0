import type { RunResult } from '../result/run-result.js';
import { cagr } from './cagr.js';
import { maxDrawdown } from './max-drawdown.js';
import { type Metric, metric, notDefined } from './metric.js';

/**
 * Calmar ratio: compound annual growth ÷ deepest drawdown, over the whole run. Source: Young, Calmar Ratio: A Smoother Tool
 * (1991), who took 36 months.
 */
export function calmar(result: RunResult): Metric {
  const growth = cagr(result);
  const fall = maxDrawdown(result);
  if (growth.value === null) return notDefined('ratio', growth.reason);
  if (fall.value === null) return notDefined('ratio', fall.reason);
  if (fall.value === 0) return notDefined('ratio', 'the equity never fell');
  return metric(growth.value / fall.value, 'ratio');
}
