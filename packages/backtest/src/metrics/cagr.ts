import type { RunResult } from '../result/run-result.js';
import { type Metric, metric, notDefined } from './metric.js';

/** Days in a year, leap years in it. */
const DAYS_PER_YEAR = 365.25;

/**
 * Compound annual growth by calendar days: (1 + total return)^(365.25 ÷ days) − 1, the days counted from the first session's
 * date to the last's. Source: the definition; the year as in ffn and other libraries.
 */
export function cagr({ equity, sessions }: RunResult): Metric {
  const growth = equity.index[equity.length - 1];
  const first = sessions.day[0];
  const last = sessions.day[sessions.length - 1];
  if (growth === undefined || first === undefined || last === undefined || first === last) {
    return notDefined('fraction per year', 'it needs at least two sessions');
  }
  if (growth <= 0) return notDefined('fraction per year', 'nothing is left of the equity');
  return metric(growth ** (DAYS_PER_YEAR / (last - first)) - 1, 'fraction per year');
}
