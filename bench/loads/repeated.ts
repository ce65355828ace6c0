/** B1 with every wish said again on every bar, and with the order path never taken. Prints rows. */
import type { StrategyFactory } from '@tradekit/core';
import { bareLoop, bareMarket } from '../b1-bare.js';
import { crossing, repeating, runB1 } from '../b1-engine.js';
import { b1History } from '../b1-market.js';
import { inTurn, report, row } from '../measure.js';

/** Reads the features, wishes nothing. */
const silent: StrategyFactory = (setup, parameters) => {
  const strategy = crossing(setup, parameters);
  return {
    name: 'silent',
    generateSignals(market) {
      strategy.generateSignals(market);
      return [];
    },
  };
};

const history = b1History();
const market = bareMarket(history.bars);
const ms = inTurn({
  bare: () => bareLoop(market),
  repeated: () => runB1(history, { create: repeating }),
  silent: () => runB1(history, { create: silent }),
});
report(
  row('b1, every wish repeated on every bar', ms.repeated / ms.bare, 'x', null),
  row('b1, features and strategy alone, no wish', ms.silent / ms.bare, 'x', null),
);
