import type { Indicator } from '../base/indicator.js';
import { requirePeriod } from '../base/require.js';
import { sma } from '../trend/sma.js';
import { rsi } from './rsi.js';
import { placeInRange } from './stochastic.js';

/** Options of {@link stochasticRsiK} and {@link stochasticRsiD}. */
export interface StochasticRsiOptions {
  /** Period of the RSI, default 14. */
  readonly rsiPeriod?: number;
  /** Bars of the RSI's range, default 14. */
  readonly period?: number;
  /** Bars over which %D averages %K, default 3. */
  readonly signal?: number;
}

/**
 * Stochastic RSI (Chande and Kroll, The New Technical Trader, 1994), 0 … 100: where the RSI lies in its own range (%K of
 * TA-Lib's STOCHRSI); 0 when there is no range. A missing bar and the one after it give NaN, and are left out. Throws
 * `ConfigError` on periods that are no whole numbers of at least 1.
 */
export function stochasticRsiK({ rsiPeriod = 14, period = 14 }: StochasticRsiOptions = {}): Indicator {
  requirePeriod('stochasticRsiK', rsiPeriod, 1, 'rsiPeriod');
  requirePeriod('stochasticRsiK', period);
  const index = rsi(rsiPeriod);
  return placeInRange(`placeInRange(${period},${index.key})`, period, index, index, index);
}

/** %D of the stochastic RSI: the simple average of {@link stochasticRsiK} over `signal` bars. */
export function stochasticRsiD({ signal = 3, ...k }: StochasticRsiOptions = {}): Indicator {
  requirePeriod('stochasticRsiD', signal, 1, 'signal');
  return sma({ period: signal, input: stochasticRsiK(k) });
}
