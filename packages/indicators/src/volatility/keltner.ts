import { band } from '../base/band.js';
import type { Indicator } from '../base/indicator.js';
import { requirePeriod, requirePositive } from '../base/require.js';
import { ema } from '../trend/ema.js';
import { atr } from './atr.js';

/** Options of the Keltner channel. */
export interface KeltnerOptions {
  /** Period of the EMA in the middle, default 20. */
  readonly period?: number;
  /** Period of the ATR, default 10. */
  readonly atrPeriod?: number;
  /** Distance of the bands in ATRs, default 2. */
  readonly multiplier?: number;
}

function channel(
  name: string,
  { period = 20, atrPeriod = 10, multiplier = 2 }: KeltnerOptions,
  side: 1 | -1,
): Indicator {
  requirePeriod(name, period);
  requirePeriod(name, atrPeriod, 1, 'atrPeriod');
  requirePositive(name, 'multiplier', multiplier);
  return band(side > 0 ? 'upper' : 'lower', ema(period), atr(atrPeriod), side * multiplier);
}

/**
 * Upper line of the Keltner channel, in the form of Linda Raschke: EMA(20) of the close plus 2 × ATR(10). The middle is {@link ema}.
 * In dollars. A missing bar and the one after it give NaN, and the averages stay. Throws `ConfigError` on periods that are no whole
 * numbers of at least 1 and a multiplier that is not above 0.
 */
export function keltnerUpper(options: KeltnerOptions = {}): Indicator {
  return channel('keltnerUpper', options, 1);
}

/** Lower line of the Keltner channel: as {@link keltnerUpper}, below the average. */
export function keltnerLower(options: KeltnerOptions = {}): Indicator {
  return channel('keltnerLower', options, -1);
}
