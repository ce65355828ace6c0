import { createHash } from 'node:crypto';
import {
  type BarHistory,
  barGrid,
  createEngine,
  emptyBars,
  everySlice,
  type FeatureHandle,
  MINUTE_MS,
  noRisk,
  nyse,
  parseIsoDate,
  type SessionDay,
  stock,
  type Timestamp,
  universe,
} from '@tradekit/core';
import {
  batch,
  catalogue,
  defaultFeatures,
  type FeatureDefinition,
  featureColumns,
  featureSet,
} from '@tradekit/indicators';
import { expect, test } from 'vitest';

/** 60 sessions of six stocks in two sectors that walk by integers, with holes. */
function market(): BarHistory {
  const first = parseIsoDate('2021-01-04') as SessionDay;
  const sessions = nyse.sessions(first, (first + 100) as SessionDay).slice(0, 60);
  const grid = barGrid(sessions, 15 * MINUTE_MS);
  const names = ['A', 'B', 'C', 'D', 'E', 'F'];
  const bars = emptyBars(grid.starts.length * names.length);
  let seed = 7;
  const next = (): number => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return seed / 4_294_967_296;
  };
  for (const i of names.keys()) {
    let price = 100 + 10 * i;
    for (let row = 0; row < grid.starts.length; row++) {
      const open = price;
      price = Math.max(1, Math.round(price * 100 + (next() - 0.5) * 80) / 100);
      if (next() < 0.02) continue; // nobody traded
      const cell = row * names.length + i;
      bars.open[cell] = open;
      bars.close[cell] = price;
      bars.high[cell] = Math.max(open, price) + 0.05;
      bars.low[cell] = Math.min(open, price) - 0.05;
      bars.volume[cell] = 100 + Math.floor(next() * 1000);
    }
  }
  const official = new Float64Array(sessions.length * names.length).map((_, cell) =>
    cell % 3 === 0 ? Number.NaN : 100 + (cell % 7),
  );
  return {
    universe: universe(names.map((id, i) => stock(id, i < 3 ? 'Energy' : 'Financials'))),
    ...grid,
    bars,
    official,
  };
}

/** What a strategy reads at every slice. */
function inEngine(definitions: readonly FeatureDefinition[], history: BarHistory): readonly Float64Array[] {
  const { universe: instruments, sessions, firstRow, ends, bars, official } = history;
  const set = featureSet(definitions);
  const columns = set.features.map(() => new Float64Array(bars.close.length));
  let row = 0;
  const engine = createEngine({
    universe: instruments,
    calendar: nyse,
    risk: noRisk,
    initialCash: 1,
    timetable: everySlice,
    capabilities: {
      pricing: ['market'],
      bracket: true,
      oco: true,
      chain: true,
      replace: true,
      fractionalShares: true,
      shortSelling: true,
    },
    strategies: [
      {
        name: 'reader',
        weight: 1,
        create: (setup) => {
          const handles: FeatureHandle[] = set.features.map(({ spec }) => setup.feature(spec));
          return {
            name: 'reader',
            generateSignals(view) {
              for (const [f, handle] of handles.entries())
                for (const i of view.instruments)
                  (columns[f] as Float64Array)[row * instruments.size + i] = view.feature(handle, i);
              return [];
            },
          };
        },
      },
    ],
  });
  let sequence = 0;
  for (const [k, { day, close }] of sessions.entries()) {
    for (row = firstRow[k] ?? 0; row < (firstRow[k + 1] ?? 0); row++) {
      const cut = (column: Float64Array): Float64Array =>
        column.slice(row * instruments.size, (row + 1) * instruments.size);
      const end = ends[row] as Timestamp;
      const slice = {
        open: cut(bars.open),
        high: cut(bars.high),
        low: cut(bars.low),
        close: cut(bars.close),
        volume: cut(bars.volume),
      };
      engine.process({ kind: 'slice', session: day, end, time: end, sequence: sequence++, bars: slice });
    }
    const prices = official.slice(k * instruments.size, (k + 1) * instruments.size);
    engine.process({ kind: 'session-close', session: day, official: prices, time: close, sequence: sequence++ });
  }
  return columns;
}

const MIXED: readonly FeatureDefinition[] = [
  { name: 'hours', indicator: 'rsi', parameters: { period: 5 }, timeframe: 'hour' },
  { name: 'days', indicator: 'sma', parameters: { period: 3 }, timeframe: 'day' },
  { name: 'weeks', indicator: 'logReturn', timeframe: 'week' },
  { name: 'away', indicator: 'ratio', input: ['close', 'days'] },
  { name: 'fast', indicator: 'ema', parameters: { period: 3 } },
];

test.each([
  ['the default features', defaultFeatures],
  ['features of several timeframes', MIXED],
])('%s: columns are to the bit what a strategy reads', (_, definitions) => {
  const history = market();
  const { columns, names, rows, instruments } = featureColumns(featureSet(definitions), history);
  const shown = definitions.map(({ name }) => name).filter((name) => !name.startsWith('_'));
  expect([names, rows, instruments]).toEqual([shown, history.starts.length, 6]);
  const all = inEngine(definitions, history);
  expect(columns).toEqual(all.filter((__, f) => !definitions[f]?.name.startsWith('_')));
  for (const [f, column] of columns.entries()) {
    expect(
      column.some((value) => !Number.isNaN(value)),
      names[f],
    ).toBe(true);
    expect(
      column.some((value) => value === Number.POSITIVE_INFINITY),
      names[f],
    ).toBe(false);
  }
});

test('a part that several features share is computed once: the set costs no more than its parts', () => {
  const set = featureSet(MIXED.slice(4));
  expect(featureColumns(set, market()).columns[0]).toEqual(batch(set.spec('fast'), market()));
});

test('columns may be given, for one length of bars and for several', () => {
  const history = market();
  for (const definitions of [defaultFeatures.slice(0, 3), MIXED]) {
    const set = featureSet(definitions);
    const { columns } = featureColumns(set, history);
    const into = columns.map(({ length }) => new Float64Array(length));
    expect(featureColumns(set, history, into).columns).toEqual(columns);
    expect(into).toEqual(columns);
    expect(() => featureColumns(set, history, into.slice(1))).toThrow('give one each');
  }
});

test('columns over cut data have the same past', () => {
  const history = market();
  const set = featureSet([...defaultFeatures, ...MIXED]);
  const whole = featureColumns(set, history).columns;
  const kept = history.firstRow[40] ?? 0;
  const cut = (column: Float64Array): Float64Array => column.slice(0, kept * 6);
  const { open, high, low, close, volume } = history.bars;
  const half: BarHistory = {
    ...history,
    sessions: history.sessions.slice(0, 40),
    firstRow: history.firstRow.slice(0, 41),
    starts: history.starts.slice(0, kept),
    ends: history.ends.slice(0, kept),
    bars: { open: cut(open), high: cut(high), low: cut(low), close: cut(close), volume: cut(volume) },
    official: history.official.slice(0, 40 * 6),
  };
  expect(featureColumns(set, half).columns).toEqual(whole.map(cut));
});

test('the numbers of every named indicator are those of this version of the kernels', () => {
  const definitions = [...catalogue.values()].map(
    ({ name, inputs }): FeatureDefinition => ({
      name: `${name} of bars`,
      indicator: name,
      ...(inputs === 2 && { input: ['close', 'open'] }),
    }),
  );
  const hash = createHash('sha256');
  for (const column of featureColumns(featureSet(definitions), market()).columns) {
    hash.update(column.map((value) => (Number.isNaN(value) ? Number.NaN : value)));
  }
  // Another hash is another version: raise `KERNELS` in feature-set.ts, so that columns saved before are not found any more, and pin both anew.
  expect(featureSet([]).text).toBe('kernels 2');
  expect(hash.digest('hex')).toBe('52d7183e095b0fc9c72f072bd2a72f8e7ab7c599ab9bc2d171d7dfe9bee63d64');
});
