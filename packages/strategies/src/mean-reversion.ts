/**
 * Mean reversion within a session: fades moves away from the VWAP, or from an average of the last bars. `use: '@tradekit/strategies/mean-reversion'`.
 * @module
 */
import { ConfigError, type Direction, type Signal, type StrategyFactory } from '@tradekit/core';
import { rsi } from '@tradekit/indicators';
import { parametersOf, type Schema } from './parameters.js';
import { bollingerStretch, vwapStretch } from './stretch.js';
import { trendStrength } from './trend.js';

/** Parameters of mean reversion. */
export interface MeanReversionParameters {
  /** What prices come back to: the session's `vwap`, or the average of the `bollinger` bands. Default `vwap`. */
  readonly mean: 'vwap' | 'bollinger';
  /** Bars of the volatility beside the VWAP, and of the Bollinger average. Default 130. */
  readonly meanBars: number;
  /** How stretched a price is when it is faded. Default 2. Beside the Bollinger average less than √(meanBars − 1), the most that there can be. */
  readonly enterZ: number;
  /** How far back it has come when the position is closed; 0 is the mean itself. Default 0. */
  readonly exitZ: number;
  /** Bars of the relative strength index. Default 14. */
  readonly rsiBars: number;
  /** Bought only with an index of at most this, sold short only with one of at least 100 less this; 50 filters least. Default 35. */
  readonly rsiLimit: number;
  /** A trend stronger than this is not traded against. Default 1. */
  readonly trendLimit: number;
  /** Bars after which a position is closed, whatever it has come to. Default 12. */
  readonly longestBars: number;
  /** Stretched up, it is sold short. Default true. */
  readonly shorts: boolean;
}

const SCHEMA: Schema<MeanReversionParameters> = {
  mean: { default: 'vwap', words: ['vwap', 'bollinger'] },
  meanBars: { default: 130, least: 2, most: 5000, whole: true },
  enterZ: { default: 2, least: 0.1, most: 10 },
  exitZ: { default: 0, least: -10, most: 10 },
  rsiBars: { default: 14, least: 2, most: 500, whole: true },
  rsiLimit: { default: 35, least: 1, most: 50 },
  trendLimit: { default: 1, least: 0, most: 100 },
  longestBars: { default: 12, least: 1, most: 1000, whole: true },
  shorts: { default: true },
};

const TREND = { fastBars: 130, slowBars: 520, deviationBars: 130 } as const;

/**
 * Buys what has fallen far below its mean, sells short what has risen far above it, and closes at the mean, after `longestBars`, and on
 * the session's exit slice: nothing is held overnight unless the instrument has no bar after that slice, and then it is closed with its next
 * one. A teaching run: on recorded markets it loses after any cost, and the guide says how much. Throws `ConfigError` on parameters that cannot
 * be meant.
 */
const meanReversion: StrategyFactory = (setup, given) => {
  const { mean, meanBars, enterZ, exitZ, rsiBars, rsiLimit, trendLimit, longestBars, shorts } = checked(given);
  const stretch = setup.feature(mean === 'vwap' ? vwapStretch(meanBars) : bollingerStretch(meanBars));
  const index = setup.feature(rsi(rsiBars));
  const trend = setup.feature(trendStrength(TREND));
  return {
    name: 'mean-reversion',
    generateSignals(market) {
      const signals: Signal[] = [];
      for (const instrument of market.instruments) {
        const { direction, sinceSlice } = market.stance(instrument);
        const z = market.feature(stretch, instrument);
        if (direction !== 0) {
          const reason = market.lastExit
            ? 'the session ends'
            : market.slice - sinceSlice >= longestBars
              ? `held ${longestBars} bars`
              : -direction * z <= exitZ // NaN holds on
                ? `stretch ${z.toFixed(2)}`
                : undefined;
          if (reason !== undefined) signals.push({ instrument, direction: 0, reason });
          continue;
        }
        if (market.lastExit || !(Math.abs(z) >= enterZ)) continue;
        const side: Direction = z < 0 ? 1 : -1;
        if (side === -1 && !shorts) continue;
        const strength = market.feature(index, instrument);
        const isTired = side === 1 ? strength <= rsiLimit : strength >= 100 - rsiLimit;
        // Against a strong trend a stretched price is only the trend going on.
        const isCalm = -side * market.feature(trend, instrument) <= trendLimit;
        if (isTired && isCalm)
          signals.push({ instrument, direction: side, strength: Math.abs(z), reason: `stretch ${z.toFixed(2)}` });
      }
      return signals;
    },
  };
};

export default meanReversion;

function checked(given: object): Readonly<MeanReversionParameters> {
  const parameters = parametersOf<MeanReversionParameters>('mean-reversion', given, SCHEMA);
  const { mean, meanBars, enterZ, exitZ } = parameters;
  if (exitZ >= enterZ) {
    const what = `strategy mean-reversion has enterZ ${enterZ} and exitZ ${exitZ}; a position is closed nearer to the mean than it is opened`;
    throw new ConfigError('STRATEGY_PARAMETER', what, { enterZ, exitZ });
  }
  // One of n values is at most √(n − 1) deviations away from the mean of all.
  if (mean === 'bollinger' && enterZ ** 2 >= meanBars - 1) {
    const most = Math.sqrt(meanBars - 1).toFixed(2);
    const what = `strategy mean-reversion has enterZ ${enterZ} and meanBars ${meanBars}, and the last of ${meanBars} bars is never ${enterZ} deviations from their mean (at most ${most}); raise meanBars`;
    throw new ConfigError('STRATEGY_PARAMETER', what, { enterZ, meanBars });
  }
  return parameters;
}
