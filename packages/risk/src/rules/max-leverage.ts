import { ConfigError } from '@tradekit/core';
import { MOST_LEVERAGE } from '../options.js';
import { exposureLimit } from './exposure.js';
import type { RiskRule } from './rule.js';

/** Options of {@link maxLeverage}. */
export interface MaxLeverageOptions {
  /** Highest gross exposure as a multiple of the equity: `2` is two dollars of positions for one of equity. Above 0, at most 4. */
  readonly limit: number;
}

/** Positions, longs and shorts added up, are at most a multiple of the equity. Throws `ConfigError` when it is out of range. */
export function maxLeverage({ limit }: MaxLeverageOptions): RiskRule {
  if (!(limit > 0 && limit <= MOST_LEVERAGE)) {
    const message = `maxLeverage: limit is ${limit}; give a multiple of the equity above 0 and at most ${MOST_LEVERAGE}: 2 is twice the equity, not 200`;
    throw new ConfigError('RISK_OPTION', message, { limit });
  }
  return exposureLimit({
    name: 'max-leverage',
    limitFraction: limit,
    lowered: (lower) => maxLeverage({ limit: lower }),
    describe: () => 'the leverage',
  });
}
