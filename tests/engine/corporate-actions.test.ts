// A run in each day's own units, with splits, dividends and a delisting played as events, comes to what the same run over
// adjusted prices comes to: equity equal at every slice.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { backtest, type RunResult } from '@tradekit/backtest';
import {
  civilDay,
  newYorkDay,
  noRisk,
  nyse,
  type Session,
  type SessionDay,
  type StrategyFactory,
  type Timestamp,
} from '@tradekit/core';
import {
  type BarColumns,
  barFileName,
  type InstrumentRecord,
  loadBars,
  readBarFile,
  writeBarFile,
  writeSyntheticMarket,
} from '@tradekit/data';
import { sma } from '@tradekit/indicators';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'tradekit-actions-'));
const market = join(folder, 'market');
const SPLIT = civilDay(2021, 6, 7);
const REVERSE = civilDay(2021, 9, 13);

beforeAll(() => writeSyntheticMarket(market, { last: '2021-12-31', instruments: [{ id: 'A' }, { id: 'B' }] }));
afterAll(() => rmSync(folder, { recursive: true }));

/** Prices of bars before a day times `factor`, volumes by it. */
function before(day: number, factor: number, { start, open, high, low, close, volume }: BarColumns): BarColumns {
  const times = (column: Float64Array, by: number): Float64Array =>
    column.map((value, row) => (newYorkDay(start[row] as Timestamp) < day ? value * by : value));
  const [o, h, l, c] = [open, high, low, close].map((column) => times(column, factor)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  return { start, open: o, high: h, low: l, close: c, volume: times(volume, 1 / factor) };
}

/** Long above the mean of 20 bars, flat below it. */
const crossing: StrategyFactory = (setup) => {
  const mean = setup.feature(sma(20));
  return {
    name: 'crossing',
    positionSize: (signal, { equity, price }) => (signal.direction * equity * 0.4) / price,
    generateSignals: (view) =>
      view.instruments.flatMap((instrument) => {
        const average = view.feature(mean, instrument);
        if (Number.isNaN(average)) return [];
        return [
          { instrument, direction: view.close(instrument) > average * (1 + 1e-9) ? 1 : 0, reason: 'crossing' } as const,
        ];
      }),
  };
};

function run(from: string, instruments: readonly InstrumentRecord[], adjusted: 'raw' | 'split'): RunResult {
  const range = { calendar: nyse, start: civilDay(2021, 1, 1), end: civilDay(2021, 12, 31) };
  const fine = instruments.map((record) => ({ ...record, lot: 1e-9, tickSize: 1e-9 }));
  const { history } = loadBars({ folder: from, instruments: fine, adjusted, ...range });
  return backtest({
    history,
    calendar: nyse,
    risk: noRisk,
    initialCash: 100_000,
    strategies: [{ name: 'crossing', weight: 1, create: crossing }],
  });
}

/** Fills and movements make up the whole account: nothing moves without leaving its row. */
function accounted({ fills, movements, positions, initialCash, finalCash }: RunResult): void {
  const shares = [0, 0];
  let cash = initialCash;
  const events = [
    ...Array.from({ length: fills.length }, (_, k) => ({ time: fills.time[k] ?? Number.NaN, k })),
    ...movements.map((movement) => ({ time: movement.time, movement })),
  ].sort((a, b) => a.time - b.time);
  for (const event of events) {
    if ('movement' in event) {
      const { instrument = 0, sharesBefore, sharesAfter, cash: paid } = event.movement;
      expect(shares[instrument]).toBeCloseTo(sharesBefore, 6);
      shares[instrument] = sharesAfter;
      cash += paid;
    } else {
      const { k } = event;
      const signed = (fills.sign[k] ?? 0) * (fills.quantity[k] ?? 0);
      const place = fills.instrument[k] ?? 0;
      shares[place] = (shares[place] ?? 0) + signed;
      cash -= signed * (fills.price[k] ?? 0) + (fills.commission[k] ?? 0);
    }
  }
  expect(cash).toBeCloseTo(finalCash, 5);
  for (const i of [0, 1]) {
    expect(shares[i]).toBeCloseTo(positions.find(({ instrument }) => instrument === i)?.quantity ?? 0, 6);
  }
}

function equal(a: RunResult, b: RunResult): void {
  expect(a.equity.length).toBe(b.equity.length);
  let worst = 0;
  for (let k = 0; k < a.equity.length; k++) {
    worst = Math.max(worst, Math.abs((a.equity.equity[k] ?? Number.NaN) / (b.equity.equity[k] ?? Number.NaN) - 1));
  }
  expect(worst).toBeLessThan(1e-9);
}

describe('corporate actions in a run', () => {
  test('4 for 1, and 1 for 10: as traded is as adjusted', () => {
    const a = readBarFile(join(market, barFileName('A', 15)));
    const asTraded = before(REVERSE, 0.1, before(SPLIT, 4, a));
    const own = join(folder, 'as-traded');
    mkdirSync(own);
    writeBarFile(join(own, barFileName('A', 15)), asTraded, 9);
    writeBarFile(join(own, barFileName('B', 15)), readBarFile(join(market, barFileName('B', 15))));
    const splits = [
      { date: SPLIT, ratio: 4 },
      { date: REVERSE, ratio: 0.1 },
    ];
    const raw = run(own, [{ id: 'A', splits }, { id: 'B' }], 'raw');
    const adjusted = run(market, [{ id: 'A', splits }, { id: 'B' }], 'split');
    expect(raw.fills.length).toBeGreaterThan(100);
    expect(raw.fills.length).toBe(adjusted.fills.length);
    equal(raw, adjusted);
    accounted(raw);
    expect(raw.movements.every(({ type, instrument }) => type === 'split' && instrument === 0)).toBe(true);
    // Without the record a split is a fall of three quarters: the test can fail.
    expect(() => equal(run(own, [{ id: 'A' }, { id: 'B' }], 'raw'), adjusted)).toThrow();
  });

  test('a dividend is paid to who holds overnight', () => {
    const plain = run(market, [{ id: 'A' }, { id: 'B' }], 'split');
    const { day, open: at } = holding(plain);
    const dividends = [{ date: day, perShare: 0.5 }];
    const paid = run(market, [{ id: 'A', dividends }, { id: 'B' }], 'split');
    const held = heldAt(plain, at);
    expect(held).toBeGreaterThan(0);
    const k = plain.equity.time.findIndex((time) => time > at);
    expect((paid.equity.equity[k] ?? 0) - (plain.equity.equity[k] ?? 0)).toBeCloseTo(0.5 * held, 6);
    accounted(paid);
    expect(paid.movements).toMatchObject([{ type: 'dividend', value: 0.5, cash: expect.closeTo(0.5 * held, 6) }]);
  });

  test('an instrument that leaves is paid out in cash at its last close, and is never traded again', () => {
    const stayed = run(market, [{ id: 'A' }, { id: 'B' }], 'split');
    const { day, open: close } = holding(stayed);
    const left = run(market, [{ id: 'A', to: (day - 1) as SessionDay }, { id: 'B' }], 'split');
    expect(left.fills.time.some((time, k) => time > close && left.fills.instrument[k] === 0)).toBe(false);
    const k = left.equity.time.findIndex((time) => time > close);
    // The first slice after it: what A was worth at its last close is cash now, and only B moves.
    expect(left.equity.cash[k]).toBeGreaterThan(stayed.equity.cash[k] ?? Number.POSITIVE_INFINITY);
    accounted(left);
    expect(left.movements).toMatchObject([{ type: 'delisted', sharesAfter: 0 }]);
  });
});

/** The first session from March on at whose open instrument 0 is held from the day before. */
function holding(result: RunResult): Session {
  const sessions = nyse.sessions(civilDay(2021, 3, 1), civilDay(2021, 12, 31));
  const found = sessions.find(({ open }) => heldAt(result, open - 1) > 0);
  if (found === undefined) throw new Error('nothing is ever held overnight');
  return found;
}

/** Shares of instrument 0 after all fills up to an instant. */
function heldAt(result: RunResult, time: number): number {
  let held = 0;
  const { fills } = result;
  for (let k = 0; k < fills.length; k++) {
    if (fills.instrument[k] === 0 && (fills.time[k] ?? time) <= time)
      held += (fills.sign[k] ?? 0) * (fills.quantity[k] ?? 0);
  }
  return held;
}
