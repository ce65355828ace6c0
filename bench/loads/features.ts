/** The default feature set over B1's market: whole columns, and slice by slice through an engine whose strategy reads them all. */
import { type BarHistory, emptyBars, FeatureBoard, type StrategyFactory, type Timestamp } from '@tradekit/core';
import { defaultFeatures, featureColumns, featureSet } from '@tradekit/indicators';
import { bareLoop, bareMarket } from '../b1-bare.js';
import { runB1 } from '../b1-engine.js';
import { b1Calendar, b1History } from '../b1-market.js';
import { inTurn, report, row } from '../measure.js';

const history = b1History();
const market = bareMarket(history.bars);
const set = featureSet(defaultFeatures);
/** Written again in every run, as in the load of six indicators: what counts is reckoning, not the system's handing out of 230 MB. */
const into = featureColumns(set, history).columns;

/** Asks for every feature and trades nothing: what is left is the venue, the engine and the features. */
const reader: StrategyFactory = (setup) => {
  for (const { spec } of set.features) setup.feature(spec);
  return { name: 'reader', generateSignals: () => [] };
};

/** Heap in kB that is left, and collections of the young generation, when the board alone steps every slice. */
function stepping({ universe, sessions, firstRow, ends, bars }: BarHistory): number {
  const board = new FeatureBoard(universe, b1Calendar, history.barMs);
  for (const { spec } of set.features) board.add(spec);
  const { size } = universe;
  const slice = emptyBars(size);
  const step = (k: number, at: number): void => {
    for (let i = 0; i < size; i++) {
      slice.open[i] = bars.open[at * size + i] ?? 0;
      slice.high[i] = bars.high[at * size + i] ?? 0;
      slice.low[i] = bars.low[at * size + i] ?? 0;
      slice.close[i] = bars.close[at * size + i] ?? 0;
      slice.volume[i] = bars.volume[at * size + i] ?? 0;
    }
    const session = sessions[k];
    if (session !== undefined) board.step(slice, session, ends[at] as Timestamp);
  };
  const over = (from: number, to: number): void => {
    for (let k = from; k < to; k++) for (let at = firstRow[k] ?? 0; at < (firstRow[k + 1] ?? 0); at++) step(k, at);
  };
  over(0, 100); // kernels are made and optimized
  global.gc?.();
  const before = process.memoryUsage().heapUsed;
  over(100, sessions.length);
  global.gc?.();
  return (process.memoryUsage().heapUsed - before) / 1024;
}

const ms = inTurn({
  bare: () => bareLoop(market),
  batch: () => featureColumns(set, history, into),
  engine: () => runB1(history, { create: reader }),
});
report(
  row('25 features in batch, 46 x 26,000 bars', ms.batch / ms.bare, 'x', 12),
  row('25 features through the engine, 46 x 26,000 bars', ms.engine / ms.bare, 'x', 16),
  row('25 features, heap left after 23,400 slices', stepping(history), 'kB', 64),
);
