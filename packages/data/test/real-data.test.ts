/** Golden counts on recorded bars. The data may not be published, so these tests skip where it is not. */
import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  type BarHistory,
  fromNewYork,
  newYorkMinute,
  nyse,
  parseIsoDate,
  type SessionDay,
  type Timestamp,
} from '@tradekit/core';
import { describe, expect, it } from 'vitest';
import { type LoadedBars, loadBars, readBarFile } from '../src/index.js';

const dataFolder = process.env.TRADEKIT_TEST_DATA ?? resolve(import.meta.dirname, '../../../../shared/data');
const absent = existsSync(join(dataFolder, 'real15')) ? '' : ` (skipped: no recorded bars in ${dataFolder})`;

const day = (text: string): SessionDay => parseIsoDate(text) ?? (Number.NaN as SessionDay);
const at = (date: string, hour: number, minute: number): Timestamp => fromNewYork(day(date), hour * 60 + minute);

/** A cell of a column by the start of its bar. */
function cell(
  history: BarHistory,
  field: 'open' | 'close' | 'volume',
  id: string,
  start: Timestamp,
): number | undefined {
  return history.bars[field][history.starts.indexOf(start) * history.universe.size + history.universe.index(id)];
}

/** How many bars of each session an instrument has. */
function counts(history: BarHistory, id: string): Record<string, number> {
  const { sessions, firstRow, bars, universe } = history;
  const found: Record<string, number> = {};
  for (const [place, { date }] of sessions.entries()) {
    found[date] = 0;
    for (let row = firstRow[place] ?? 0; row < (firstRow[place + 1] ?? 0); row++) {
      if (!Number.isNaN(bars.close[row * universe.size + universe.index(id)])) found[date]++;
    }
  }
  return found;
}

describe.skipIf(absent !== '')(`46 recorded symbols, 2021–2024${absent}`, () => {
  const folder = join(dataFolder, 'real15');
  let loaded: LoadedBars | undefined;
  const all = (): LoadedBars => {
    const symbols = readdirSync(folder).map((name) => name.replace('_15min.csv', ''));
    loaded ??= loadBars({ folder, symbols, calendar: nyse, start: day('2021-01-01'), end: day('2024-12-31') });
    return loaded;
  };

  it('have 2,020,696 rows and 1,189,291 bars in regular hours', () => {
    expect(all().files).toHaveLength(46);
    expect(all().files.reduce((sum, { rows }) => sum + rows, 0)).toBe(2_020_696);
    expect(all().files.reduce((sum, { bars }) => sum + bars, 0)).toBe(1_189_291);
    expect(all().warnings).toEqual([
      expect.stringContaining('46 of 46 symbols have no date from which it was on the list'),
    ]);
  });

  it('hold as many bars in the columns as were counted while reading, on 1,005 sessions', () => {
    const { history } = all();
    expect(history.sessions).toHaveLength(1005);
    expect(history.starts).toHaveLength(history.firstRow[1005] ?? 0);
    for (const field of ['open', 'high', 'low', 'close', 'volume'] as const) {
      expect(history.bars[field].reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : 1), 0)).toBe(1_189_291);
    }
  });

  it('close 15:45 on 2021-01-04 at 129.41 for AAPL and 217.81 for MSFT', () => {
    expect(cell(all().history, 'close', 'AAPL', at('2021-01-04', 15, 45))).toBe(129.41);
    expect(cell(all().history, 'close', 'MSFT', at('2021-01-04', 15, 45))).toBe(217.81);
  });

  it('have whole volumes in TRV and fractions in IBM and MMM', () => {
    const whole = (id: string, date: string) => Number.isInteger(cell(all().history, 'volume', id, at(date, 10, 0)));
    expect(['TRV', 'IBM', 'MMM', 'AAPL'].map((id) => whole(id, '2021-03-01'))).toEqual([true, false, false, true]);
  });

  it('have a bar in every row of 40 symbols', () => {
    const rows = all().history.starts.length;
    expect(all().files.filter(({ bars }) => bars === rows)).toHaveLength(40);
  });

  it('lack 14 whole and 3 partial sessions of AAPL', () => {
    const perSession = Object.entries(counts(all().history, 'AAPL'));
    const full = (date: string): number => (nyse.session(day(date))?.half ? 14 : 26);
    expect(perSession.filter(([, count]) => count === 0)).toHaveLength(14);
    expect(perSession.filter(([date, count]) => count > 0 && count < full(date))).toHaveLength(3);
  });

  it('start every first bar of a session at 09:30 New York, before and after each change of the clock', () => {
    const { starts, firstRow, sessions } = all().history;
    for (const [place] of sessions.entries())
      expect(newYorkMinute(starts[firstRow[place] ?? 0] as Timestamp)).toBe(570);
  });

  it('have an official close near the last regular close on 97 % of the days of AAPL', () => {
    const { history } = all();
    const { sessions, firstRow, official, universe, bars } = history;
    const apple = universe.index('AAPL');
    const near = sessions.filter((_, place) => {
      const last = bars.close[((firstRow[place + 1] ?? 0) - 1) * universe.size + apple] ?? 0;
      return Math.abs((official[place * universe.size + apple] ?? 0) / last - 1) < 0.01;
    });
    expect(near.length / sessions.length).toBeGreaterThan(0.97);
  });
});

describe.skipIf(absent !== '')(`recorded blemishes${absent}`, () => {
  const blemish = (name: string, symbol: string, start: string, end: string): LoadedBars =>
    loadBars({
      folder: join(dataFolder, 'blemish', name),
      symbols: [symbol],
      calendar: nyse,
      start: day(start),
      end: day(end),
    });

  it.each([
    ['dst_spring_2021', ['2021-03-11', '2021-03-12', '2021-03-15', '2021-03-16']],
    ['dst_autumn_2021', ['2021-11-04', '2021-11-05', '2021-11-08', '2021-11-09']],
  ])('%s: 26 bars in each session around the change of the clock', (name, dates) => {
    const { history } = blemish(name, 'MSFT', dates[0] ?? '', dates[3] ?? '');
    expect(counts(history, 'MSFT')).toEqual(Object.fromEntries(dates.map((date) => [date, 26])));
    for (const date of dates) expect(cell(history, 'open', 'MSFT', at(date, 10, 0))).toBeGreaterThan(0);
  });

  it.each(['AAPL', 'TRV'])('half_day_2024_11_29: 14 bars of %s on the half day', (symbol) => {
    const { history } = blemish('half_day_2024_11_29', symbol, '2024-11-26', '2024-12-03');
    expect(counts(history, symbol)).toEqual({
      '2024-11-26': 26,
      '2024-11-27': 26,
      '2024-11-29': 14,
      '2024-12-02': 26,
      '2024-12-03': 26,
    });
  });

  it('gap_quarter_end: four lost sessions of AAPL stay NaN, the fifth has 10 bars', () => {
    const found = counts(blemish('gap_quarter_end', 'AAPL', '2021-03-24', '2021-04-05').history, 'AAPL');
    expect(found).toEqual({
      '2021-03-24': 26,
      '2021-03-25': 10,
      '2021-03-26': 0,
      '2021-03-29': 0,
      '2021-03-30': 0,
      '2021-03-31': 0,
      '2021-04-01': 26,
      '2021-04-05': 26,
    });
  });

  it('spinoff_adjusted_fractional_volume: fractions of shares are read', () => {
    const file = join(dataFolder, 'blemish/spinoff_adjusted_fractional_volume/IBM_15min.csv');
    expect(readBarFile(file).volume.some((volume) => !Number.isInteger(volume))).toBe(true);
  });
});
