import { barsInSession, MINUTE_MS, weekdayCalendar } from '@tradekit/core';
import { describe, expect, test } from 'vitest';
import { type SyntheticSeries, syntheticBars } from '../../src/synthetic/market.js';
import type { SyntheticMarketOptions } from '../../src/synthetic/options.js';
import { UNIVERSE_46 } from '../../src/synthetic/universe46.js';

const QUARTER_MS = 15 * MINUTE_MS;
/** Thanksgiving week of 2024: three full days, a holiday, and a half day. */
const WEEK: SyntheticMarketOptions = { first: '2024-11-25', last: '2024-11-29' };
const TWO = [
  { id: 'AAA', sector: 'Energy' },
  { id: 'BBB', sector: 'Financials' },
];

function columnsOf({ start, open, high, low, close, volume }: SyntheticSeries): readonly Float64Array[] {
  return [start, open, high, low, close, volume];
}

describe('form', () => {
  const market = syntheticBars({ first: '2023-01-01', last: '2024-12-31' });

  test('the default universe is 46 symbols of nine sectors', () => {
    expect(UNIVERSE_46.length).toBe(46);
    expect(new Set(UNIVERSE_46.map(({ id }) => id)).size).toBe(46);
    expect(new Set(UNIVERSE_46.map(({ sector }) => sector)).size).toBe(9);
  });

  test('every row is a bar: prices on the cent, high and low around them, whole shares', () => {
    const cents = (price: number): boolean => price > 0 && Math.round(price * 100) / 100 === price;
    for (const { open, high, low, close, volume } of market.series) {
      for (let row = 0; row < open.length; row++) {
        const [o, h, l, c] = [open, high, low, close].map((column) => column[row] ?? Number.NaN) as [
          number,
          number,
          number,
          number,
        ];
        const good = cents(o) && cents(h) && cents(l) && cents(c) && h >= Math.max(o, c) && l <= Math.min(o, c);
        if (!good || !Number.isInteger(volume[row]) || !((volume[row] ?? 0) >= 1)) expect.fail(`row ${row} is no bar`);
      }
    }
  });

  test('rows are the quarter hours of every session, and the bar that starts at its close', () => {
    const expected = market.sessions.flatMap((session) => [
      ...Array.from({ length: barsInSession(session, QUARTER_MS) }, (_, bar) => session.open + bar * QUARTER_MS),
      session.close,
    ]);
    for (const { start } of market.series) expect(Array.from(start)).toEqual(expected);
  });

  test('a half day ends at 13:00 New York: 14 bars, and the official close at 18:00 UTC', () => {
    const [series] = syntheticBars({ ...WEEK, instruments: TWO }).series;
    expect(series?.start.length).toBe(3 * 27 + 15);
    expect(new Date(series?.start.at(-1) ?? 0).toISOString()).toBe('2024-11-29T18:00:00.000Z');
    expect(new Date(series?.start[26] ?? 0).toISOString()).toBe('2024-11-25T21:00:00.000Z');
  });

  test('the official close is near the last close, and the bar after it is small', () => {
    const [series] = market.series;
    for (const [row, start] of series?.start.entries() ?? []) {
      if (!market.sessions.some((session) => session.close === start)) continue;
      const [official, before, after] = [series?.open[row], series?.close[row - 1], series?.close[row]] as number[];
      expect(Math.abs((official ?? 0) / (before ?? 1) - 1)).toBeLessThan(0.01);
      expect(Math.abs((after ?? 0) / (official ?? 1) - 1)).toBeLessThan(0.005);
    }
  });

  test('another calendar is followed, where every day is full', () => {
    const calendar = weekdayCalendar({ name: 'weekdays', openMinuteUtc: 870, minutes: 390 });
    const { sessions, series } = syntheticBars({ ...WEEK, calendar, instruments: TWO });
    expect(sessions.length).toBe(5);
    expect(series[0]?.start.length).toBe(5 * 27);
  });
});

describe('what depends on what', () => {
  const base = syntheticBars({ ...WEEK, instruments: TWO });

  test('the same options give the same numbers, without options the default ones', () => {
    expect(syntheticBars({ ...WEEK, instruments: TWO })).toEqual(base);
    expect(syntheticBars({ ...WEEK, instruments: TWO, seed: 2 })).toEqual(base);
  });

  test('another seed gives other numbers', () => {
    expect(syntheticBars({ ...WEEK, instruments: TWO, seed: 3 }).series[0]?.close).not.toEqual(base.series[0]?.close);
  });

  test('another symbol, of a new sector and placed first, changes no bar of the others', () => {
    const more = syntheticBars({ ...WEEK, instruments: [{ id: 'CCC', sector: 'Materials' }, ...TWO] });
    expect(more.series.slice(1)).toEqual(base.series);
  });

  test('a later end changes no bar before it', () => {
    const longer = syntheticBars({ ...WEEK, last: '2024-12-31', instruments: TWO });
    for (const [place, series] of base.series.entries()) {
      const longerSeries = longer.series[place];
      if (longerSeries === undefined) expect.fail('a series is missing');
      const rows = series.start.length;
      expect(columnsOf(longerSeries).map((column) => column.subarray(0, rows))).toEqual(columnsOf(series));
    }
  });

  test('an instrument without sector, or of an unknown one, is generated too', () => {
    const { series } = syntheticBars({ ...WEEK, instruments: [{ id: 'X' }, { id: 'Y', sector: 'Utilities' }] });
    expect(series.map(({ close }) => close.every((price) => price > 0))).toEqual([true, true]);
  });

  test('prices stay at a cent or more for 30 years of any seed', () => {
    const { series } = syntheticBars({ first: '2001-01-01', last: '2030-12-31', instruments: TWO, seed: 11 });
    for (const { low } of series) expect(low.every((price) => price >= 0.01)).toBe(true);
  });
});
