import { ConfigError, type Signal, type StrategyFactory } from '@tradekit/core';
import { roc } from '@tradekit/indicators';
import { efficiencyRatio } from './efficiency-ratio.js';

/** Long in what has risen in a straight line over a week, until the line is bent. */
const straightLines: StrategyFactory = (setup, { bars = 130, enter = 0.25, exit = 0.1 }) => {
  for (const [name, value] of Object.entries({ bars, enter, exit }))
    if (typeof value !== 'number')
      throw new ConfigError('STRAIGHT_LINES', `${name} is ${String(value)}; give a number`);
  const straightness = setup.feature(efficiencyRatio(Number(bars)));
  const rise = setup.feature(roc(Number(bars)));
  return {
    name: 'straight-lines',
    generateSignals(market) {
      const signals: Signal[] = [];
      for (const instrument of market.instruments) {
        const ratio = market.feature(straightness, instrument) * Math.sign(market.feature(rise, instrument));
        const { direction } = market.stance(instrument);
        if (direction === 0 && ratio > Number(enter))
          signals.push({ instrument, direction: 1, reason: 'a straight rise' });
        if (direction === 1 && ratio < Number(exit))
          signals.push({ instrument, direction: 0, reason: 'the line is bent' });
      }
      return signals;
    },
  };
};

export default straightLines;
