/** Indicators that TA-Lib does not have, against values worked out by hand. */
import type { BarMoment, FeatureSpec, SessionDay } from '@tradekit/core';
import * as own from '@tradekit/indicators';
import { contractMarket } from '@tradekit/indicators/testing';
import { describe, expect, test } from 'vitest';

/** High, low, close of a bar; it opens where the one before closed, or at the fourth number, and trades 10 shares, or the fifth. */
type Row = readonly [high: number, low: number, close: number, open?: number, volume?: number];
const hole = Number.NaN;

/** Values over sessions of rows of quarter hours. */
function over(spec: FeatureSpec, ...sessions: readonly (readonly Row[])[]): readonly number[] {
  const one = own.stream(spec);
  let last = hole;
  return sessions.flatMap((rows, session) =>
    rows.map(([high, low, close, open = last, volume = 10], k) => {
      last = close;
      const moment: BarMoment = { session: session as SessionDay, minute: 15 * (k + 1), sessionMinutes: 390 };
      return one.next({ open, high, low, close, volume }, moment);
    }),
  );
}
const flat = (price: number, volume = 10): Row => [price, price, price, price, volume];

describe('VWAP', () => {
  const first: readonly Row[] = [flat(10, 100), flat(20, 300)];

  test('is reckoned anew each session, and has nothing while nothing trades', () => {
    expect(over(own.vwap(), first, [flat(5, 0), flat(6, 50)])).toEqual([10, 17.5, hole, 6]);
  });

  test('bands lie weighted deviations away: 100 × 7.5² + 300 × 2.5² over 400 is 18.75', () => {
    expect(over(own.vwapDeviation(), first)[1]).toBeCloseTo(Math.sqrt(18.75), 12);
    expect(over(own.vwapUpper(2), first)[1]).toBeCloseTo(17.5 + 2 * Math.sqrt(18.75), 12);
    expect(over(own.vwapLower(1), first)[1]).toBeCloseTo(17.5 - Math.sqrt(18.75), 12);
  });

  test('from an anchor on goes over sessions', () => {
    const anchored = own.anchoredVwap({ date: '1970-01-01', minute: 15 });
    expect(over(anchored, first, [flat(40, 300)])).toEqual([hole, 20, 30]);
  });
});

describe('levels of sessions', () => {
  // High 110, low 90, close 105.
  const day: readonly Row[] = [
    [104, 90, 100, 95],
    [110, 99, 105],
  ];
  const next: readonly Row[] = [flat(106)];
  const of = (options: own.PivotOptions): number => over(own.pivotPoint(options), day, next)[2] ?? hole;

  test('pivot points by the four methods', () => {
    const pivot = 305 / 3;
    expect(of({})).toBeCloseTo(pivot, 12);
    expect(of({ level: 'r1' })).toBeCloseTo(2 * pivot - 90, 12);
    expect(of({ level: 's2' })).toBeCloseTo(pivot - 20, 12);
    expect(of({ level: 'r3' })).toBeCloseTo(110 + 2 * (pivot - 90), 12);
    expect(of({ level: 's3' })).toBeCloseTo(90 - 2 * (110 - pivot), 12);
    expect(of({ method: 'fibonacci', level: 's1' })).toBeCloseTo(pivot - 0.382 * 20, 12);
    expect(of({ method: 'camarilla', level: 'r3' })).toBeCloseTo(105 + (20 * 1.1) / 4, 12);
    expect(of({ method: 'woodie', level: 'p' })).toBeCloseTo(102.5, 12);
    expect(of({ method: 'woodie', level: 's3' })).toBeCloseTo(90 - 2 * (110 - 102.5), 12);
  });

  test('the session before has an open of its first bar, and nothing when it had no bar', () => {
    expect(over(own.previousSession('open'), day, next)[2]).toBe(95);
    expect(over(own.previousSession('high'), day, [flat(hole)], next)[3]).toBeNaN();
  });

  test('a gap of 5 % up is filled when the price is back at the last close', () => {
    const gapped: readonly Row[] = [
      [112, 110, 111, 110.25],
      [112, 105, 107],
      [112, 108, 111],
    ];
    expect(over(own.openingGap(), day, gapped)[2]).toBeCloseTo(0.05, 12);
    expect(over(own.gapFilled(), day, gapped).slice(2)).toEqual([0, 1, 1]);
    expect(over(own.overnightReturn(), day, gapped)[4]).toBeCloseTo(Math.log(110.25 / 105), 12);
    expect(over(own.intradayReturn(), day, gapped)[4]).toBeCloseTo(Math.log(111 / 110.25), 12);
  });

  test('the opening range is known when its minutes are over, also over a hole, and begins anew', () => {
    const rows: readonly Row[] = [[3, 1, 2], flat(hole), flat(9)];
    expect(over(own.openingRangeHigh(30), rows, rows)).toEqual([hole, hole, 3, hole, hole, 3]);
    expect(over(own.openingRangeLow(15), rows)).toEqual([1, hole, 1]);
  });

  test('relative volume compares with the same time of day', () => {
    const days = [1, 2, 3].map((n): readonly Row[] => [flat(1, 10 * n), flat(1, 100 * n)]);
    expect(over(own.relativeVolume({ sessions: 2 }), ...days)).toEqual([hole, hole, hole, hole, 2, 2]);
  });
});

describe('swings', () => {
  const highs = [1, 2, 5, 3, 4, 1, 1].map((top): Row => [top, top - 1, top - 0.5]);

  test('are known only after the bars that confirm them', () => {
    expect(over(own.swingHigh({ left: 2, right: 2 }), highs)).toEqual([hole, hole, hole, hole, 5, 5, 5]);
    expect(over(own.swingHigh({ left: 1, right: 1 }), highs)).toEqual([hole, hole, hole, 5, 5, 4, 4]);
    expect(over(own.swingLow({ left: 1, right: 1 }), highs)).toEqual([hole, hole, hole, hole, 2, 2, 0]);
  });

  test('that lie together make a level, with its touches and its age', () => {
    // Highs of 10 and 10.04 within 0.5 %; lows of 5 and 5.01.
    const zigzag = [7, 10, 7, 5, 7, 10.04, 7, 5.01, 7, 7].map((price): Row => [price, price, price]);
    const options = { left: 1, right: 1 };
    expect(over(own.resistance(options), zigzag)[6]).toBeCloseTo(10.02, 12);
    expect(over(own.resistanceTouches(options), zigzag)[6]).toBe(2);
    expect(over(own.resistanceAge(options), zigzag)[6]).toBe(4);
    expect(over(own.support(options), zigzag)[8]).toBeCloseTo(5.005, 12);
    expect(over(own.support({ ...options, touches: 3 }), zigzag)[8]).toBeNaN();
  });
});

test('candlestick patterns by their shapes', () => {
  const last = (pattern: own.CandlestickPattern, ...rows: readonly Row[]): number | undefined =>
    over(own.candlestick(pattern), rows).at(-1);
  expect(last('doji', [11, 9, 10.1, 10])).toBe(1);
  expect(last('hammer', [10.1, 7, 10, 9])).toBe(1);
  expect(last('shooting-star', [13, 9.9, 10, 11])).toBe(-1);
  expect(last('marubozu', [12, 10, 12, 10])).toBe(1);
  expect(last('engulfing', [10, 8, 9, 10], [12, 8, 11, 8])).toBe(1);
  expect(last('engulfing', [10, 8, 10, 9], [12, 8, 8, 11])).toBe(-1);
  expect(last('harami', [12, 7, 8, 12], [10, 9, 10, 9])).toBe(1);
  expect(last('inside-bar', [12, 7, 8, 12], [10, 9, 10, 9])).toBe(1);
  expect(last('star', [12, 8, 8, 12], [8, 6.5, 7, 6.8], [11.5, 8, 11, 8])).toBe(1);
  expect(last('star', [12, 8, 12, 8], [13.5, 12, 13, 12.8], [12, 8, 9, 12])).toBe(-1);
  expect(last('engulfing', [12, 8, 9, 10], flat(hole), [12, 8, 11, 8])).toBeNaN();
});

describe('volatilities equal their definitions on the last window', () => {
  const { bars, universe } = contractMarket('clean', 60);
  const row = (name: keyof typeof bars, k: number): number => bars[name][k * universe.size] ?? hole;
  const rows = Array.from({ length: 20 }, (_, k) => 40 + k);
  const sum = (list: readonly number[]): number => list.reduce((total, value) => total + value, 0);
  const variance = (list: readonly number[]): number =>
    sum(list.map((value) => (value - sum(list) / list.length) ** 2)) / (list.length - 1);
  const history = contractMarket('clean', 60);
  const last = (spec: FeatureSpec): number => own.batch(spec, history)[59 * universe.size] ?? hole;
  const options = { period: 20, barsPerYear: 252 };
  const ranges = rows.map((k) => Math.log(row('high', k) / row('low', k)));
  const moves = rows.map((k) => Math.log(row('close', k) / row('open', k)));
  const gaps = rows.map((k) => Math.log(row('open', k) / row('close', k - 1)));

  test('Parkinson, Garman and Klass', () => {
    const parkinson = Math.sqrt((sum(ranges.map((r) => r * r)) / (20 * 4 * Math.LN2)) * 252);
    expect(last(own.parkinsonVolatility(options))).toBeCloseTo(parkinson, 12);
    const daily = sum(ranges.map((r, k) => r ** 2 / 2 - (2 * Math.LN2 - 1) * (moves[k] ?? 0) ** 2)) / 20;
    expect(last(own.garmanKlassVolatility(options))).toBeCloseTo(Math.sqrt(daily * 252), 12);
  });

  test('Yang and Zhang, with their k', () => {
    const k = 0.34 / (1.34 + 21 / 19);
    const satchell = rows.map((n) => {
      const [up, down] = [Math.log(row('high', n) / row('open', n)), Math.log(row('low', n) / row('open', n))];
      const move = Math.log(row('close', n) / row('open', n));
      return up * (up - move) + down * (down - move);
    });
    const daily = variance(gaps) + k * variance(moves) + (1 - k) * (sum(satchell) / 20);
    expect(last(own.yangZhangVolatility(options))).toBeCloseTo(Math.sqrt(daily * 252), 12);
  });

  test('skewness of returns, adjusted for the sample', () => {
    const returns = rows.map((n) => Math.log(row('close', n) / row('close', n - 1)));
    const mean = sum(returns) / 20;
    const g = ((20 / (19 * 18)) * sum(returns.map((r) => (r - mean) ** 3))) / variance(returns) ** 1.5;
    expect(last(own.rollingSkewness({ period: 20 }))).toBeCloseTo(g, 9);
    expect(last(own.historicalVolatility(options))).toBeCloseTo(Math.sqrt(variance(returns) * 252), 10);
  });

  test('Supertrend turns when a close is beyond the band', () => {
    const direction = own.batch(own.supertrendDirection({ period: 5, multiplier: 1 }), history);
    const line = own.batch(own.supertrend({ period: 5, multiplier: 1 }), history);
    for (let cell = 10 * universe.size; cell < direction.length; cell++) {
      const close = bars.close[cell] ?? hole;
      expect(Math.sign(close - (line[cell] ?? hole)) || direction[cell]).toBe(direction[cell]);
    }
  });
});
