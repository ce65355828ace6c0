import { ConfigError } from '@tradekit/core';
import type { Sizer } from './sizer.js';

/** Every position has the same number of shares. Throws `ConfigError` unless it is a finite number above zero. */
export function fixedQuantity(shares: number): Sizer {
  if (!(shares > 0 && Number.isFinite(shares))) {
    throw new ConfigError('RISK_OPTION', `fixedQuantity: ${shares} shares; give a number above 0`, { shares });
  }
  return { name: 'fixed-quantity', size: () => shares };
}
