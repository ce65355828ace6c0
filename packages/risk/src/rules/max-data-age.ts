import { MINUTE_MS } from '@tradekit/core';
import { requireAmount } from '../options.js';
import { eachAlone, pass, type RiskRule, refuse } from './rule.js';

/** Options of {@link maxDataAge}. */
export interface MaxDataAgeOptions {
  /** Most minutes since the end of the instrument's last bar. Above 0. */
  readonly limitMinutes: number;
}

/** Nothing opens on stale data: the instrument's last bar ended not so long ago. Throws `ConfigError` when the limit is not above 0. */
export function maxDataAge({ limitMinutes }: MaxDataAgeOptions): RiskRule {
  requireAmount('maxDataAge', 'limitMinutes', limitMinutes);
  return {
    ...eachAlone('max-data-age', ({ instrument }, context) => {
      const minutes = (context.time - context.lastTradeTime(instrument)) / MINUTE_MS;
      if (minutes <= limitMinutes) return pass;
      return refuse(minutes, limitMinutes, `the last bar ended ${minutes} minutes ago, the limit is ${limitMinutes}`);
    }),
    limit: { value: limitMinutes, to: (lower) => maxDataAge({ limitMinutes: lower }) },
  };
}
