import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  type BarHistory,
  ConfigError,
  DataError,
  nyse,
  parseIsoDate,
  type SessionDay,
  weekdayCalendar,
} from '@tradekit/core';
import { describe, expect, it } from 'vitest';
import { type BarFolder, historyHash, type LoadedBars, loadBars } from '../src/index.js';
import { temporaryFolder } from './temporary-folder.js';

const base = temporaryFolder();
let folders = 0;

/** A folder with the given files. */
function folderOf(files: Readonly<Record<string, string>>): string {
  const name = `set-${folders++}`;
  mkdirSync(join(base.path, name));
  for (const [file, content] of Object.entries(files)) base.put(join(name, file), content);
  return join(base.path, name);
}

const day = (text: string): SessionDay => parseIsoDate(text) ?? (Number.NaN as SessionDay);
/** Rows whose prices tell them apart: `09:30` with price 10 opens at 10 and closes at 10.5. */
const file = (...rows: readonly (readonly [stamp: string, price: number])[]): string =>
  [
    'timestamp,open,high,low,close,volume',
    ...rows.map(([stamp, price]) => `${stamp},${price},${price + 1},${price - 1},${price + 0.5},100`),
    '',
  ].join('\n');

interface Range {
  readonly start?: string;
  readonly end?: string;
}

function load(
  folder: string,
  symbols: readonly string[],
  { start = '2024-11-25', end = '2024-12-06', ...rest }: Range & Partial<Omit<BarFolder, 'start' | 'end'>> = {},
): LoadedBars {
  return loadBars({ folder, symbols, calendar: nyse, start: day(start), end: day(end), ...rest });
}

/** Cells of one instrument's opens by the New York date of the session. */
function opens({ sessions, firstRow, bars, universe }: BarHistory, id: string, date: string): number[] {
  const place = sessions.findIndex((session) => session.date === date);
  const rows = Array.from(
    { length: (firstRow[place + 1] ?? 0) - (firstRow[place] ?? 0) },
    (_, row) => (firstRow[place] ?? 0) + row,
  );
  return rows.map((row) => bars.open[row * universe.size + universe.index(id)] ?? 0);
}

const official = ({ sessions, official, universe }: BarHistory, id: string, date: string): number | undefined =>
  official[sessions.findIndex((session) => session.date === date) * universe.size + universe.index(id)];

/** Thanksgiving week of 2024 in UTC: Wednesday full, Thursday closed, Friday half; before and after hours on both days. */
const week = file(
  ['2024-11-27 14:15:00', 9],
  ['2024-11-27 14:30:00', 10],
  ['2024-11-27 14:45:00', 11],
  ['2024-11-27 20:45:00', 12],
  ['2024-11-27 21:00:00', 13],
  ['2024-11-27 21:15:00', 14],
  ['2024-11-29 14:30:00', 20],
  ['2024-11-29 17:45:00', 21],
  ['2024-11-29 18:00:00', 22],
  ['2024-11-29 18:15:00', 23],
);

describe('loadBars', () => {
  it('puts regular bars on the grid of the calendar and leaves the others out', () => {
    const { history } = load(folderOf({ 'AAPL_15min.csv': week }), ['AAPL']);
    const wednesday = opens(history, 'AAPL', '2024-11-27');
    expect(wednesday).toHaveLength(26);
    expect([wednesday[0], wednesday[1], wednesday[25]]).toEqual([10, 11, 12]);
    expect(wednesday.slice(2, 25).every(Number.isNaN)).toBe(true);
  });

  it('cuts a half day at 13:00', () => {
    const { history } = load(folderOf({ 'AAPL_15min.csv': week }), ['AAPL']);
    const friday = opens(history, 'AAPL', '2024-11-29');
    expect(friday).toHaveLength(14);
    expect([friday[0], friday[13]]).toEqual([20, 21]);
  });

  it('takes the open of the bar that starts at the close as the official close', () => {
    const { history } = load(folderOf({ 'AAPL_15min.csv': week }), ['AAPL']);
    expect(official(history, 'AAPL', '2024-11-27')).toBe(13);
    expect(official(history, 'AAPL', '2024-11-29')).toBe(22);
  });

  it('has no official close where no bar starts at the close', () => {
    const { history } = load(
      folderOf({
        'AAPL_15min.csv': week.replace('2024-11-29 18:00:00', '2024-11-29 18:30:00').replace(/.*18:15.*\n/, ''),
      }),
      ['AAPL'],
    );
    expect(official(history, 'AAPL', '2024-11-29')).toBeNaN();
  });

  it('does not take the next session for an official close where sessions touch', () => {
    const calendar = weekdayCalendar({ name: 'daily', openMinuteUtc: 0, minutes: 1440 });
    const daily = file(['2024-11-27 00:00:00', 10], ['2024-11-28 00:00:00', 11]);
    const { history } = load(folderOf({ 'AAPL_1440min.csv': daily }), ['AAPL'], { calendar, barMinutes: 1440 });
    expect([...history.bars.open]).toEqual([10, 11]);
    expect([...history.official]).toEqual([Number.NaN, Number.NaN]);
  });

  it('holds the sessions between the first and the last bar of any file, not the whole range', () => {
    const early = file(['2024-11-26 14:30:00', 5]);
    const late = file(['2024-12-02 14:30:00', 6]);
    const { history } = load(folderOf({ 'A_15min.csv': week, 'B_15min.csv': early, 'C_15min.csv': late }), [
      'A',
      'B',
      'C',
    ]);
    expect(history.sessions.map(({ date }) => date)).toEqual(['2024-11-26', '2024-11-27', '2024-11-29', '2024-12-02']);
    expect([...history.firstRow]).toEqual([0, 26, 52, 66, 92]);
    expect(opens(history, 'A', '2024-11-27')[0]).toBe(10);
    expect(opens(history, 'A', '2024-11-29')[13]).toBe(21);
    expect(opens(history, 'B', '2024-11-26')[0]).toBe(5);
    expect(opens(history, 'C', '2024-12-02')[0]).toBe(6);
    expect(official(history, 'A', '2024-11-27')).toBe(13);
    expect(history.bars.volume.filter((volume) => !Number.isNaN(volume))).toHaveLength(7);
  });

  it('starts and ends rows as the grid does', () => {
    const { history } = load(folderOf({ 'AAPL_15min.csv': week }), ['AAPL']);
    expect(history.starts).toHaveLength(40);
    expect(history.starts[0]).toBe(Date.parse('2024-11-27T14:30:00Z'));
    expect(history.ends[39]).toBe(Date.parse('2024-11-29T18:00:00Z'));
  });

  it('keeps only the range', () => {
    const { history, files } = load(folderOf({ 'AAPL_15min.csv': week }), ['AAPL'], {
      start: '2024-11-28',
      end: '2024-11-29',
    });
    expect(history.sessions.map(({ date }) => date)).toEqual(['2024-11-29']);
    expect(files[0]).toMatchObject({ rows: 10, bars: 2 });
  });

  it('gives every field of a bar its cell, instruments in the order of the universe', () => {
    const folder = folderOf({ 'BRK.B_15min.csv': file(['2024-11-27 14:45:00', 50]), 'AAPL_15min.csv': week });
    const { history, files } = load(folder, ['BRK.B', 'AAPL']);
    expect(history.universe.instruments.map(({ id }) => id)).toEqual(['AAPL', 'BRK.B']);
    expect(files.map(({ symbol, rows, bars }) => [symbol, rows, bars])).toEqual([
      ['AAPL', 10, 5],
      ['BRK.B', 1, 1],
    ]);
    const { open, high, low, close, volume } = history.bars;
    expect([open, high, low, close, volume].map((column) => [...column.slice(2, 4)])).toEqual([
      [11, 50],
      [12, 51],
      [10, 49],
      [11.5, 50.5],
      [100, 100],
    ]);
  });

  it('takes instruments with their sectors, ticks and lots', () => {
    const instruments = [{ id: 'AAPL', sector: 'Information Technology', tickSize: 0.05, lot: 0.001 }];
    const options = { calendar: nyse, start: day('2024-11-25'), end: day('2024-12-06'), instruments };
    const { universe } = loadBars({ folder: folderOf({ 'AAPL_15min.csv': week }), ...options }).history;
    expect(universe.instruments).toEqual(instruments);
  });

  it('gives the same history from New York stamps at the end of the bar, through a change of the clock', () => {
    const range = { start: '2024-10-31', end: '2024-11-05' };
    const utc = file(
      ['2024-11-01 13:30:00', 10],
      ['2024-11-01 20:00:00', 11],
      ['2024-11-04 14:30:00', 12],
      ['2024-11-04 21:00:00', 13],
    );
    const newYork = file(
      ['2024-11-01 09:45:00', 10],
      ['2024-11-01 16:15:00', 11],
      ['2024-11-04 09:45:00', 12],
      ['2024-11-04 16:15:00', 13],
    );
    const expected = load(folderOf({ 'AAPL_15min.csv': utc }), ['AAPL'], range).history;
    const source = { zone: 'America/New_York', stamps: 'bar-end' } as const;
    const found = load(folderOf({ 'AAPL_15min.csv': newYork }), ['AAPL'], { ...range, source }).history;
    expect(found.bars).toEqual(expected.bars);
    expect(found.official).toEqual(expected.official);
    expect([opens(expected, 'AAPL', '2024-11-01')[0], opens(expected, 'AAPL', '2024-11-04')[0]]).toEqual([10, 12]);
    expect(historyHash(found)).toBe(historyHash(expected));
  });

  it('warns once of files that no symbol uses, naming them', () => {
    const folder = folderOf({ 'AAPL_15min.csv': week, 'ZZZ_15min.csv': week, 'MSFT_15min.csv': week, 'notes.txt': '' });
    const files = (symbols: readonly string[]): readonly string[] =>
      load(folder, symbols).warnings.filter((warning) => warning.includes('no symbol uses'));
    expect(files(['AAPL', 'ZZZ'])).toEqual([`"${folder}" has a file that no symbol uses: MSFT_15min.csv`]);
    expect(files(['AAPL'])).toEqual([`"${folder}" has 2 files that no symbol uses: MSFT_15min.csv, ZZZ_15min.csv`]);
    expect(files(['AAPL', 'MSFT', 'ZZZ'])).toEqual([]);
  });

  it('reads 60-minute bars from the open of the session', () => {
    const folder = folderOf({ 'AAPL_60min.csv': file(['2024-11-27 14:30:00', 10], ['2024-11-27 20:30:00', 11]) });
    expect(opens(load(folder, ['AAPL'], { barMinutes: 60 }).history, 'AAPL', '2024-11-27')[6]).toBe(11);
  });
});

describe('loadBars refuses', () => {
  const refusal = (run: () => unknown): unknown => {
    try {
      return run();
    } catch (error) {
      if (error instanceof DataError) return [error.code, error.message];
      throw error;
    }
  };

  it('a folder that is not there', () => {
    const message = 'there is no folder "/nowhere"; put the bar files there, or name another folder';
    expect(refusal(() => load('/nowhere', ['AAPL']))).toEqual(['DATA_FOLDER', message]);
  });

  it('a symbol without a file, naming all of them', () => {
    const folder = folderOf({ 'AAPL_15min.csv': week });
    const message = `no file "IBM_15min.csv" in "${folder}" for IBM (also missing: KO); add the file or leave the symbol out`;
    expect(refusal(() => load(folder, ['KO', 'AAPL', 'IBM']))).toEqual(['DATA_FILE_MISSING', message]);
  });

  it('a symbol whose file is written another way, with the name it should have', () => {
    const folder = folderOf({ 'BRK-B_15min.csv': week });
    const message = `no file "BRK.B_15min.csv" in "${folder}" for BRK.B; rename "BRK-B_15min.csv" to "BRK.B_15min.csv"`;
    expect(refusal(() => load(folder, ['BRK.B']))).toEqual(['DATA_FILE_MISSING', message]);
  });

  it('an empty file and a wrong header', () => {
    expect(refusal(() => load(folderOf({ 'AAPL_15min.csv': '' }), ['AAPL']))).toEqual([
      'CSV_EMPTY',
      'AAPL_15min.csv:1: the file is empty; put the data of the instrument there',
    ]);
    const wrong = folderOf({ 'AAPL_15min.csv': week.replace('open', 'first') });
    expect(refusal(() => load(wrong, ['AAPL']))).toEqual(['CSV_HEADER', expect.stringContaining('column "first"')]);
  });

  it('a fault in hours that it does not load', () => {
    const folder = folderOf({ 'AAPL_15min.csv': week.replace('21:15:00,14', '21:15:00,99') });
    expect(refusal(() => load(folder, ['AAPL']))).toEqual(['CSV_HIGH', expect.stringContaining('AAPL_15min.csv:7:')]);
  });

  it('an instrument without a bar in the range, with the dates that it has', () => {
    const folder = folderOf({ 'AAPL_15min.csv': week, 'META_15min.csv': file(['2024-12-02 14:30:00', 5]) });
    const message =
      'META_15min.csv has no bar in the regular hours of 2024-11-25 to 2024-11-29; it has 2024-12-02 to 2024-12-02; move the range or leave the symbol out';
    expect(refusal(() => load(folder, ['AAPL', 'META'], { end: '2024-11-29' }))).toEqual(['NO_BARS', message]);
  });

  it('an instrument that has only bars outside regular hours', () => {
    const folder = folderOf({ 'AAPL_15min.csv': file(['2024-11-27 14:15:00', 9], ['2024-11-27 21:00:00', 9]) });
    expect(refusal(() => load(folder, ['AAPL']))).toEqual([
      'NO_BARS',
      expect.stringContaining('AAPL_15min.csv has no bar'),
    ]);
  });

  it('an empty list of symbols', () => {
    expect(() => load(base.path, [])).toThrow(new ConfigError('NO_SYMBOLS', 'no symbol to load; name at least one'));
  });

  it('a range without a session, and one that ends before it starts', () => {
    const folder = folderOf({ 'AAPL_15min.csv': week });
    const message = 'the calendar NYSE has no session from 2024-11-30 to 2024-12-01; widen the range';
    expect(refusal(() => load(folder, ['AAPL'], { start: '2024-11-30', end: '2024-12-01' }))).toEqual([
      'NO_SESSIONS',
      message,
    ]);
    expect(refusal(() => load(folder, ['AAPL'], { start: '2024-12-05', end: '2024-12-02' }))).toEqual([
      'NO_SESSIONS',
      expect.any(String),
    ]);
  });

  it('a bar within a session that is not one of its bars', () => {
    const folder = folderOf({ 'AAPL_60min.csv': file(['2024-11-27 15:00:00', 10]) });
    const what =
      'the bar that starts 2024-11-27 10:00 New York is not one of the 60-minute bars of the session of 2024-11-27';
    expect(refusal(() => load(folder, ['AAPL'], { barMinutes: 60 }))).toEqual([
      'BAR_OFF_SESSION',
      expect.stringContaining(what),
    ]);
  });

  it('bars that no session can hold', () => {
    const folder = folderOf({ 'AAPL_1440min.csv': file(['2024-11-27 00:00:00', 10]) });
    expect(() => load(folder, ['AAPL'], { barMinutes: 1440 })).toThrow(ConfigError);
  });
});

describe('historyHash', () => {
  const folder = folderOf({ 'AAPL_15min.csv': week });
  const hash = (files: Readonly<Record<string, string>>): string =>
    historyHash(
      load(
        folderOf(files),
        Object.keys(files).map((name) => name.slice(0, -10)),
      ).history,
    );

  it('is the same for the same bars, whatever form the file has and whatever lies outside regular hours', () => {
    const expected = historyHash(load(folder, ['AAPL']).history);
    expect(expected).toMatch(/^[0-9a-f]{64}$/);
    expect(hash({ 'AAPL_15min.csv': week.replaceAll(',', ';') })).toBe(expected);
    expect(hash({ 'AAPL_15min.csv': week.replace('2024-11-27 14:15:00,9,', '2024-11-27 14:15:00,9.5,') })).toBe(
      expected,
    );
  });

  it('changes with a price, a volume, an official close and a symbol', () => {
    const changed = [
      week.replace('14:30:00,10,11', '14:30:00,10,12'),
      week.replace(',100\n2024-11-29 18:00', ',101\n2024-11-29 18:00'),
      week.replace('18:00:00,22,23,21', '18:00:00,21,23,21'),
    ].map((text) => hash({ 'AAPL_15min.csv': text }));
    const all = [...changed, hash({ 'MSFT_15min.csv': week }), hash({ 'AAPL_15min.csv': week })];
    expect(new Set(all).size).toBe(5);
  });
});
