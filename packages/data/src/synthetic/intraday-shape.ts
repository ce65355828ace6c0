/**
 * How volatility, the common part of returns and volume are spread over a session, by 15-minute slot. Medians over 46 large US
 * stocks, 2021–2024, regular hours; aggregates, no prices.
 */
import { exactLog } from './exact-math.js';

/** One number for every slot of a session. */
export interface IntradayShape {
  /** Standard deviation of a slot's return over that of the mean slot of a full day (mean of squares 1 on a full day). */
  readonly volatility: readonly number[];
  /** Variance of the market's part over its mean: opens are idiosyncratic, afternoons are common. */
  readonly market: readonly number[];
  /** Natural logarithm of a slot's share of the session's volume, times the session's volume over a full day's. */
  readonly logVolume: readonly number[];
}

const VOLATILITY = [
  2.51, 1.57, 1.4, 1.15, 1.09, 0.98, 0.96, 0.87, 0.85, 0.76, 0.78, 0.72, 0.69, 0.67, 0.69, 0.69, 0.67, 0.63, 0.77, 0.69,
  0.74, 0.7, 0.73, 0.71, 0.76, 0.99,
];
const HALF_DAY_VOLATILITY = [2.1, 1.3, 1.1, 0.95, 0.9, 0.82, 0.78, 0.7, 0.66, 0.64, 0.68, 0.68, 0.7, 1.0];
const MARKET = [
  0.26, 0.55, 0.85, 0.9, 0.82, 0.95, 0.88, 0.97, 1.06, 1.01, 1.07, 1.06, 1.02, 1.24, 1.31, 1.45, 1.34, 1.38, 1.69, 1.54,
  2.0, 1.86, 1.77, 1.85, 1.7, 1.78,
];
const VOLUME_PERCENT = [
  9.2, 5.1, 4.7, 4.1, 3.9, 3.6, 3.4, 3.2, 3.1, 2.8, 2.7, 2.6, 2.5, 2.4, 2.4, 2.4, 2.5, 2.4, 2.7, 2.6, 2.8, 2.8, 3.2,
  3.5, 4.9, 14.4,
];
const HALF_DAY_VOLUME_PERCENT = [13.7, 7.9, 7.2, 6.1, 5.9, 5.9, 5.6, 5.2, 4.9, 5.0, 4.9, 5.3, 6.2, 15.9];
/** Volume of a half day over that of a full day. */
const HALF_DAY_VOLUME = 0.49;

const FULL_DAY: IntradayShape = {
  volatility: VOLATILITY,
  market: MARKET,
  logVolume: VOLUME_PERCENT.map((percent) => exactLog(percent / 100)),
};
const HALF_DAY: IntradayShape = {
  volatility: HALF_DAY_VOLATILITY,
  market: [...MARKET.slice(0, 13), MARKET[25]!],
  logVolume: HALF_DAY_VOLUME_PERCENT.map((percent) => exactLog((HALF_DAY_VOLUME * percent) / 100)),
};

/**
 * The shape of a session of `slots` bars: the full day's up to the last bar, which is the closing one, and the half day's own
 * for 14. `undefined` for a session longer than the full day of 26 bars or without any.
 */
export function intradayShape(slots: number): IntradayShape | undefined {
  if (!(slots >= 1 && slots <= VOLATILITY.length)) return undefined;
  if (slots === HALF_DAY_VOLATILITY.length) return HALF_DAY;
  const shortened = (full: readonly number[]): number[] => [...full.slice(0, slots - 1), full[full.length - 1]!];
  return {
    volatility: shortened(FULL_DAY.volatility),
    market: shortened(FULL_DAY.market),
    logVolume: shortened(FULL_DAY.logVolume),
  };
}
