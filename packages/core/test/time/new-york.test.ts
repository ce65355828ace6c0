import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CalendarError } from '../../src/errors.js';
import {
  civilDay,
  fromNewYork,
  isoDate,
  isoTime,
  newYorkDay,
  newYorkMinute,
  newYorkOffsetMs,
  newYorkText,
  newYorkWallTime,
  parseIsoDate,
  type SessionDay,
  type Timestamp,
} from '../../src/time/index.js';

const HOUR = 3_600_000;
const at = (text: string): Timestamp => Date.parse(text) as Timestamp;
const day = (text: string): SessionDay => parseIsoDate(text) ?? (Number.NaN as SessionDay);
const first = at('2000-01-01T05:00:00Z');
const end = at('2036-01-01T05:00:00Z');

/** An independent answer: the time zone data of the machine. */
const formatter = new Intl.DateTimeFormat('en-US', { timeZone: 'America/New_York', timeZoneName: 'longOffset' });
const offsetByIntl = (time: number): number => {
  const name = formatter.formatToParts(time).find((part) => part.type === 'timeZoneName')?.value;
  if (name === 'GMT-05:00') return -5 * HOUR;
  if (name === 'GMT-04:00') return -4 * HOUR;
  throw new Error(`unexpected offset ${name}`);
};

describe('newYorkOffsetMs', () => {
  it('is five hours behind UTC in winter and four in summer', () => {
    expect(newYorkOffsetMs(at('2021-01-04T14:30:00Z'))).toBe(-18_000_000);
    expect(newYorkOffsetMs(at('2021-07-06T13:30:00Z'))).toBe(-14_400_000);
  });

  it('agrees with Intl at every noon and midnight UTC from 2000 to 2035', () => {
    for (let time = at('2000-01-01T12:00:00Z'); time < end; time = (time + 12 * HOUR) as Timestamp) {
      if (newYorkOffsetMs(time) !== offsetByIntl(time)) throw new Error(`differs from Intl at ${isoTime(time)}`);
    }
  });

  it('agrees with Intl at every quarter hour and each last millisecond of the days of all 72 changes', () => {
    let changes = 0;
    for (let time = at('2000-01-01T12:00:00Z'); time < end; time = (time + 24 * HOUR) as Timestamp) {
      if (newYorkOffsetMs(time) === newYorkOffsetMs(Math.min(time + 24 * HOUR, end - 1) as Timestamp)) continue;
      changes++;
      for (let quarter = time; quarter < time + 24 * HOUR; quarter = (quarter + HOUR / 4) as Timestamp) {
        expect(newYorkOffsetMs(quarter)).toBe(offsetByIntl(quarter));
        expect(newYorkOffsetMs((quarter - 1) as Timestamp)).toBe(offsetByIntl(quarter - 1));
      }
    }
    expect(changes).toBe(72);
  });

  it('changes to the millisecond at 07:00 UTC in spring and 06:00 UTC in autumn', () => {
    expect(newYorkOffsetMs((at('2021-03-14T07:00:00Z') - 1) as Timestamp)).toBe(-18_000_000);
    expect(newYorkOffsetMs(at('2021-03-14T07:00:00Z'))).toBe(-14_400_000);
    expect(newYorkOffsetMs((at('2021-11-07T06:00:00Z') - 1) as Timestamp)).toBe(-14_400_000);
    expect(newYorkOffsetMs(at('2021-11-07T06:00:00Z'))).toBe(-18_000_000);
  });

  it('keeps the old dates of the change until 2006 and the new ones from 2007', () => {
    expect(newYorkOffsetMs(at('2006-03-20T12:00:00Z'))).toBe(-18_000_000);
    expect(newYorkOffsetMs(at('2006-04-03T12:00:00Z'))).toBe(-14_400_000);
    expect(newYorkOffsetMs(at('2006-10-30T12:00:00Z'))).toBe(-18_000_000);
    expect(newYorkOffsetMs(at('2007-03-12T12:00:00Z'))).toBe(-14_400_000);
    expect(newYorkOffsetMs(at('2007-10-30T12:00:00Z'))).toBe(-14_400_000);
  });

  it('gives the same answer in any order of questions', () => {
    const instant = fc.integer({ min: first, max: end - 1 });
    fc.assert(
      fc.property(fc.array(instant, { minLength: 2, maxLength: 20 }), (times) => {
        for (const time of times) expect(newYorkOffsetMs(time as Timestamp)).toBe(offsetByIntl(time));
      }),
    );
  });

  it.each([first - 1, end, Number.NaN, Number.POSITIVE_INFINITY])('throws CalendarError at %d', (time) => {
    expect(() => newYorkOffsetMs(time as Timestamp)).toThrow(CalendarError);
  });

  it('answers at both ends of its years and says which they are', () => {
    expect(newYorkOffsetMs(first)).toBe(-18_000_000);
    expect(newYorkOffsetMs((end - 1) as Timestamp)).toBe(-18_000_000);
    expect(() => newYorkOffsetMs(end)).toThrow(
      'no New York time for 2036-01-01; the table covers the years 2000 to 2035',
    );
  });

  it('serves two million stamps in less than a second of CPU, where Intl takes twenty', () => {
    let sum = 0;
    const before = process.cpuUsage();
    for (let i = 0; i < 2_000_000; i++) sum += newYorkOffsetMs((1_609_750_000_000 + i * 60_000) as Timestamp);
    const used = process.cpuUsage(before);
    expect(sum).toBeLessThan(0);
    expect((used.user + used.system) / 1000).toBeLessThan(1000);
  });
});

describe('New York wall time', () => {
  it('reads the bar of 15:45 on 2021-01-04', () => {
    const time = at('2021-01-04T20:45:00Z');
    expect(newYorkWallTime(time)).toEqual({ day: 18_631, minuteOfDay: 945 });
    expect(newYorkDay(time)).toBe(18_631);
    expect(newYorkMinute(time)).toBe(945);
    expect(newYorkText(time)).toBe('2021-01-04 15:45');
  });

  it('takes the New York date of a UTC evening, not the UTC date', () => {
    expect(isoDate(newYorkDay(at('2021-11-09T00:30:00Z')))).toBe('2021-11-08');
  });

  it('counts seconds as a fraction of a minute', () => {
    expect(newYorkMinute(at('2021-01-04T14:30:15Z'))).toBe(570.25);
  });
});

describe('fromNewYork', () => {
  it('puts 09:30 at 14:30 UTC in winter and 13:30 UTC in summer', () => {
    expect(isoTime(fromNewYork(day('2021-03-12'), 570))).toBe('2021-03-12T14:30:00.000Z');
    expect(isoTime(fromNewYork(day('2021-03-15'), 570))).toBe('2021-03-15T13:30:00.000Z');
    expect(isoTime(fromNewYork(day('2021-11-05'), 570))).toBe('2021-11-05T13:30:00.000Z');
    expect(isoTime(fromNewYork(day('2021-11-08'), 570))).toBe('2021-11-08T14:30:00.000Z');
  });

  it('carries a skipped time forward: 02:30 on 2021-03-14 is 03:30', () => {
    const time = fromNewYork(day('2021-03-14'), 150);
    expect(isoTime(time)).toBe('2021-03-14T07:30:00.000Z');
    expect(newYorkMinute(time)).toBe(210);
  });

  it('takes the first of a time shown twice: 01:30 on 2021-11-07 is 05:30 UTC', () => {
    expect(isoTime(fromNewYork(day('2021-11-07'), 90))).toBe('2021-11-07T05:30:00.000Z');
  });

  it('leaves the repeated hour at 02:00', () => {
    expect(isoTime(fromNewYork(day('2021-11-07'), 119))).toBe('2021-11-07T05:59:00.000Z');
    expect(isoTime(fromNewYork(day('2021-11-07'), 120))).toBe('2021-11-07T07:00:00.000Z');
  });

  it('takes minute 1440 as the next midnight', () => {
    expect(fromNewYork(day('2021-01-04'), 1440)).toBe(fromNewYork(day('2021-01-05'), 0));
    expect(fromNewYork(day('2035-12-31'), 1440)).toBe(end);
  });

  it('starts with the first minute of 2000', () => {
    expect(fromNewYork(day('2000-01-01'), 0)).toBe(first);
    expect(fromNewYork(day('2000-01-01'), 30)).toBe(first + HOUR / 2);
  });

  it('is undone by newYorkWallTime, except for the hour that spring skips', () => {
    const days = fc.integer({ min: civilDay(2000, 1, 1), max: civilDay(2035, 12, 31) });
    fc.assert(
      fc.property(days, fc.integer({ min: 0, max: 1439 }), (days, minuteOfDay) => {
        const wall = newYorkWallTime(fromNewYork(days as SessionDay, minuteOfDay));
        const skipped = wall.minuteOfDay === minuteOfDay + 60 && minuteOfDay >= 120 && minuteOfDay < 180;
        expect(wall).toEqual({ day: days, minuteOfDay: skipped ? minuteOfDay + 60 : minuteOfDay });
      }),
      { numRuns: 2000 },
    );
  });

  it('undoes newYorkWallTime on whole minutes, except for the second reading of the hour that autumn repeats', () => {
    fc.assert(
      fc.property(fc.integer({ min: first / 60_000, max: end / 60_000 - 1 }), (minutes) => {
        const time = minutes * 60_000;
        const wall = newYorkWallTime(time as Timestamp);
        const back = fromNewYork(wall.day, wall.minuteOfDay);
        const repeated = time - back === HOUR && wall.minuteOfDay >= 60 && wall.minuteOfDay < 120;
        expect(repeated ? back + HOUR : back).toBe(time);
      }),
      { numRuns: 2000 },
    );
  });

  it('is exact at every minute of the days on which the clock changes', () => {
    for (const date of ['2006-04-02', '2006-10-29', '2024-03-10', '2024-11-03']) {
      for (let minute = 0; minute < 1440; minute++) {
        const time = fromNewYork(day(date), minute);
        const shown = newYorkMinute(time);
        const skipped = date.slice(5, 7) < '05' && minute >= 120 && minute < 180;
        expect(shown).toBe(skipped ? minute + 60 : minute);
      }
    }
  });

  it.each([-1, 1440.5, Number.NaN])('throws CalendarError on minute %d', (minute) => {
    expect(() => fromNewYork(day('2021-01-04'), minute)).toThrow(CalendarError);
  });

  it.each([civilDay(1999, 12, 31), civilDay(2036, 1, 1) + 1, Number.NaN])(
    'throws CalendarError on day %d',
    (outside) => {
      expect(() => fromNewYork(outside as SessionDay, 570)).toThrow(CalendarError);
    },
  );
});
