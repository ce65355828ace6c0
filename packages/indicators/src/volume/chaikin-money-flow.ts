import type { Indicator } from '../base/indicator.js';
import { requirePeriod } from '../base/require.js';
import { rollingSum } from '../base/rolling-sum.js';
import { ratio } from '../combine/ratio.js';
import { moneyFlowVolume } from './accumulation-distribution.js';

/**
 * Chaikin money flow, −1 … 1: volume times where the close lies in the bar's range, summed over `period` bars, divided by the volume
 * of these bars. NaN when nothing was traded in them. A missing bar gives NaN and is left out. Throws `ConfigError` on a period that
 * is no whole number of at least 1.
 */
export function chaikinMoneyFlow(period = 20): Indicator {
  requirePeriod('chaikinMoneyFlow', period);
  return ratio(rollingSum(period, moneyFlowVolume()), rollingSum(period, 'volume'));
}
