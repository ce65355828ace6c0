import { MINUTE_MS } from '@tradekit/core';
import { requireAmount } from '../options.js';
import { eachAlone, pass, type RiskRule, refuse } from './rule.js';

/** Options of {@link coolDown}. */
export interface CoolDownOptions {
  /** Minutes that must pass, nights and weekends among them. Above 0. */
  readonly minutes: number;
}

/** After a trade that was closed at a loss, commissions included, nothing opens in its instrument for a while. Throws `ConfigError` when the time is not above 0. */
export function coolDown({ minutes }: CoolDownOptions): RiskRule {
  requireAmount('coolDown', 'minutes', minutes);
  return eachAlone('cool-down', ({ instrument }, context) => {
    const lost = context.lastLossTime(instrument);
    const since = (context.time - lost) / MINUTE_MS;
    if (Number.isNaN(lost) || since >= minutes) return pass;
    return refuse(since, minutes, `a loss was taken ${since} minutes ago, ${minutes} must pass`);
  });
}
