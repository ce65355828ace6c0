import type { Indicator } from '../base/indicator.js';
import { requirePeriod } from '../base/require.js';
import { change } from '../combine/change.js';

/**
 * Logarithmic return over `bars` rows (default 1), nights included: ln(close / close so many rows ago). Rows are counted on the grid: NaN
 * where either bar is missing. A lagged return is `lag(logReturn(1), 4)`. Throws `ConfigError` on a length that is no whole number of at
 * least 1.
 */
export function logReturn(bars = 1): Indicator {
  requirePeriod('logReturn', bars, 1, 'length');
  return change('log-close', bars);
}
