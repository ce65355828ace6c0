/** Values worked out by hand for what TA-Lib does not have, at least two of each; sources in the doc comments of the indicators. */
import type { BarMoment, FeatureSpec, SessionDay } from '@tradekit/core';
import * as own from '@tradekit/indicators';
import { describe, expect, test } from 'vitest';

type Row = readonly [open: number, high: number, low: number, close: number, volume?: number];
const hole: Row = [Number.NaN, Number.NaN, Number.NaN, Number.NaN, Number.NaN];
const flat = (price: number, volume = 10): Row => [price, price, price, price, volume];

interface SessionRows {
  readonly session: number;
  readonly minutes?: number;
  readonly rows: readonly Row[];
}

/** Values of quarter hours; a session is its number, its length and its bars. */
function over(spec: FeatureSpec, ...sessions: readonly SessionRows[]): readonly number[] {
  const one = own.stream(spec);
  return sessions.flatMap(({ session, minutes = 390, rows }) =>
    rows.map(([open, high, low, close, volume = 10], k) => {
      const moment: BarMoment = { session: session as SessionDay, minute: 15 * (k + 1), sessionMinutes: minutes };
      return one.next({ open, high, low, close, volume }, moment);
    }),
  );
}
const values = (spec: FeatureSpec, ...rows: readonly Row[]): readonly number[] => over(spec, { session: 0, rows });
const rounded = (list: readonly number[], digits = 6): readonly number[] =>
  list.map((value) => Number(value.toFixed(digits)));
const none = Number.NaN;

describe('Ichimoku', () => {
  const highs = [10, 14, 12, 20, 18];
  const lows = [8, 9, 10, 11, 13];
  const bars = highs.map((high, k): Row => [high, high, lows[k] ?? 0, lows[k] ?? 0]);

  test('conversion and base line are middles of ranges', () => {
    expect(values(own.ichimokuConversion(2), ...bars)).toEqual([none, 11, 11.5, 15, 15.5]);
    expect(values(own.ichimokuBase(3), ...bars)).toEqual([none, none, 11, 14.5, 15]);
  });

  test('the cloud over a bar is that of exactly `displacement` rows before, and knows nothing of what came since', () => {
    const spanA = own.ichimokuSpanA({ conversion: 1, base: 2, displacement: 2 });
    const spanB = own.ichimokuSpanB({ span: 2, displacement: 2 });
    expect(values(spanA, ...bars)).toEqual([none, none, none, (11.5 + 11) / 2, (11 + 11.5) / 2]);
    expect(values(spanB, ...bars)).toEqual([none, none, none, 11, 11.5]);
    const other = [...bars.slice(0, 3), flat(1000), flat(1)];
    expect(values(spanA, ...other)).toEqual(values(spanA, ...bars));
    expect(values(spanB, ...other)).toEqual(values(spanB, ...bars));
  });
});

describe('channels and volume', () => {
  test('Keltner: EMA(2) of 10, 12, 11 is 11 and 11; true ranges are 3 and 2', () => {
    const bars: readonly Row[] = [
      [10, 11, 9, 10],
      [12, 13, 11, 12],
      [11, 12, 10, 11],
    ];
    const options = { period: 2, atrPeriod: 1, multiplier: 2 };
    expect(values(own.keltnerUpper(options), ...bars)).toEqual([none, 17, 15]);
    expect(values(own.keltnerLower(options), ...bars)).toEqual([none, 5, 7]);
  });

  test('force index: +400, −300, +1200 make 50, and 50 + ⅔ × 1150', () => {
    const bars = [flat(10, 100), flat(12, 200), flat(11, 300), flat(14, 400)];
    expect(rounded(values(own.forceIndex(2), ...bars).slice(2))).toEqual([50, 816.666667]);
  });

  test('Chaikin money flow: 50 − 300 of 400 shares, −300 + 0 of 350; without volume none', () => {
    const bars: readonly Row[] = [[9, 12, 8, 11, 100], [9, 10, 8, 8, 300], flat(9, 50), flat(9, 0), flat(9, 0)];
    expect(rounded(values(own.chaikinMoneyFlow(2), ...bars))).toEqual([none, -0.625, -0.857143, 0, none]);
  });

  test('awesome oscillator: medians 10, 12, 11, 15', () => {
    const bars = [10, 12, 11, 15].map((price): Row => [price, price + 1, price - 1, price + 0.5]);
    expect(rounded(values(own.awesomeOscillator(2, 3), ...bars))).toEqual([none, none, 0.5, 0.333333]);
  });

  test('anchored VWAP: on a day without a session it begins with the next one, and goes on over holes and days', () => {
    const spec = own.anchoredVwap({ date: '1970-01-02', minute: 15 });
    const found = over(
      spec,
      { session: 0, rows: [flat(50)] },
      { session: 2, rows: [flat(10, 100), hole, flat(20, 300)] },
      { session: 3, rows: [flat(30, 400)] },
    );
    expect(found).toEqual([none, 10, none, 17.5, 23.75]);
  });

  test('relative volume of a half day’s last bar is reckoned against the same time of full days, that of days that had it', () => {
    const session = (n: number, shares: readonly number[], minutes = 390): SessionRows => ({
      session: n,
      minutes,
      rows: shares.map((volume) => (Number.isNaN(volume) ? hole : flat(5, volume))),
    });
    const spec = own.relativeVolume({ sessions: 2 });
    const found = over(
      spec,
      session(0, [10, 100, 1000]),
      session(1, [20, none, 1000]),
      session(2, [30, 300], 30), // a session of two bars: its last is at the time of the others' second
      session(3, [25, 400, 1000]),
    );
    expect(found.slice(6)).toEqual([2, none, 1, 2, 1]);
  });
});

describe('pivot points of high 110, low 90, close 105', () => {
  const day: SessionRows = {
    session: 0,
    rows: [
      [95, 104, 90, 100],
      [100, 110, 99, 105],
    ],
  };
  const at = (method: own.PivotMethod, level: own.PivotLevel): number =>
    Number((over(own.pivotPoint({ method, level }), day, { session: 1, rows: [flat(1)] })[2] ?? none).toFixed(4));

  test.each<[own.PivotMethod, Partial<Record<own.PivotLevel, number>>]>([
    ['classic', { p: 101.6667, r1: 113.3333, r2: 121.6667, r3: 133.3333, s1: 93.3333, s2: 81.6667, s3: 73.3333 }],
    ['fibonacci', { p: 101.6667, r1: 109.3067, r2: 114.0267, r3: 121.6667, s1: 94.0267, s2: 89.3067, s3: 81.6667 }],
    ['camarilla', { r1: 106.8333, r2: 108.6667, r3: 110.5, r4: 116, s1: 103.1667, s2: 101.3333, s3: 99.5, s4: 94 }],
    ['woodie', { p: 102.5, r1: 115, r2: 122.5, r3: 135, s1: 95, s2: 82.5, s3: 75 }],
  ])('%s, every level', (method, levels) => {
    for (const [level, price] of Object.entries(levels)) expect(at(method, level as own.PivotLevel)).toBe(price);
  });

  test('a half day counts as any session: its last bar is the close', () => {
    const half: SessionRows = { session: 0, minutes: 210, rows: [flat(95), [95, 110, 90, 105]] };
    expect(over(own.previousSession('close'), half, { session: 1, rows: [flat(7)] })[2]).toBe(105);
  });

  test('a session whose first bars are missing opens with the first that there is', () => {
    const late: SessionRows = { session: 1, rows: [hole, [115.5, 116, 115, 116], [116, 117, 105, 106]] };
    expect(rounded(over(own.openingGap(), day, late).slice(2))).toEqual([none, 0.1, 0.1]);
    expect(over(own.gapFilled(), day, late).slice(2)).toEqual([none, 0, 1]);
    expect(over(own.openingRangeHigh(30), day, late).slice(2)).toEqual([none, 116, 116]);
    expect(over(own.openingRangeLow(15), day, late).slice(2)).toEqual([none, none, none]);
  });
});

describe('swings and levels', () => {
  const rows = (...prices: readonly number[]): readonly Row[] => prices.map((price) => flat(price));

  test('of equal highs side by side the first is the swing, a bar that reaches it later makes it none', () => {
    expect(values(own.swingHigh({ left: 1, right: 1 }), ...rows(1, 3, 3, 1, 2))).toEqual([none, none, 3, 3, 3]);
    expect(values(own.swingHigh({ left: 1, right: 2 }), ...rows(1, 3, 2, 4, 1, 1))).toEqual([
      none,
      none,
      none,
      none,
      none,
      4,
    ]);
    expect(values(own.swingLow({ left: 1, right: 1 }), ...rows(3, 1, 1, 3, 0, 2))).toEqual([none, none, 1, 1, 1, 0]);
  });

  test('whatever comes after the confirming bar, what was known stays as it was', () => {
    const past = rows(1, 2, 5, 3, 4, 1, 6, 2, 2);
    const spec = own.swingHigh({ left: 2, right: 2 });
    for (let cut = 1; cut < past.length; cut++) {
      const changed = [...past.slice(0, cut), ...rows(99, 0, 99, 0)];
      expect(values(spec, ...changed).slice(0, cut)).toEqual(values(spec, ...past).slice(0, cut));
    }
  });

  test('swings further apart than the tolerance make no level, and a level may be touched by highs and lows', () => {
    const options = { left: 1, right: 1, toleranceFraction: 0.01 };
    // Highs 100 and 102: 2 % apart.
    expect(values(own.resistance(options), ...rows(90, 100, 90, 102, 90))[4]).toBeNaN();
    // A high of 100 and a low of 100.5 are one level, 100.25, seen from above as a support; ages from the older one.
    const both = rows(90, 100, 90, 110, 100.5, 105, 104);
    expect(values(own.support(options), ...both)[5]).toBe(100.25);
    expect(values(own.supportTouches(options), ...both)[5]).toBe(2);
    expect(values(own.supportAge(options), ...both).slice(5)).toEqual([3, 4]);
  });
});

test('candlesticks that are not quite there are none', () => {
  const last = (pattern: own.CandlestickPattern, ...rows: readonly Row[]): number | undefined =>
    values(own.candlestick(pattern), ...rows).at(-1);
  expect(last('doji', [10, 11, 9, 10.21])).toBe(0); // body 10.5 % of the range
  expect(last('hammer', [9, 10.5, 7, 10])).toBe(0); // upper shadow 14 %
  expect(last('hammer', [9, 10, 7.1, 10])).toBe(0); // lower shadow 1.9 bodies
  expect(last('shooting-star', [11, 12.9, 10, 10])).toBe(0);
  expect(last('marubozu', [10, 12, 10, 11.89])).toBe(0); // 94.5 %
  expect(last('engulfing', [9, 10, 8, 10], [8, 12, 8, 11])).toBe(0); // both rise
  expect(last('engulfing', [10, 10, 8, 9], [9.1, 12, 8, 11])).toBe(0); // opens inside
  expect(last('harami', [12, 14, 4, 8], [9, 10, 9, 10])).toBe(0); // the first is not long
  expect(last('star', [12, 12, 8, 8], [9, 9.5, 8.5, 9.2], [8, 11.5, 8, 11])).toBe(0); // does not lie below
  expect(last('inside-bar', [12, 12, 7, 8], [9, 12.1, 9, 10])).toBe(0);
});

describe('volatility, moments and co-movement', () => {
  test('Parkinson and Garman–Klass: log ranges 1 and 2, moves 1 and 0, then a bar without range', () => {
    const { E } = Math;
    const bars: readonly Row[] = [[1, E, 1, E], [1, E * E, 1, 1], flat(1)];
    const options = { period: 2, barsPerYear: 1 };
    // √(5/2 ÷ 4 ln 2), √(4/2 ÷ 4 ln 2); √((0.113706 + 2) / 2), 1
    expect(rounded(values(own.parkinsonVolatility(options), ...bars))).toEqual([none, 0.949571, 0.849322]);
    expect(rounded(values(own.garmanKlassVolatility(options), ...bars))).toEqual([none, 1.028033, 1]);
  });

  test('Yang–Zhang: 0.045 + 0.078341 × 0.02 + 0.921659 × 0.06, a year of 1 and of 4 bars', () => {
    const logs: readonly (readonly [number, number, number, number])[] = [
      [0, 0, 0, 0],
      [0.1, 0.3, -0.1, 0.2],
      [0, 0.1, -0.2, -0.1],
    ];
    const bars = logs.map(([a, b, c, d]): Row => [Math.exp(a), Math.exp(b), Math.exp(c), Math.exp(d)]);
    expect(rounded(values(own.yangZhangVolatility({ period: 2, barsPerYear: 1 }), ...bars))[2]).toBe(0.319165);
    expect(rounded(values(own.yangZhangVolatility({ period: 2, barsPerYear: 4 }), ...bars))[2]).toBe(0.63833);
  });

  test('skewness G₁: of 1, 2, 3, 10 it is 1.763633, of 2, 3, 10, 5 it is 1.330938 (SKEW of spreadsheets)', () => {
    const spec = own.rollingSkewness({ period: 4, input: 'close' });
    expect(rounded(values(spec, ...[1, 2, 3, 10, 5].map((price) => flat(price))).slice(3), 5)).toEqual([
      1.76363, 1.33094,
    ]);
  });

  test('correlation and beta of 1, 2, 3, 5 with 2, 4, 5, 4: 3.75 ÷ √(8.75 × 4.75) and 3.75 ÷ 4.75', () => {
    const bars = [flat(1, 2), flat(2, 4), flat(3, 5), flat(5, 4), flat(4, 2)];
    const correlation = values(own.rollingCorrelation(4, 'close', 'volume'), ...bars).slice(3);
    const beta = values(own.rollingBeta(4, 'close', 'volume'), ...bars).slice(3);
    // The second window: 2, 3, 5, 4 with 4, 5, 4, 2: products −1.5, squares 5 and 4.75.
    expect(rounded(correlation)).toEqual([0.581675, -0.307794]);
    expect(rounded(beta)).toEqual([0.789474, -0.315789]);
  });
});
