import type { Signal, StrategyFactory } from '@tradekit/core';
import { sma } from '@tradekit/indicators';

/** Long while the fast average of closes is above the slow one, flat while it is below. Sizes are the risk manager's. */
const movingAverageCross: StrategyFactory = (setup, { fastBars = 65, slowBars = 260 }) => {
  const fast = setup.feature(sma(Number(fastBars)));
  const slow = setup.feature(sma(Number(slowBars)));
  return {
    name: 'moving-average-cross',
    generateSignals(market) {
      const signals: Signal[] = [];
      for (const instrument of market.instruments) {
        const difference = market.feature(fast, instrument) - market.feature(slow, instrument);
        if (Number.isNaN(difference)) continue; // no bar in this slice, or too few bars so far
        const direction = difference > 0 ? 1 : 0;
        if (direction !== market.stance(instrument).direction)
          signals.push({ instrument, direction, reason: direction === 1 ? 'fast above slow' : 'fast below slow' });
      }
      return signals;
    },
  };
};

export default movingAverageCross;
