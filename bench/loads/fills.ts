/** What a fill costs when there are ten thousand of them, and when there are a million. Prints rows. */
import type { Signal, StrategyFactory } from '@tradekit/core';
import { runB1 } from '../b1-engine.js';
import { B1_BARS, B1_SYMBOLS, b1History } from '../b1-market.js';
import { inTurn, report, row } from '../measure.js';

/** Long on even slices, flat on odd ones, everywhere: one fill a bar. */
const restless: StrategyFactory = (setup) => {
  const signals: Signal[][] = [1, 0].map((direction) =>
    setup.instruments.map((instrument) => ({ instrument, direction, reason: 'restless' }) as Signal),
  );
  return { name: 'restless', positionSize: () => 10, generateSignals: ({ slice }) => signals[slice % 2] ?? [] };
};

const SHORT_BARS = 26 * 9;
const SHORT_RUNS = 100;
const short = b1History(SHORT_BARS);
const long = b1History();
const ms = inTurn({
  short: () => {
    for (let run = 0; run < SHORT_RUNS; run++) runB1(short, { create: restless });
  },
  long: () => runB1(long, { create: restless }),
});
const perShort = ms.short / (SHORT_RUNS * B1_SYMBOLS * (SHORT_BARS - 1));
const perLong = ms.long / (B1_SYMBOLS * (B1_BARS - 1));
report(
  row('a fill among 1,195,954 against one among 10,718', perLong / perShort, 'of its CPU', 1.15),
  row('a fill', perLong * 1000, 'CPU µs', null),
);
