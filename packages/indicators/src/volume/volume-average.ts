import type { Indicator } from '../base/indicator.js';
import { requirePeriod } from '../base/require.js';
import { sma } from '../trend/sma.js';

/**
 * Volume moving average: the {@link sma} of the volume, in shares. A missing bar gives NaN and is left out. Throws `ConfigError` on a period
 * that is no whole number of at least 1.
 */
export function volumeAverage(period = 20): Indicator {
  requirePeriod('volumeAverage', period);
  return sma({ period, input: 'volume' });
}
