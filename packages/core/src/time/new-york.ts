/**
 * New York wall time: a table of the changes of the clock from 2000 to 2035, built by the rule of US law, with no help from
 * the time zone data of the machine. Outside these years every function throws `CalendarError`.
 *
 * Until 2006 the clock went forward on the first Sunday of April and back on the last Sunday of October (Uniform Time Act,
 * as amended in 1986); since 2007 on the second Sunday of March and the first Sunday of November (Energy Policy Act of 2005).
 * Both changes happen at 02:00 of the wall clock.
 */
import { CalendarError } from '../errors.js';
import { civilDay, lastWeekday, nthWeekday, SUNDAY } from './civil-date.js';
import { DAY_MS, isoDate, MINUTE_MS, type SessionDay, type Timestamp } from './timestamp.js';

/** First New York calendar year that the table covers. */
export const FIRST_NEW_YORK_YEAR = 2000;

/** Last New York calendar year that the table covers. */
export const LAST_NEW_YORK_YEAR = 2035;

/** A New York date and the time of day on its clock. */
export interface NewYorkWallTime {
  readonly day: SessionDay;
  /** Minutes since midnight as the clock shows them, with a fraction for seconds: 570 is 09:30. */
  readonly minuteOfDay: number;
}

const HOUR_MS = 60 * MINUTE_MS;
const STANDARD_MS = -5 * HOUR_MS;
const DAYLIGHT_MS = -4 * HOUR_MS;
const MINUTES_PER_DAY = 1440;

/** Midnight of the first day covered and of the first day after, both in winter. */
const FIRST_MS = civilDay(FIRST_NEW_YORK_YEAR, 1, 1) * DAY_MS - STANDARD_MS;
const END_MS = civilDay(LAST_NEW_YORK_YEAR + 1, 1, 1) * DAY_MS - STANDARD_MS;

/** UTC instants at which the clock changes, ascending: even places go forward, odd places go back. */
const CHANGES: Float64Array = changesOfTheClock();

/** The interval of the last answer, kept because stamps come in runs: `CHANGES[i - 1] <= time < CHANGES[i]`. */
let intervalStart = 0;
let intervalEnd = 0;
let intervalOffset = 0;

/**
 * Milliseconds to add to an instant to get New York wall time: −18,000,000 in winter, −14,400,000 in summer.
 * Throws `CalendarError` outside 2000–2035.
 */
export function newYorkOffsetMs(time: Timestamp): number {
  if (time >= intervalStart && time < intervalEnd) return intervalOffset;
  if (!(time >= FIRST_MS && time < END_MS)) throw outOfYears(time);
  const changes = changesBefore(time);
  intervalStart = changes === 0 ? FIRST_MS : CHANGES[changes - 1]!;
  intervalEnd = changes === CHANGES.length ? END_MS : CHANGES[changes]!;
  intervalOffset = changes % 2 === 0 ? STANDARD_MS : DAYLIGHT_MS;
  return intervalOffset;
}

/** The New York date of an instant. Throws `CalendarError` outside 2000–2035. */
export function newYorkDay(time: Timestamp): SessionDay {
  return Math.floor((time + newYorkOffsetMs(time)) / DAY_MS) as SessionDay;
}

/** Minutes since New York midnight on the clock, with a fraction for seconds. Throws `CalendarError` outside 2000–2035. */
export function newYorkMinute(time: Timestamp): number {
  const wallMs = time + newYorkOffsetMs(time);
  return (wallMs - Math.floor(wallMs / DAY_MS) * DAY_MS) / MINUTE_MS;
}

/** Date and clock in New York. Throws `CalendarError` outside 2000–2035. */
export function newYorkWallTime(time: Timestamp): NewYorkWallTime {
  return { day: newYorkDay(time), minuteOfDay: newYorkMinute(time) };
}

/** Date and clock in New York as text for people, `2021-01-04 15:45`. Throws `CalendarError` outside 2000–2035. */
export function newYorkText(time: Timestamp): string {
  const wall = new Date(time + newYorkOffsetMs(time)).toISOString();
  return `${wall.slice(0, 10)} ${wall.slice(11, 16)}`;
}

/**
 * The instant of a New York date and clock. A time that the clock skips in spring goes forward (02:30 becomes 03:30), one
 * that it shows twice in autumn is the first. `minuteOfDay` is 0 to 1440, fractions allowed; 1440 is the next midnight.
 * Throws `CalendarError` outside 2000–2035 and on a minute outside the day.
 */
export function fromNewYork(day: SessionDay, minuteOfDay: number): Timestamp {
  if (!(minuteOfDay >= 0 && minuteOfDay <= MINUTES_PER_DAY)) {
    throw new CalendarError('MINUTE_OUT_OF_DAY', `minute ${minuteOfDay} is outside the day; give 0 to 1440`, {
      minuteOfDay,
    });
  }
  const wallMs = day * DAY_MS + minuteOfDay * MINUTE_MS;
  // In winter `wall − standard` is the answer. Within the hour after a change in spring the wall time does not exist and the
  // old offset carries it forward; before a change in autumn the first reading is in summer time: so a wall time belongs to
  // the time after a change, in either direction, exactly when its reading in summer time is not before the change.
  const asDaylight = wallMs - DAYLIGHT_MS;
  const asStandard = wallMs - STANDARD_MS;
  if (!(asStandard >= FIRST_MS && asStandard <= END_MS)) throw outOfYears(asStandard);
  // Ask with the summer reading, at most an hour before the true instant: what lies an hour before the years is winter.
  if (asDaylight < FIRST_MS) return asStandard as Timestamp;
  return (newYorkOffsetMs(asDaylight as Timestamp) === DAYLIGHT_MS ? asDaylight : asStandard) as Timestamp;
}

function changesOfTheClock(): Float64Array {
  const years = LAST_NEW_YORK_YEAR - FIRST_NEW_YORK_YEAR + 1;
  const changes = new Float64Array(2 * years);
  for (let place = 0; place < years; place++) {
    const year = FIRST_NEW_YORK_YEAR + place;
    const forward = year < 2007 ? nthWeekday(year, 4, SUNDAY, 1) : nthWeekday(year, 3, SUNDAY, 2);
    const back = year < 2007 ? lastWeekday(year, 10, SUNDAY) : nthWeekday(year, 11, SUNDAY, 1);
    changes[2 * place] = forward * DAY_MS + 2 * HOUR_MS - STANDARD_MS;
    changes[2 * place + 1] = back * DAY_MS + 2 * HOUR_MS - DAYLIGHT_MS;
  }
  return changes;
}

/** How many changes of the clock have happened at an instant. */
function changesBefore(time: number): number {
  let low = 0;
  let high = CHANGES.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (CHANGES[middle]! <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}

function outOfYears(time: number): CalendarError {
  const years = `${FIRST_NEW_YORK_YEAR} to ${LAST_NEW_YORK_YEAR}`;
  const day = Math.floor((time + STANDARD_MS) / DAY_MS) as SessionDay;
  const shown = Math.abs(time) < 8e15 ? isoDate(day) : String(time);
  return new CalendarError('NEW_YORK_YEAR', `no New York time for ${shown}; the table covers the years ${years}`, {
    time,
  });
}
