/** The clocks in which stamps are written. */
import {
  ConfigError,
  DAY_MS,
  fromNewYork,
  MINUTE_MS,
  newYorkOffsetMs,
  type SessionDay,
  type Timestamp,
} from '@tradekit/core';

/** A clock on a wall, and what it says of instants. */
export interface ZoneClock {
  readonly zone: string;
  /** Milliseconds to add to an instant to get the time on the clock. */
  offsetMs(instant: number): number;
  /**
   * The instant of a date and a minute of its day on the clock. A time that the clock skips goes forward, one that it shows twice
   * is the first.
   */
  instant(day: SessionDay, minuteOfDay: number): number;
}

const FIXED = /^UTC(?:([+-])(\d{1,2})(?::([0-5]\d))?)?$/;
const clocks = new Map<string, ZoneClock>();

/**
 * The clock of a zone: `UTC`, a fixed distance from it such as `UTC-5` or `UTC+5:30`, `America/New_York` by the rules of US law, or
 * any other name of the IANA database, by the data of the machine. Throws `ConfigError` `SOURCE_ZONE` on any other text.
 */
export function zoneClock(zone: string): ZoneClock {
  const known = clocks.get(zone);
  if (known !== undefined) return known;
  const clock = made(zone);
  clocks.set(zone, clock);
  return clock;
}

function made(zone: string): ZoneClock {
  const fixed = FIXED.exec(zone);
  if (fixed !== null)
    return fixedClock(zone, (fixed[1] === '-' ? -1 : 1) * (Number(fixed[2] ?? 0) * 60 + Number(fixed[3] ?? 0)));
  if (zone === 'America/New_York') {
    return { zone, offsetMs: (instant) => newYorkOffsetMs(instant as Timestamp), instant: fromNewYork };
  }
  try {
    return namedClock(zone, new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' }));
  } catch (cause) {
    const remedy = 'use UTC, America/New_York, UTC-5, or another name of the IANA database such as Europe/Berlin';
    throw new ConfigError('SOURCE_ZONE', `zone "${zone}" is not known; ${remedy}`, { zone }, { cause });
  }
}

function fixedClock(zone: string, minutes: number): ZoneClock {
  const offset = minutes * MINUTE_MS;
  return {
    zone,
    offsetMs: () => offset,
    instant: (day, minuteOfDay) => day * DAY_MS + minuteOfDay * MINUTE_MS - offset,
  };
}

/** Asks the formatter twice a day, and within a day only on the few on which the clock changes. */
function namedClock(zone: string, formatter: Intl.DateTimeFormat): ZoneClock {
  const asked = (instant: number): number => offsetIn(formatter.format(instant));
  /** Offset on a UTC day; NaN when it changes on that day. */
  const days = new Map<number, number>();
  const ofDay = (day: number): number => {
    let offset = days.get(day);
    if (offset === undefined) {
      const first = asked(day * DAY_MS);
      offset = first === asked((day + 1) * DAY_MS) ? first : Number.NaN;
      days.set(day, offset);
    }
    return offset;
  };
  const offsetMs = (instant: number): number => {
    const offset = ofDay(Math.floor(instant / DAY_MS));
    return Number.isNaN(offset) ? asked(instant) : offset;
  };
  return {
    zone,
    offsetMs,
    instant(day, minuteOfDay) {
      const wall = day * DAY_MS + minuteOfDay * MINUTE_MS;
      // Half a day on both sides of the change, whichever side the time is on: the offset before it and the one after it.
      const before = wall - offsetMs(wall - DAY_MS);
      const after = wall - offsetMs(wall + DAY_MS);
      if (before === after) return before;
      // Its own reading in the old offset holds until the change; a time that neither reading has is skipped, and goes forward.
      if (offsetMs(before) === wall - before) return before;
      return offsetMs(after) === wall - after ? after : before;
    },
  };
}

/** `1/4/2021, GMT-05:00` and plain `GMT`, in milliseconds. */
function offsetIn(text: string): number {
  const match = /GMT(?:([+-])(\d\d):(\d\d))?$/.exec(text);
  const minutes = Number(match?.[2] ?? 0) * 60 + Number(match?.[3] ?? 0);
  return (match?.[1] === '-' ? -minutes : minutes) * MINUTE_MS;
}
