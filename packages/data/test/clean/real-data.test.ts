/** Cleaning of recorded bars. The data may not be published, so these tests skip where it is not. */
import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { newYorkMinute, type Timestamp } from '@tradekit/core';
import { describe, expect, it } from 'vitest';
import { barFileCleaner, type CleanedBars, cleanBarFile, type Repair, readBarFile } from '../../src/index.js';
import { inWords } from './made-bars.js';

const dataFolder = process.env.TRADEKIT_TEST_DATA ?? resolve(import.meta.dirname, '../../../../../shared/data');
const absent = existsSync(join(dataFolder, 'real15')) ? '' : ` (skipped: no recorded bars in ${dataFolder})`;

const isRegular = (start: number): boolean => {
  const minute = newYorkMinute(start as Timestamp);
  return minute >= 570 && minute < 960;
};
const badPrints = ({ ledger }: CleanedBars): string[] =>
  ledger.flatMap(({ rule, action, start }) =>
    rule === 'bad-prints' && action === 'flagged' ? [new Date(start).toISOString().slice(0, 16)] : [],
  );

describe.skipIf(absent !== '')(`46 recorded symbols, 2021–2024${absent}`, () => {
  const folder = join(dataFolder, 'real15');
  let all: readonly CleanedBars[] | undefined;
  const cleaned = (): readonly CleanedBars[] => {
    const cleaner = barFileCleaner();
    all ??= readdirSync(folder)
      .filter((name) => name.endsWith('_15min.csv'))
      .map((name) => cleaner.clean(join(folder, name)));
    return all;
  };
  const ledger = (): readonly Repair[] => cleaned().flatMap((one) => one.ledger);
  const bySymbol = (symbol: string): CleanedBars => cleaned().find((one) => one.symbol === symbol) as CleanedBars;

  it('lose two bars outside the hours and two unfinished ones, and nothing else', () => {
    expect(cleaned().reduce((sum, { rowsRead }) => sum + rowsRead, 0)).toBe(2_020_696);
    expect(cleaned().reduce((sum, { columns }) => sum + columns.start.length, 0)).toBe(2_020_692);
    const repairs = ledger().filter(({ action }) => action !== 'flagged');
    expect(repairs.map(inWords)).toEqual([
      '8118 hours dropped 2021-09-10 00:00: after 04:00 to 20:00 New York',
      '61592 unfinished dropped 2024-12-27 19:30: the file ends inside the session of 2024-12-27',
      '181 hours dropped 2021-01-07 01:00: after 04:00 to 20:00 New York',
      '60875 unfinished dropped 2024-12-13 18:00: the file ends inside the session of 2024-12-13',
    ]);
  });

  it('have bad prints in less than one bar in a thousand, in regular hours and outside', () => {
    const starts = ledger().flatMap(({ rule, start }) => (rule === 'bad-prints' ? [start] : []));
    const regular = starts.filter(isRegular).length;
    expect(regular).toBe(529);
    expect(starts.length - regular).toBe(714);
    expect(regular / 1_189_611).toBeLessThan(0.001);
    expect((starts.length - regular) / 831_085).toBeLessThan(0.001);
  });

  it('have no frozen run', () => {
    expect(ledger().filter(({ rule }) => rule === 'frozen')).toEqual([]);
  });

  it('have gaps in six symbols: five that lost sessions and the fund that was META', () => {
    const holes = cleaned().flatMap(({ symbol, gaps }) => {
      const whole = gaps.filter(({ wholeSession }) => wholeSession).length;
      return gaps.length === 0 ? [] : [`${symbol} ${whole} + ${gaps.length - whole}`];
    });
    expect(holes).toEqual(['AAPL 14 + 3', 'AMZN 0 + 1', 'INTC 3 + 2', 'META 90 + 48', 'NVDA 19 + 2', 'TSLA 62 + 1']);
  });

  it('flag five of the seven lows that another vendor had removed', () => {
    const lows = [
      'JNJ 2021-01-29T19:15',
      'JPM 2021-02-24T15:45',
      'TSLA 2021-01-04T18:45',
      'TSLA 2021-01-25T14:45',
      'TSLA 2021-03-05T17:30',
      'TSLA 2021-03-15T18:30',
      'XOM 2021-02-24T15:45',
    ];
    const found = lows.filter((low) => {
      const [symbol = '', time = ''] = low.split(' ');
      return badPrints(bySymbol(symbol)).includes(time);
    });
    expect(found).toEqual(lows.filter((_, place) => place !== 3 && place !== 4));
  });

  it('keep the openings after earnings', () => {
    for (const [symbol, date] of [
      ['INTC', '2024-08-02'],
      ['CRM', '2024-05-30'],
    ] as const) {
      expect(badPrints(bySymbol(symbol)).filter((time) => time.startsWith(date))).toEqual([]);
    }
    expect(badPrints(bySymbol('WBA')).filter((time) => time >= '2024-06-27T13:30' && time < '2024-06-28')).toEqual([]);
  });

  it('are read as readBarFile reads them', () => {
    const { file, lines, columns } = bySymbol('IBM');
    const strict = readBarFile(file);
    expect(columns).toEqual(strict);
    expect(lines[lines.length - 1]).toBe(lines.length + 1);
  });
});

describe.skipIf(absent !== '')(`recorded blemishes${absent}`, () => {
  const blemish = (path: string): CleanedBars => cleanBarFile(join(dataFolder, 'blemish', `${path}_15min.csv`));

  it.each([
    ['bad_print/AAPL', ['2021-01-04T18:45']],
    ['nyse_glitch_2023_01_24/VZ', ['2023-01-24T14:30', '2023-01-24T15:15', '2023-01-24T15:30']],
    ['nyse_glitch_2023_01_24/V', ['2023-01-24T14:30']],
    ['stale_afterhours_print/AMZN', ['2022-10-27T20:15', '2022-10-27T21:15']],
    ['stale_afterhours_print/CRM', ['2024-05-29T21:00', '2024-05-29T21:30', '2024-05-29T22:30']],
    ['thin_ext_outlier/TRV', ['2021-02-08T13:00']],
    ['real_extreme_move/AVGO', []],
    ['ticker_reuse_meta/META', []],
    ['spinoff_unadjusted/MRK', []],
    ['split_AMZN_2022-06-06/as_traded_derived/AMZN', []],
    ['split_NVDA_2024-06-10/as_traded_derived/NVDA', []],
  ])('%s: the bad prints are %j', (path, times) => {
    expect(badPrints(blemish(path))).toEqual(times);
  });

  it.each([
    ['bar_at_2000_et/CRM', 'hours'],
    ['bar_at_2000_et/KO', 'hours'],
    ['unfinished_last_bar/AAPL', 'unfinished'],
  ])('%s: one bar is dropped by the step %s', (path, rule) => {
    expect(blemish(path).ledger).toMatchObject([{ rule, action: 'dropped' }]);
  });

  it('gap_quarter_end: one session lacks 16 bars, four are lost, and none is made up', () => {
    expect(blemish('gap_quarter_end/AAPL').gaps.map(({ date, bars }) => `${date} ${bars}`)).toEqual([
      '2021-03-25 16',
      '2021-03-26 26',
      '2021-03-29 26',
      '2021-03-30 26',
      '2021-03-31 26',
    ]);
  });

  it.each(['dst_spring_2021/MSFT', 'dst_autumn_2021/MSFT', 'half_day_2024_11_29/AAPL', 'half_day_2024_11_29/TRV'])(
    '%s: nothing to mend, no gap',
    (path) => {
      const { ledger, gaps } = blemish(path);
      expect([ledger.filter(({ action }) => action !== 'flagged'), gaps]).toEqual([[], []]);
    },
  );
});
