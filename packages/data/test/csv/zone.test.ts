import { ConfigError, DAY_MS, fromNewYork, parseIsoDate, type SessionDay } from '@tradekit/core';
import { zoneClock } from '@tradekit/data';
import { describe, expect, test } from 'vitest';

const day = (date: string): SessionDay => parseIsoDate(date) as SessionDay;
/** What the clock's reading is in UTC. */
const utc = (zone: string, date: string, time: string): string => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return new Date(zoneClock(zone).instant(day(date), hours * 60 + minutes)).toISOString().slice(0, 16);
};

describe('clocks of zones', () => {
  test('UTC, and fixed distances from it', () => {
    expect(utc('UTC', '2021-07-01', '09:30')).toBe('2021-07-01T09:30');
    expect(utc('UTC-5', '2021-07-01', '09:30')).toBe('2021-07-01T14:30');
    expect(utc('UTC+5:30', '2021-07-01', '09:30')).toBe('2021-07-01T04:00');
  });

  test('names of the IANA database, in winter and in summer', () => {
    expect(utc('Europe/Berlin', '2021-01-04', '15:30')).toBe('2021-01-04T14:30');
    expect(utc('Europe/Berlin', '2021-07-01', '15:30')).toBe('2021-07-01T13:30');
    expect(utc('America/Chicago', '2021-07-01', '08:30')).toBe('2021-07-01T13:30');
    expect(utc('Asia/Tokyo', '2021-01-05', '00:30')).toBe('2021-01-04T15:30');
    expect(utc('Australia/Sydney', '2021-01-05', '01:30')).toBe('2021-01-04T14:30');
  });

  test('on the days on which the clock changes: skipped times go forward, times shown twice are the first', () => {
    // Berlin: 2021-03-28 02:00 → 03:00, 2021-10-31 03:00 → 02:00.
    expect(utc('Europe/Berlin', '2021-03-28', '01:59')).toBe('2021-03-28T00:59');
    expect(utc('Europe/Berlin', '2021-03-28', '02:30')).toBe('2021-03-28T01:30');
    expect(utc('Europe/Berlin', '2021-03-28', '03:00')).toBe('2021-03-28T01:00');
    expect(utc('Europe/Berlin', '2021-10-31', '02:30')).toBe('2021-10-31T00:30');
    expect(utc('Europe/Berlin', '2021-10-31', '03:00')).toBe('2021-10-31T02:00');
    // Sydney changes in the other direction: 2021-04-04 03:00 → 02:00, while it is still the day before in UTC.
    expect(utc('Australia/Sydney', '2021-04-04', '01:59')).toBe('2021-04-03T14:59');
    expect(utc('Australia/Sydney', '2021-04-04', '02:30')).toBe('2021-04-03T15:30');
    expect(utc('Australia/Sydney', '2021-04-04', '03:00')).toBe('2021-04-03T17:00');
  });

  test('the machine’s New York agrees with the rules of US law at every hour of 2006 to 2024', () => {
    // Another name of the same clock, so that the machine's data is asked.
    const machine = zoneClock('US/Eastern');
    for (let date = day('2006-01-01'); date < day('2025-01-01'); date = (date + 1) as SessionDay) {
      for (let hour = 0; hour < 24; hour++) {
        const own = fromNewYork(date, hour * 60 + 30);
        if (machine.instant(date, hour * 60 + 30) !== own)
          expect([date, hour, machine.instant(date, hour * 60 + 30)]).toEqual([date, hour, own]);
        if (machine.offsetMs(own) !== zoneClock('America/New_York').offsetMs(own)) expect([date, hour]).toEqual([]);
      }
    }
  });

  test('what is no zone is refused', () => {
    for (const zone of ['Mars/Olympus', 'EST5', '', 'UTC-x']) expect(() => zoneClock(zone)).toThrow(ConfigError);
    expect(() => zoneClock('Mars/Olympus')).toThrow(
      'zone "Mars/Olympus" is not known; use UTC, America/New_York, UTC-5',
    );
    expect(zoneClock('UTC').offsetMs(DAY_MS)).toBe(0);
  });
});
