import type { Indicator } from '../base/indicator.js';
import { scale } from '../combine/scale.js';
import { type VolatilityOptions, volatilityOptions } from './range-volatility.js';
import { returnDeviation } from './return-deviation.js';

/**
 * Historical volatility: {@link returnDeviation} (n − 1, nights included) times the root of the bars of a year, as a fraction. No
 * return is taken over a hole; the missing bar gives NaN. Throws `ConfigError` on a period that is no whole number of at
 * least 2 and on `barsPerYear` that are not above 0.
 */
export function historicalVolatility(options: VolatilityOptions): Indicator {
  const { period, barsPerYear } = volatilityOptions('historicalVolatility', options);
  return scale(returnDeviation(period), Math.sqrt(barsPerYear));
}
