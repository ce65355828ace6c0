/** A calendar without holidays, for benchmarks, tests and data that follows no exchange. */
import { CalendarError, ConfigError } from '../errors.js';
import { SATURDAY, SUNDAY, weekdayOf } from '../time/civil-date.js';
import { DAY_MS, isoDate, MINUTE_MS, type SessionDay, type Timestamp } from '../time/timestamp.js';
import type { Session, TradingCalendar } from './session.js';

const MINUTES_PER_DAY = 1440;

/** What a calendar of plain weekdays is made of. */
export interface WeekdayCalendarOptions {
  readonly name: string;
  /** Start of every session in minutes since midnight UTC: 870 is 14:30. */
  readonly openMinuteUtc: number;
  /** Length of every session in minutes: 390 for six and a half hours. A session ends on the UTC date of its start. */
  readonly minutes: number;
}

/**
 * Every Monday to Friday with the same hours in UTC, winter and summer; no holidays, no half days, no limit of years.
 * Throws `ConfigError` when the hours do not fit into a UTC day.
 */
export function weekdayCalendar({ name, openMinuteUtc, minutes }: WeekdayCalendarOptions): TradingCalendar {
  const whole = Number.isInteger(openMinuteUtc) && Number.isInteger(minutes);
  if (!(whole && openMinuteUtc >= 0 && minutes > 0 && openMinuteUtc + minutes <= MINUTES_PER_DAY)) {
    const message = `calendar "${name}": ${minutes} minutes from minute ${openMinuteUtc} do not fit into a UTC day; give whole minutes within 0 to 1440`;
    throw new ConfigError('CALENDAR_HOURS', message, { name, openMinuteUtc, minutes });
  }
  // A pure function of the day, so that one is worked out once.
  const known = new Map<SessionDay, Session>();
  const session = (day: SessionDay): Session | undefined => {
    const before = known.get(day);
    if (before !== undefined) return before;
    requireDay(day);
    const weekday = weekdayOf(day);
    if (weekday === SATURDAY || weekday === SUNDAY) return undefined;
    const open = (day * DAY_MS + openMinuteUtc * MINUTE_MS) as Timestamp;
    const close = (open + minutes * MINUTE_MS) as Timestamp;
    const made = Object.freeze({ day, date: isoDate(day), open, close, half: false });
    known.set(day, made);
    return made;
  };
  return Object.freeze({
    name,
    session,
    sessions(first: SessionDay, last: SessionDay): readonly Session[] {
      requireDay(first);
      requireDay(last);
      const found: Session[] = [];
      for (let day = first; day <= last; day = (day + 1) as SessionDay) {
        const next = session(day);
        if (next !== undefined) found.push(next);
      }
      return found;
    },
  });
}

function requireDay(day: SessionDay): void {
  if (Number.isInteger(day)) return;
  throw new CalendarError('NO_SUCH_DAY', `${day} is no day; give a whole count of days since 1970-01-01`, { day });
}
