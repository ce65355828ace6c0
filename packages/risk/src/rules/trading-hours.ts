import { MINUTE_MS } from '@tradekit/core';
import { requireNotNegative } from '../options.js';
import { eachAlone, pass, type RiskRule, refuse } from './rule.js';

/** Options of {@link tradingHours}. */
export interface TradingHoursOptions {
  /** Minutes after the open before which nothing opens. 0 or more, default 0. */
  readonly afterOpenMinutes?: number;
  /** Minutes before the close after which nothing opens: 30 leaves out the last two quarter hours, 0 nothing. Default 0. */
  readonly beforeCloseMinutes?: number;
}

/**
 * Nothing opens too early or too late in a session. Counted from its own open and close, so that on a half day the end moves with
 * the close. Throws `ConfigError` on a negative time.
 */
export function tradingHours({ afterOpenMinutes = 0, beforeCloseMinutes = 0 }: TradingHoursOptions): RiskRule {
  for (const [option, value] of Object.entries({ afterOpenMinutes, beforeCloseMinutes })) {
    requireNotNegative('tradingHours', option, value, 'minutes');
  }
  return eachAlone('trading-hours', (_, { time, sessionOpen, sessionClose }) => {
    const since = (time - sessionOpen) / MINUTE_MS;
    if (!(since >= afterOpenMinutes))
      return refuse(since, afterOpenMinutes, `${since} minutes after the open, ${afterOpenMinutes} must pass`);
    const left = (sessionClose - time) / MINUTE_MS;
    if (!(left >= beforeCloseMinutes))
      return refuse(left, beforeCloseMinutes, `${left} minutes before the close, ${beforeCloseMinutes} must be left`);
    return pass;
  });
}
