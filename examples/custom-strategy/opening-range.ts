import type { Signal, StrategyFactory } from '@tradekit/core';
import { on } from '@tradekit/core';
import { openingRangeHigh, openingRangeLow, relativeVolume, sma } from '@tradekit/indicators';
import { parametersOf } from '@tradekit/strategies';

interface Parameters {
  /** Minutes after the open whose high and low are the range. */
  readonly rangeMinutes: number;
  /** What is lost when the stop is hit, as a fraction of the strategy's equity. */
  readonly riskFraction: number;
  /** Least volume of the breaking bar, in usual volumes of its time of day. */
  readonly leastVolume: number;
}

/**
 * Buys the first close above the high of the session's first half hour, in stocks above the average of their last 20 daily closes, with a stop
 * at the low of that half hour. Flat by the end of the session.
 */
const openingRange: StrategyFactory = (setup, given) => {
  const { rangeMinutes, riskFraction, leastVolume } = parametersOf<Parameters>('opening-range', given, {
    rangeMinutes: { default: 30, least: 15, most: 120, whole: true },
    riskFraction: { default: 0.005, least: 0.0001, most: 0.05 },
    leastVolume: { default: 1, least: 0, most: 100 },
  });
  const top = setup.feature(openingRangeHigh(rangeMinutes));
  const bottom = setup.feature(openingRangeLow(rangeMinutes));
  const days = setup.feature(on('day', sma(20)));
  const volume = setup.feature(relativeVolume());
  return {
    name: 'opening-range',
    generateSignals(market) {
      const signals: Signal[] = [];
      for (const instrument of market.instruments) {
        const { direction } = market.stance(instrument);
        if (direction === 1 && market.lastExit) signals.push({ instrument, direction: 0, reason: 'the session ends' });
        // Also after its stop was hit: a stance stays long until the strategy says flat, so that each day has one entry.
        if (direction !== 0 || market.lastExit || !market.canEnter) continue;
        const close = market.close(instrument);
        const isBreaking = close > market.feature(top, instrument) && close > market.feature(days, instrument);
        if (!isBreaking) continue; // also while one of them is NaN
        const stopPrice = market.feature(bottom, instrument);
        signals.push({ instrument, direction: 1, stopPrice, reason: `above the first ${rangeMinutes} minutes` });
      }
      return signals;
    },
    /** A last look: a break that few take part in is none. */
    validateSignal: ({ instrument, direction }, market) =>
      direction === 0 || market.feature(volume, instrument) >= leastVolume,
    /** So many shares that the way to the stop costs the part of the equity that is risked. */
    positionSize({ stopPrice = 0 }, { equity, price, lot }) {
      const risked = (equity * riskFraction) / Math.max(price - stopPrice, 0.001 * price);
      return Math.floor(risked / lot) * lot;
    },
  };
};

export default openingRange;
