import type { Indicator } from '../base/indicator.js';
import { type PeriodOptions, periodOf } from '../base/input.js';
import { outputOf } from '../base/output.js';
import { meanAndDeviation } from './mean-and-deviation.js';

/** Options of {@link standardDeviation}. */
export interface StandardDeviationOptions extends PeriodOptions {
  /** Divides by `period` − 1. Default: by `period`, as Bollinger and TA-Lib do. */
  readonly sample?: boolean;
}

/**
 * Standard deviation of the last `period` values, of a population unless `sample` is asked for. Unit of the input. Equal values
 * deviate by exactly 0. A bar that is missing gives NaN and is left out. Sums are of values less a recent one and made anew once per
 * period: as exact at a price of a million as at one (TA-Lib's STDDEV is not). Throws `ConfigError` on a period that is no whole number of at
 * least 2.
 */
export function standardDeviation(options: number | StandardDeviationOptions): Indicator {
  const { period, input } = periodOf('standardDeviation', options, 2);
  const sample = typeof options === 'object' && options.sample === true;
  const { whole, deviation } = meanAndDeviation({ period, input, sample });
  return outputOf(whole, { key: deviation });
}
