/** What a fill costs when there are ten thousand of them, and when there are a million. */
import type { Signal, StrategyFactory } from '@tradekit/core';
import { runB1 } from './b1-engine.js';
import { B1_BARS, B1_SYMBOLS, b1History } from './b1-market.js';
import { cpuMs, median, type Row, row } from './measure.js';

/** Long on even slices, flat on odd ones, everywhere: one fill a bar. */
const restless: StrategyFactory = (setup) => {
  const signals: Signal[][] = [1, 0].map((direction) =>
    Array.from(
      { length: setup.instruments },
      (_, instrument) => ({ instrument, direction, reason: 'restless' }) as Signal,
    ),
  );
  return { name: 'restless', positionSize: () => 10, generateSignals: ({ slice }) => signals[slice % 2] ?? [] };
};

/** The cost of a fill in a long run as a multiple of that in a short one. */
export function measureFills(): readonly Row[] {
  const shortBars = 26 * 9;
  const short = b1History(shortBars);
  const long = b1History();
  const many = (): void => {
    for (let run = 0; run < 20; run++) runB1(short, { create: restless });
  };
  many();
  const perShort = median([1, 2, 3].map(() => cpuMs(many))) / (20 * B1_SYMBOLS * (shortBars - 1));
  const perLong =
    median([1, 2, 3].map(() => cpuMs(() => runB1(long, { create: restless })))) / (B1_SYMBOLS * (B1_BARS - 1));
  return [
    row('cost of a fill at 1,200,000 fills against 10,000', perLong / perShort, 'x of it', 1.15),
    row('cost of a fill, CPU', perLong * 1000, 'µs', null),
  ];
}
