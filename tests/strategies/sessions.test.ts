// Mean reversion on days that are not like the others: half days, summer time, and bars that are missing at the end of a session.
import { backtest, type RoundTrip, type RunResult } from '@tradekit/backtest';
import { type BarHistory, MINUTE_MS, nyse, type Session, type Timestamp } from '@tradekit/core';
import { syntheticHistory } from '@tradekit/data';
import { fixedFraction, riskManager } from '@tradekit/risk';
import { meanReversion } from '@tradekit/strategies';
import { expect, test } from 'vitest';

const instruments = Array.from({ length: 6 }, (_, k) => ({ id: `S${k}` }));

/** A year with two changes of the clock and a half day, without the bars that end so many minutes before the close. */
function market(missing: number | undefined, isMissing: (instrument: number) => boolean = () => true): BarHistory {
  const history = syntheticHistory({ seed: 5, first: '2021-01-04', last: '2021-12-31', instruments });
  const { sessions, firstRow, ends, bars, universe } = history;
  for (const [k, { close }] of sessions.entries()) {
    for (let row = firstRow[k] ?? 0; row < (firstRow[k + 1] ?? 0); row++) {
      if (missing === undefined || close - (ends[row] ?? 0) !== missing * MINUTE_MS) continue;
      for (let i = 0; i < universe.size; i++) {
        if (isMissing(i)) for (const column of Object.values(bars)) column[row * universe.size + i] = Number.NaN;
      }
    }
  }
  return history;
}

/** Easily stretched, so that there are many positions; held as long as the session lasts. */
function run(history: BarHistory, parameters: object = {}): RunResult {
  return backtest({
    history,
    calendar: nyse,
    initialCash: 1_000_000,
    risk: riskManager({ sizer: fixedFraction({ targetFraction: 0.04 }), rules: [] }),
    strategies: [
      {
        name: 's',
        weight: 1,
        create: meanReversion,
        parameters: { enterZ: 0.8, exitZ: -5, rsiLimit: 50, trendLimit: 10, longestBars: 100, ...parameters },
      },
    ],
  });
}

const sessionOf = ({ sessions }: BarHistory, time: Timestamp): Session | undefined =>
  sessions.find(({ open, close }) => time >= open && time <= close);

test('is flat by the open of the last bar of every session: of half days, and on either side of the clock change', () => {
  const history = market(undefined);
  const { trades } = run(history);
  const lengths = new Set<number>();
  for (const { entryTime, exitTime } of trades) {
    const { open, close } = sessionOf(history, entryTime) ?? { open: 0, close: 0 };
    lengths.add((close - open) / MINUTE_MS);
    expect(exitTime).toBeLessThanOrEqual(close - 15 * MINUTE_MS);
    // The first decision is the slice of 10:00, whatever the clock in Greenwich says.
    expect(entryTime - open).toBeGreaterThanOrEqual(30 * MINUTE_MS);
  }
  expect([...lengths].sort()).toEqual([210, 390]);
  const hours = new Set(trades.map(({ exitTime }) => new Date(exitTime).toISOString().slice(11, 16)));
  expect(hours).toContain('19:45'); // 15:45 in summer
  expect(hours).toContain('20:45'); // 15:45 in winter
  expect(hours).toContain('17:45'); // 12:45 on a half day in winter
});

test('the exit slice closes also what has no bar in it', () => {
  for (const history of [market(15), market(15, (i) => i === 0)]) {
    const { trades } = run(history);
    expect(trades.length).toBeGreaterThan(300);
    for (const { entryTime, exitTime } of trades)
      expect(exitTime).toBeLessThanOrEqual(sessionOf(history, entryTime)?.close ?? 0);
  }
});

test('what has no bar after the exit slice is closed at the open of its next bar, and nothing else stays overnight', () => {
  const history = market(0, (i) => i === 0);
  const { trades } = run(history);
  const staying = trades.filter(
    ({ entryTime, exitTime }) => sessionOf(history, entryTime) !== sessionOf(history, exitTime),
  );
  expect(staying.length).toBeGreaterThan(10);
  for (const { instrument, exitTime } of staying) {
    expect(instrument).toBe(0);
    expect(exitTime).toBe(sessionOf(history, exitTime)?.open);
  }
});

test('without shorts it never sells short', () => {
  const sideOf = ({ direction }: RoundTrip): number => direction;
  const history = market(undefined);
  expect(new Set(run(history).trades.map(sideOf))).toEqual(new Set([1, -1]));
  expect(new Set(run(history, { shorts: false }).trades.map(sideOf))).toEqual(new Set([1]));
});
