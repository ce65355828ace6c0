import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { calendarBasis, nyse, type Session } from '../../src/calendar/index.js';
import { CalendarError } from '../../src/errors.js';
import { civilDay, newYorkMinute, parseIsoDate, type SessionDay, weekdayOf } from '../../src/time/index.js';
import { PUBLISHED_CLOSINGS } from './published-closings.js';

const repository = resolve(import.meta.dirname, '../../../..');
const dataFolder = process.env.TRADEKIT_TEST_DATA ?? resolve(repository, '../shared/data');
const vendorList = join(dataFolder, 'nyse_calendar_2021_2025.csv');

const day = (text: string): SessionDay => parseIsoDate(text) ?? (Number.NaN as SessionDay);
const session = (text: string): Session | undefined => nyse.session(day(text));
const year = (of: number): readonly Session[] => nyse.sessions(civilDay(of, 1, 1), civilDay(of, 12, 31));

/** Weekdays without a session and days with a half session, as the calendar has them. */
function closings(first: SessionDay, last: SessionDay): { closed: string[]; half: string[] } {
  const closed: string[] = [];
  const half: string[] = [];
  for (let at = first; at <= last; at = (at + 1) as SessionDay) {
    const date = new Date(at * 86_400_000).toISOString().slice(0, 10);
    const found = nyse.session(at);
    if (found?.half) half.push(date);
    if (found === undefined && weekdayOf(at) % 6 !== 0) closed.push(date);
  }
  return { closed, half };
}

describe('nyse', () => {
  it('opens 2021-01-04 from 14:30 to 21:00 UTC', () => {
    const open = Date.parse('2021-01-04T14:30:00Z');
    const close = Date.parse('2021-01-04T21:00:00Z');
    expect(session('2021-01-04')).toEqual({ day: 18_631, date: '2021-01-04', open, close, half: false });
  });

  it('opens every session at 09:30 New York and closes it at 16:00 or 13:00, through all changes of the clock', () => {
    const sessions = nyse.sessions(civilDay(2000, 1, 1), civilDay(2035, 12, 31));
    for (const { open, close, half } of sessions) {
      expect(newYorkMinute(open)).toBe(570);
      expect(newYorkMinute(close)).toBe(half ? 780 : 960);
    }
  });

  it.each([
    [2021, 252],
    [2022, 251],
    [2023, 250],
    [2024, 252],
  ])('has in %i %i sessions', (of, count) => {
    expect(year(of)).toHaveLength(count);
  });

  it('has 1,005 sessions from 2021 to 2024', () => {
    expect(nyse.sessions(day('2021-01-01'), day('2024-12-31'))).toHaveLength(1005);
  });

  it.each(Object.entries(PUBLISHED_CLOSINGS))('closes in %s exactly on the published days', (text, [closed, half]) => {
    const of = Number(text);
    const inYear = (days: string): string[] => days.split(' ').map((monthDay) => `${text}-${monthDay}`);
    expect(closings(civilDay(of, 1, 1), civilDay(of, 12, 31))).toEqual({ closed: inYear(closed), half: inYear(half) });
  });

  it.skipIf(!existsSync(vendorList))(`agrees with ${vendorList} (skipped where that file is absent)`, () => {
    const rows = readFileSync(vendorList, 'utf8').trim().split('\n').slice(1);
    const datesOf = (kind: string): string[] =>
      rows.filter((row) => row.includes(`,${kind},`)).map((r) => r.slice(0, 10));
    const expected = { closed: datesOf('closed'), half: datesOf('half') };
    expect(expected.closed.length + expected.half.length).toBe(54);
    expect(closings(day('2021-01-01'), day('2025-07-04'))).toEqual(expected);
  });

  it.each([
    '2001-09-11',
    '2001-09-12',
    '2001-09-13',
    '2001-09-14',
    '2004-06-11',
    '2007-01-02',
    '2012-10-29',
    '2012-10-30',
    '2018-12-05',
    '2025-01-09',
  ])('was closed on %s by decision', (date) => {
    expect(session(date)).toBeUndefined();
  });

  it('keeps Juneteenth from 2022 only', () => {
    expect(session('2020-06-19')?.date).toBe('2020-06-19');
    expect(session('2021-06-18')?.date).toBe('2021-06-18');
    expect(session('2022-06-20')).toBeUndefined();
    expect(session('2023-06-19')).toBeUndefined();
  });

  it('does not move New Year from a Saturday to the Friday before, but from a Sunday to Monday', () => {
    expect(session('2010-12-31')?.half).toBe(false);
    expect(session('2021-12-31')?.half).toBe(false);
    expect(session('2023-01-02')).toBeUndefined();
  });

  it('halves July 3 from Monday to Thursday and trades it whole or not at all otherwise', () => {
    expect(session('2023-07-03')?.half).toBe(true);
    expect(session('2025-07-03')?.half).toBe(true);
    expect(session('2020-07-03')).toBeUndefined();
    expect(session('2002-07-03')?.half).toBe(false);
    expect(session('2002-07-05')?.half).toBe(true);
    expect(session('2019-07-05')?.half).toBe(false);
  });

  it('halves Christmas Eve from Monday to Thursday, and the Friday after Christmas only in 2003', () => {
    expect(session('2024-12-24')?.half).toBe(true);
    expect(session('2021-12-24')).toBeUndefined();
    expect(session('2003-12-26')?.half).toBe(true);
    expect(session('2008-12-26')?.half).toBe(false);
  });

  it('has no session on a weekend', () => {
    expect(session('2024-06-15')).toBeUndefined();
    expect(session('2024-06-16')).toBeUndefined();
  });

  it('gives the same frozen session for every question', () => {
    expect(session('2024-06-17')).toBe(session('2024-06-17'));
    expect(Object.isFrozen(session('2024-06-17'))).toBe(true);
    expect(nyse.sessions(day('2024-06-17'), day('2024-06-17'))).toEqual([session('2024-06-17')]);
  });

  it('gives sessions across years in order, both ends included, and none for an empty range', () => {
    const dates = nyse.sessions(day('2024-12-30'), day('2025-01-03')).map(({ date }) => date);
    expect(dates).toEqual(['2024-12-30', '2024-12-31', '2025-01-02', '2025-01-03']);
    expect(nyse.sessions(day('2025-01-03'), day('2025-01-02'))).toEqual([]);
  });

  it('throws CalendarError outside 2000–2035', () => {
    expect(() => session('1999-12-31')).toThrow('the NYSE calendar has no year 1999; it covers 2000 to 2035');
    expect(() => nyse.sessions(day('2035-12-01'), day('2036-01-01'))).toThrow(CalendarError);
    expect(() => nyse.sessions(day('1999-12-01'), day('2000-01-01'))).toThrow(CalendarError);
  });

  it('throws CalendarError on what is no day', () => {
    expect(() => nyse.session(18_631.5 as SessionDay)).toThrow('18631.5 is no day');
    expect(() => nyse.sessions(day('2021-01-04'), Number.NaN as SessionDay)).toThrow('NaN is no day');
  });
});

describe('calendarBasis', () => {
  it('says which years were compared with a published calendar: exactly those of the table in this test', () => {
    const compared = Object.keys(PUBLISHED_CLOSINGS).map(Number);
    for (let of = 2000; of <= 2035; of++) expect(calendarBasis(of) === 'published').toBe(compared.includes(of));
  });

  it('throws CalendarError outside 2000–2035', () => {
    expect(() => calendarBasis(2036)).toThrow(CalendarError);
    expect(() => calendarBasis(Number.NaN)).toThrow(CalendarError);
  });
});
