import type { Indicator } from '../base/indicator.js';
import { type Period, periodOf } from '../base/input.js';
import { change } from '../combine/change.js';

/**
 * Momentum: value less the value `period` rows ago (TA-Lib's MOM), the same as `change(input, period)`. Unit of the input; NaN
 * where either bar is missing. Throws `ConfigError` on a period that is no whole number of at least 1.
 */
export function momentum(options: Period = 10): Indicator {
  const { period, input } = periodOf('momentum', options);
  return change(input, period);
}
