/**
 * The days on which the New York Stock Exchange is closed or closes at 13:00, 2000–2035: rules, and dated exceptions.
 * Source of the rules: NYSE Rule 7.2 and the yearly announcements of the NYSE Group; of the exceptions: the exchange's own
 * notices. How far the result is checked is said by `calendarBasis`.
 */
import {
  civilDay,
  easterSunday,
  FRIDAY,
  lastWeekday,
  MONDAY,
  nthWeekday,
  SATURDAY,
  SUNDAY,
  THURSDAY,
  weekdayOf,
} from '../time/civil-date.js';
import type { SessionDay } from '../time/timestamp.js';

/** Closed for a whole day by a decision, not by a rule. */
const DATED_CLOSURES: readonly (readonly [year: number, month: number, dayOfMonth: number])[] = [
  [2001, 9, 11], // attack on the World Trade Center, closed until the 17th
  [2001, 9, 12],
  [2001, 9, 13],
  [2001, 9, 14],
  [2004, 6, 11], // mourning for President Reagan
  [2007, 1, 2], // mourning for President Ford
  [2012, 10, 29], // Hurricane Sandy
  [2012, 10, 30],
  [2018, 12, 5], // mourning for President George H. W. Bush
  [2025, 1, 9], // mourning for President Carter
];

/** Closed at 13:00 where the rule says otherwise. */
const DATED_HALF_DAYS: readonly (readonly [year: number, month: number, dayOfMonth: number])[] = [
  [2002, 7, 5], // the Friday after a Thursday holiday; since 2013 it is the Wednesday before
  [2003, 12, 26], // the Friday after Christmas
];

/** The one year in the table with a full July 3 on a weekday before the holiday: July 5 was the half day. */
const YEAR_OF_JULY_5 = 2002;
const FIRST_JUNETEENTH = 2022;

/** Whole-day closures of a year, on weekdays only. */
export function nyseClosures(year: number): ReadonlySet<SessionDay> {
  const days = [
    newYearsDay(year),
    nthWeekday(year, 1, MONDAY, 3), // Martin Luther King, Jr. Day
    nthWeekday(year, 2, MONDAY, 3), // Washington's Birthday
    (easterSunday(year) - 2) as SessionDay, // Good Friday
    lastWeekday(year, 5, MONDAY), // Memorial Day
    year >= FIRST_JUNETEENTH ? observed(civilDay(year, 6, 19)) : undefined,
    observed(civilDay(year, 7, 4)),
    nthWeekday(year, 9, MONDAY, 1), // Labor Day
    thanksgiving(year),
    observed(civilDay(year, 12, 25)),
    ...datesOf(year, DATED_CLOSURES),
  ];
  return new Set(days.filter((day) => day !== undefined));
}

/** Sessions of a year that close at 13:00. */
export function nyseHalfDays(year: number): ReadonlySet<SessionDay> {
  const days = [(thanksgiving(year) + 1) as SessionDay, ...datesOf(year, DATED_HALF_DAYS)];
  // Monday to Thursday: on a Friday the day itself is the observed holiday, or the holiday falls on a Saturday.
  const july3 = civilDay(year, 7, 3);
  if (isMondayToThursday(july3) && year !== YEAR_OF_JULY_5) days.push(july3);
  const christmasEve = civilDay(year, 12, 24);
  if (isMondayToThursday(christmasEve)) days.push(christmasEve);
  return new Set(days);
}

/** A holiday on a Sunday is kept on Monday; on a Saturday it is lost: the Friday belongs to the old year's books (Rule 7.2). */
function newYearsDay(year: number): SessionDay | undefined {
  const day = civilDay(year, 1, 1);
  if (weekdayOf(day) === SATURDAY) return undefined;
  return observed(day);
}

/** A holiday on a Saturday is kept on the Friday before, on a Sunday on the Monday after. */
function observed(day: SessionDay): SessionDay {
  const weekday = weekdayOf(day);
  if (weekday === SATURDAY) return (day - 1) as SessionDay;
  if (weekday === SUNDAY) return (day + 1) as SessionDay;
  return day;
}

function thanksgiving(year: number): SessionDay {
  return nthWeekday(year, 11, THURSDAY, 4);
}

function isMondayToThursday(day: SessionDay): boolean {
  const weekday = weekdayOf(day);
  return weekday >= MONDAY && weekday < FRIDAY;
}

function datesOf(year: number, dates: readonly (readonly [number, number, number])[]): SessionDay[] {
  return dates.filter(([dated]) => dated === year).map(([, month, dayOfMonth]) => civilDay(year, month, dayOfMonth));
}
