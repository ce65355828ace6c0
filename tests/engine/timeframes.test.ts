// A strategy's longer bars are those of the batch resampler: one way to merge bars, two ways to come to them.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { backtest } from '@tradekit/backtest';
import {
  type Bars,
  civilDay,
  everySlice,
  type FeatureSpec,
  type InstrumentIndex,
  noRisk,
  nyse,
  on,
  type Timeframe,
} from '@tradekit/core';
import { barFileName, loadBars, readBarFile, resample, writeBarFile, writeSyntheticMarket } from '@tradekit/data';
import { afterAll, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'tradekit-timeframes-'));
afterAll(() => rmSync(folder, { recursive: true }));

const field = (name: keyof Bars): FeatureSpec => ({
  key: name,
  unit: 'none',
  warmUpBars: 1,
  create: ({ instruments }) => ({
    state: [],
    step(bars, offset, out, base) {
      for (let i = 0; i < instruments; i++) out[base + i] = bars[name][offset + i] ?? Number.NaN;
    },
  }),
});

const FIELDS = ['open', 'high', 'low', 'close', 'volume'] as const;

test.each<Timeframe>(['15min', '30min', 'hour', 'day', 'week'])('%s', (timeframe) => {
  writeSyntheticMarket(join(folder, timeframe), { last: '2021-12-31', instruments: [{ id: 'A', sector: 'Energy' }] });
  const file = join(folder, timeframe, barFileName('A', 15));
  const whole = readBarFile(file);
  // Every third bar and some weeks are lost.
  const kept = [...whole.start.keys()].filter((row) => row % 3 !== 0 && Math.floor(row / 700) % 4 !== 3);
  const pick = (column: Float64Array): Float64Array => Float64Array.from(kept, (row) => column[row] ?? Number.NaN);
  const { start, open, high, low, close, volume } = whole;
  const columns = {
    start: pick(start),
    open: pick(open),
    high: pick(high),
    low: pick(low),
    close: pick(close),
    volume: pick(volume),
  };
  const holed = join(folder, `${timeframe}-holed`);
  mkdirSync(holed);
  writeBarFile(join(holed, barFileName('A', 15)), columns);
  const { history } = loadBars({
    folder: holed,
    symbols: ['A'],
    calendar: nyse,
    start: civilDay(2021, 1, 1),
    end: civilDay(2021, 12, 31),
  });

  const seen: number[][] = [];
  backtest({
    history,
    calendar: nyse,
    timetable: everySlice,
    initialCash: 1000,
    risk: noRisk,
    strategies: [
      {
        name: 'watch',
        weight: 1,
        create(setup) {
          const handles = FIELDS.map((name) => setup.feature(on(timeframe, field(name))));
          const a = 0 as InstrumentIndex;
          return {
            name: 'watch',
            generateSignals(market) {
              const [first] = handles;
              if (first === undefined || !market.closedNow(first)) return [];
              const bar = handles.map((handle) => market.feature(handle, a));
              if (!Number.isNaN(bar[0] ?? Number.NaN)) seen.push(bar);
              return [];
            },
          };
        },
      },
    ],
  });

  const batch = resample(columns, { barMinutes: 15, timeframe, calendar: nyse });
  const expected = [...batch.start.keys()].map((row) => FIELDS.map((name) => batch[name][row] ?? Number.NaN));
  // The last day and the last week close after the last slice: nobody is asked after that.
  const heard = timeframe === 'day' || timeframe === 'week' ? expected.slice(0, -1) : expected;
  expect(seen.length).toBeGreaterThan(20);
  expect(seen).toEqual(heard);
});
