import type { Signal, StrategyFactory } from '@tradekit/core';
import { sma } from '@tradekit/indicators';

/** Long while the close is above its average of 20 bars: trades often, and is loaded by the runner and imported by tests. */
const above: StrategyFactory = (setup) => {
  const average = setup.feature(sma(20));
  return {
    name: 'above',
    generateSignals(market) {
      const signals: Signal[] = [];
      for (const instrument of market.instruments) {
        const difference = market.close(instrument) - market.feature(average, instrument);
        if (!Number.isNaN(difference))
          signals.push({ instrument, direction: difference > 0 ? 1 : 0, reason: 'average' });
      }
      return signals;
    },
  };
};

export default above;
