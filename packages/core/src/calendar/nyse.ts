/** The regular sessions of the New York Stock Exchange. */
import { CalendarError } from '../errors.js';
import { civilDay, SATURDAY, SUNDAY, weekdayOf, yearOf } from '../time/civil-date.js';
import { FIRST_NEW_YORK_YEAR, fromNewYork, LAST_NEW_YORK_YEAR } from '../time/new-york.js';
import { isoDate, type SessionDay } from '../time/timestamp.js';
import { nyseClosures, nyseHalfDays } from './nyse-holidays.js';
import type { Session, TradingCalendar } from './session.js';

const OPEN_MINUTE = 9 * 60 + 30;
const CLOSE_MINUTE = 16 * 60;
const HALF_DAY_CLOSE_MINUTE = 13 * 60;

const LAST_PUBLISHED_YEAR = 2028;

/**
 * On what the calendar of a year rests.
 *
 * `published`: compared day by day with a published calendar. 2000–2025 with pandas_market_calendars 5 and exchange_calendars 4
 * (two kept transcripts of the exchange's list of closings), 2021 to July 2025 also with a vendor's list, 2025–2028 with the NYSE
 * Group's announcements of 2024-11-08 and 2025-12-23. A closure decided after that (a storm, a day of mourning) is not in it:
 * a live system asks its broker for the day as well.
 *
 * `rule-only`: no calendar has been published that this one was compared with.
 *
 * Throws `CalendarError` outside 2000–2035.
 */
export function calendarBasis(year: number): 'published' | 'rule-only' {
  requireYear(year);
  return year <= LAST_PUBLISHED_YEAR ? 'published' : 'rule-only';
}

/**
 * Regular hours of the New York Stock Exchange, 09:30–16:00 and on half days 09:30–13:00 New York, for 2000–2035.
 * Interruptions within a session are not in it (2005-06-01 ended four minutes early on a fault of the exchange's systems).
 */
export const nyse: TradingCalendar = Object.freeze({
  name: 'NYSE',
  session(day: SessionDay): Session | undefined {
    if (!Number.isInteger(day)) throw noSuchDay(day);
    return sessionsOf(yearOf(day)).get(day);
  },
  sessions(first: SessionDay, last: SessionDay): readonly Session[] {
    if (!(Number.isInteger(first) && Number.isInteger(last))) throw noSuchDay(Number.isInteger(first) ? last : first);
    requireYear(yearOf(first));
    requireYear(yearOf(last));
    const found: Session[] = [];
    for (let year = yearOf(first); year <= yearOf(last); year++) {
      for (const session of sessionsOf(year).values()) {
        if (session.day >= first && session.day <= last) found.push(session);
      }
    }
    return found;
  },
});

/** Sessions are a pure function of the year, so that a year is worked out once. */
const years = new Map<number, ReadonlyMap<SessionDay, Session>>();

function sessionsOf(year: number): ReadonlyMap<SessionDay, Session> {
  const known = years.get(year);
  if (known !== undefined) return known;
  requireYear(year);
  const sessions = new Map<SessionDay, Session>();
  const closures = nyseClosures(year);
  const halfDays = nyseHalfDays(year);
  const end = civilDay(year + 1, 1, 1);
  for (let day = civilDay(year, 1, 1); day < end; day = (day + 1) as SessionDay) {
    const weekday = weekdayOf(day);
    if (weekday === SATURDAY || weekday === SUNDAY || closures.has(day)) continue;
    sessions.set(day, nyseSession(day, halfDays.has(day)));
  }
  years.set(year, sessions);
  return sessions;
}

function nyseSession(day: SessionDay, half: boolean): Session {
  const open = fromNewYork(day, OPEN_MINUTE);
  const close = fromNewYork(day, half ? HALF_DAY_CLOSE_MINUTE : CLOSE_MINUTE);
  return Object.freeze({ day, date: isoDate(day), open, close, half });
}

function requireYear(year: number): void {
  if (year >= FIRST_NEW_YORK_YEAR && year <= LAST_NEW_YORK_YEAR) return;
  const range = `${FIRST_NEW_YORK_YEAR} to ${LAST_NEW_YORK_YEAR}`;
  throw new CalendarError('CALENDAR_YEAR', `the NYSE calendar has no year ${year}; it covers ${range}`, { year });
}

function noSuchDay(day: number): CalendarError {
  return new CalendarError('NO_SUCH_DAY', `${day} is no day; give a whole count of days since 1970-01-01`, { day });
}
