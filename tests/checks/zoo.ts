/** Strategies that cheat: each has the raw columns by a back door that only a test opens, for a strategy's own view has no future. */
import type { BarHistory, FeatureSpec, InstrumentIndex, MarketView, Signal, StrategyFactory } from '@tradekit/core';

/** A strategy made with the whole market in its hands. */
export type Cheat = (market: BarHistory) => StrategyFactory;

/** A number for an instrument at a row: above 0 it wants to be long, below 0 flat, NaN leaves things as they are. */
type View = (row: number, instrument: number, market: MarketView) => number;

/** Long where the view is above 0, flat where it is below. */
function byView(name: string, viewOf: (market: BarHistory) => View): [string, Cheat] {
  return [
    name,
    (history) => {
      const view = viewOf(history);
      return () => ({
        name,
        generateSignals: (market) => market.instruments.flatMap((i) => wish(i, view(market.slice, i, market), market)),
      });
    },
  ];
}

function wish(instrument: InstrumentIndex, value: number, market: MarketView): readonly Signal[] {
  const { direction } = market.stance(instrument);
  if (value > 0 && direction !== 1) return [{ instrument, direction: 1, reason: 'up' }];
  if (value < 0 && direction === 1) return [{ instrument, direction: 0, reason: 'down' }];
  return [];
}

/** Reads a column at a row; NaN beyond the end. */
const at =
  ({ bars, universe: { size } }: BarHistory, name: 'open' | 'high' | 'low' | 'close' | 'volume') =>
  (row: number, i: number) =>
    bars[name][row * size + i] ?? Number.NaN;

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** A feature whose kernel reads the market itself: `value(row, instrument)`. */
function stolen(key: string, value: (row: number, instrument: number) => number): FeatureSpec {
  return {
    key,
    unit: 'none',
    warmUpBars: 1,
    create({ instruments }) {
      const row = new Int32Array(1).fill(-1);
      return {
        state: [row],
        step(_bars, _offset, out, base) {
          row[0] = (row[0] ?? Number.NaN) + 1;
          for (let i = 0; i < instruments; i++) out[base + i] = value(row[0] ?? Number.NaN, i);
        },
      };
    },
  };
}

function byFeature(name: string, specOf: (market: BarHistory) => FeatureSpec): [string, Cheat] {
  return [
    name,
    (history) => (setup) => {
      const handle = setup.feature(specOf(history));
      return {
        name,
        generateSignals: (market) => market.instruments.flatMap((i) => wish(i, market.feature(handle, i), market)),
      };
    },
  ];
}

/** Twenty ways of knowing what cannot be known. */
export const cheats: readonly (readonly [string, Cheat])[] = [
  byView('future close', (m) => (row, i) => at(m, 'close')(row + 2, i) - at(m, 'open')(row + 1, i)),
  byView('next open', (m) => (row, i) => at(m, 'open')(row + 1, i) - at(m, 'close')(row, i)),
  byView('high of the bar it enters', (m) => (row, i) => at(m, 'high')(row + 1, i) / at(m, 'close')(row, i) - 1.002),
  byView('low of the bar it enters', (m) => (row, i) => at(m, 'low')(row + 1, i) / at(m, 'close')(row, i) - 0.998),
  byView('future volume', (m) => (row, i) => at(m, 'volume')(row + 1, i) - at(m, 'volume')(row, i)),
  byView('mean of the whole sample', (m) => {
    const rows = m.starts.length;
    const means = m.universe.instruments.map((_, i) =>
      meanOf(Array.from({ length: rows }, (_, row) => at(m, 'close')(row, i))),
    );
    return (row, i) => (means[i] ?? Number.NaN) - at(m, 'close')(row, i);
  }),
  byView('range of the whole sample', (m) => {
    const rows = m.starts.length;
    const highs = m.universe.instruments.map((_, i) =>
      Math.max(...Array.from({ length: rows }, (_, row) => at(m, 'high')(row, i))),
    );
    const lows = m.universe.instruments.map((_, i) =>
      Math.min(...Array.from({ length: rows }, (_, row) => at(m, 'low')(row, i))),
    );
    return (row, i) =>
      0.5 - (at(m, 'close')(row, i) - (lows[i] ?? Number.NaN)) / ((highs[i] ?? Number.NaN) - (lows[i] ?? Number.NaN));
  }),
  byView('scale of the whole sample', (m) => {
    const rows = m.starts.length;
    const moves = m.universe.instruments.map((_, i) =>
      Math.sqrt(
        meanOf(
          Array.from({ length: rows - 1 }, (_, row) => (at(m, 'close')(row + 1, i) / at(m, 'close')(row, i) - 1) ** 2),
        ),
      ),
    );
    return (row, i) => (at(m, 'close')(row, i) / at(m, 'open')(row, i) - 1) / (moves[i] ?? Number.NaN) - 0.5;
  }),
  byView(
    'centred window',
    (m) => (row, i) => meanOf([-2, -1, 0, 1, 2].map((k) => at(m, 'close')(row + k, i))) - at(m, 'close')(row, i),
  ),
  byView('label that was not shifted', (m) => {
    const label = (row: number, i: number): number => Math.sign(at(m, 'open')(row + 2, i) - at(m, 'open')(row + 1, i));
    return (row, i) => label(row, i);
  }),
  byView('daily bar before its close', (m) => (row, i) => {
    const session = m.firstRow.findLastIndex((first) => first <= row);
    return (m.official[session * m.universe.size + i] ?? Number.NaN) - at(m, 'close')(row, i);
  }),
  byView('high of the day before it is over', (m) => (row, i) => {
    const session = m.firstRow.findLastIndex((first) => first <= row);
    let high = 0;
    for (let k = m.firstRow[session] ?? Number.NaN; k < (m.firstRow[session + 1] ?? Number.NaN); k++)
      high = Math.max(high, at(m, 'high')(k, i));
    return high / at(m, 'close')(row, i) - 1.003;
  }),
  byView("another symbol's next bar", (m) => (row, i) => {
    const other = (i + 1) % m.universe.size;
    return at(m, 'close')(row + 1, other) - at(m, 'close')(row, other);
  }),
  byView('rank of tomorrow', (m) => (row) => {
    const returns = m.universe.instruments.map((_, k) => at(m, 'close')(row + 26, k) / at(m, 'close')(row, k));
    return (returns[0] ?? Number.NaN) - meanOf(returns);
  }),
  byView('swing that is not confirmed', (m) => (row, i) => {
    const low = at(m, 'low')(row, i);
    const isSwing = [-3, -2, -1, 1, 2, 3].every((k) => at(m, 'low')(row + k, i) > low);
    return isSwing ? 1 : Number.NaN;
  }),
  byView('gap of the next session', (m) => (row, i) => {
    const session = m.firstRow.findLastIndex((first) => first <= row);
    return at(m, 'open')(m.firstRow[session + 1] ?? row, i) - at(m, 'close')(row, i);
  }),
  byView('hole that was filled backwards', (m) => (row, i) => {
    const values = [1, 2, 3].map((k) => at(m, 'close')(row + k, i)).filter((value) => !Number.isNaN(value));
    return (values[0] ?? at(m, 'close')(row, i)) - at(m, 'close')(row, i);
  }),
  [
    'target at the high to come',
    (history) => () => ({
      name: 'target at the high to come',
      generateSignals: (market) =>
        market.instruments.flatMap((instrument): Signal[] => {
          if (market.slice % 20 !== 0 || market.stance(instrument).direction !== 0) return [];
          const highs = [1, 2, 3, 4, 5].map((k) => at(history, 'high')(market.slice + k, instrument));
          return [
            {
              instrument,
              direction: 1,
              targetPrice: Math.max(...highs.filter((high) => high > 0), market.close(instrument) * 1.001),
              reason: 'up',
            },
          ];
        }),
    }),
  ],
  byFeature('feature of the next bar', (m) =>
    stolen('stolen(next return)', (row, i) => at(m, 'close')(row + 1, i) / at(m, 'close')(row, i) - 1),
  ),
  byFeature('feature scaled by the whole sample', (m) => {
    const rows = m.starts.length;
    const means = m.universe.instruments.map((_, i) =>
      meanOf(Array.from({ length: rows }, (_, row) => at(m, 'volume')(row, i))),
    );
    return stolen('stolen(volume over its mean)', (row, i) => at(m, 'volume')(row, i) / (means[i] ?? Number.NaN) - 1);
  }),
];
