import { describe, expect, it } from 'vitest';
import {
  civilDay,
  easterSunday,
  isoDate,
  lastWeekday,
  MONDAY,
  nthWeekday,
  type SessionDay,
  SUNDAY,
  THURSDAY,
  weekdayOf,
  yearOf,
} from '../../src/time/index.js';

describe('civil dates', () => {
  it('counts 2021-01-04 as day 18,631', () => {
    expect(civilDay(2021, 1, 4)).toBe(18_631);
  });

  it('knows that 2021-01-04 was a Monday and 1969-12-31 a Wednesday', () => {
    expect(weekdayOf(civilDay(2021, 1, 4))).toBe(MONDAY);
    expect(weekdayOf(civilDay(1969, 12, 31))).toBe(3);
  });

  it('agrees with Date on the weekday and the year of every day from 1960 to 2040', () => {
    for (let day = civilDay(1960, 1, 1); day < civilDay(2041, 1, 1); day = (day + 1) as SessionDay) {
      const date = new Date(day * 86_400_000);
      if (weekdayOf(day) !== date.getUTCDay() || yearOf(day) !== date.getUTCFullYear()) throw new Error(isoDate(day));
    }
  });

  it('finds the fourth Thursday of November 2021 on the 25th', () => {
    expect(isoDate(nthWeekday(2021, 11, THURSDAY, 4))).toBe('2021-11-25');
  });

  it('takes the first of the month where it is the weekday asked for', () => {
    expect(isoDate(nthWeekday(2020, 11, SUNDAY, 1))).toBe('2020-11-01');
  });

  it('finds the last Monday of May on its last day in 2021 and on the 25th in 2020', () => {
    expect(isoDate(lastWeekday(2021, 5, MONDAY))).toBe('2021-05-31');
    expect(isoDate(lastWeekday(2020, 5, MONDAY))).toBe('2020-05-25');
  });

  // United States Naval Observatory, dates of Easter Sunday.
  it.each([
    [2000, '2000-04-23'],
    [2008, '2008-03-23'],
    [2011, '2011-04-24'],
    [2019, '2019-04-21'],
    [2021, '2021-04-04'],
    [2024, '2024-03-31'],
    [2025, '2025-04-20'],
    [2035, '2035-03-25'],
  ])('has Easter of %i on %s', (year, date) => {
    expect(isoDate(easterSunday(year))).toBe(date);
  });
});
