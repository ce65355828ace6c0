import { extreme } from '../base/extremes.js';
import type { Indicator } from '../base/indicator.js';
import { requirePeriod } from '../base/require.js';
import { middle } from '../combine/middle.js';

/**
 * Upper line of the Donchian channel (Donchian, 1960s): highest high of the last `period` bars, this one included; for a breakout
 * compare with `lag(donchianUpper(20), 1)`. In dollars. A missing bar gives NaN and is left out. Throws `ConfigError` on a period that
 * is no whole number of at least 1.
 */
export function donchianUpper(period = 20): Indicator {
  requirePeriod('donchianUpper', period);
  return extreme('highest', { period, input: 'high' });
}

/** Lower line of the Donchian channel: lowest low of the last `period` bars, as {@link donchianUpper}. */
export function donchianLower(period = 20): Indicator {
  requirePeriod('donchianLower', period);
  return extreme('lowest', { period, input: 'low' });
}

/** Middle of the Donchian channel: half of the sum of {@link donchianUpper} and {@link donchianLower}. */
export function donchianMiddle(period = 20): Indicator {
  requirePeriod('donchianMiddle', period);
  return middle(donchianUpper(period), donchianLower(period));
}
