import type { Indicator } from '../base/indicator.js';
import { type Period, periodOf } from '../base/input.js';
import { ema } from '../trend/ema.js';
import { roc } from './roc.js';

/**
 * TRIX (Hutson, 1983): change from bar to bar, in per cent, of an EMA of an EMA of an EMA, each seeded with a simple average
 * (TA-Lib's TRIX). A missing bar and the row after it give NaN; the averages stay. Throws `ConfigError` on a period that is no
 * whole number of at least 1.
 */
export function trix(options: Period = 15): Indicator {
  const { period, input } = periodOf('trix', options);
  const thrice = ema({ period, input: ema({ period, input: ema({ period, input }) }) });
  return roc({ period: 1, input: thrice });
}
