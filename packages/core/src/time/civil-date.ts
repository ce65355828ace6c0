/**
 * Dates of the Gregorian calendar as day counts: what the rules of a clock or of a market are written in.
 */
import { DAY_MS, type SessionDay } from './timestamp.js';

/** Sunday, as `weekdayOf` counts the days of the week. */
export const SUNDAY = 0;
/** Monday. */
export const MONDAY = 1;
/** Thursday. */
export const THURSDAY = 4;
/** Friday. */
export const FRIDAY = 5;
/** Saturday. */
export const SATURDAY = 6;

/** The day count of a date; `month` is 1 to 12. */
export function civilDay(year: number, month: number, dayOfMonth: number): SessionDay {
  return (Date.UTC(year, month - 1, dayOfMonth) / DAY_MS) as SessionDay;
}

/** The calendar year of a day. */
export function yearOf(day: SessionDay): number {
  return new Date(day * DAY_MS).getUTCFullYear();
}

/** The day of the week: 0 is Sunday, 6 is Saturday. */
export function weekdayOf(day: SessionDay): number {
  // 1970-01-01 was a Thursday; the second remainder keeps days before 1970 above zero.
  return (((day + THURSDAY) % 7) + 7) % 7;
}

/** The `count`-th given weekday of a month: `nthWeekday(2021, 11, THURSDAY, 4)` is Thanksgiving Day. */
export function nthWeekday(year: number, month: number, weekday: number, count: number): SessionDay {
  const first = civilDay(year, month, 1);
  const toFirstMatch = (weekday - weekdayOf(first) + 7) % 7;
  return (first + toFirstMatch + 7 * (count - 1)) as SessionDay;
}

/** The last given weekday of a month: `lastWeekday(2021, 5, MONDAY)` is Memorial Day. */
export function lastWeekday(year: number, month: number, weekday: number): SessionDay {
  const last = civilDay(year, month + 1, 0);
  return (last - ((weekdayOf(last) - weekday + 7) % 7)) as SessionDay;
}

/** Easter Sunday. Source: the anonymous Gregorian computus, Meeus, Astronomical Algorithms (1991), chapter 8. */
export function easterSunday(year: number): SessionDay {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const yearOfCentury = year % 100;
  const moonShift = Math.floor((8 * century + 13) / 25);
  const epact = (19 * golden + century - Math.floor(century / 4) - moonShift + 15) % 30;
  const weekShift = (32 + 2 * (century % 4) + 2 * Math.floor(yearOfCentury / 4) - epact - (yearOfCentury % 4)) % 7;
  const correction = Math.floor((golden + 11 * epact + 22 * weekShift) / 451);
  const marchDay = epact + weekShift - 7 * correction + 22;
  return civilDay(year, 3, marchDay);
}
