import type { Indicator } from '../base/indicator.js';
import { difference } from '../combine/difference.js';
import { sma } from '../trend/sma.js';

/**
 * Awesome oscillator (Bill Williams, New Trading Dimensions, 1998): simple average of the median price over 5 bars less that over
 * 34. In dollars; a missing bar gives NaN and is left out. Throws `ConfigError` on periods that are no whole numbers of at
 * least 1.
 */
export function awesomeOscillator(fast = 5, slow = 34): Indicator {
  return difference(sma({ period: fast, input: 'median' }), sma({ period: slow, input: 'median' }));
}
