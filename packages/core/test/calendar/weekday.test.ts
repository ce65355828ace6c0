import { describe, expect, it } from 'vitest';
import { barGrid, weekdayCalendar } from '../../src/calendar/index.js';
import { CalendarError, ConfigError } from '../../src/errors.js';
import { parseIsoDate, type SessionDay } from '../../src/time/index.js';

const day = (text: string): SessionDay => parseIsoDate(text) ?? (Number.NaN as SessionDay);
const plain = weekdayCalendar({ name: 'plain', openMinuteUtc: 870, minutes: 390 });

describe('weekdayCalendar', () => {
  it('opens at 14:30 UTC in winter and in summer, on holidays too', () => {
    const open = Date.parse('2024-07-04T14:30:00Z');
    const close = Date.parse('2024-07-04T21:00:00Z');
    expect(plain.session(day('2024-07-04'))).toEqual({ day: 19_908, date: '2024-07-04', open, close, half: false });
    expect(plain.session(day('2024-12-25'))?.open).toBe(Date.parse('2024-12-25T14:30:00Z'));
  });

  it('is closed on Saturday and Sunday', () => {
    expect(plain.session(day('2024-06-15'))).toBeUndefined();
    expect(plain.session(day('2024-06-16'))).toBeUndefined();
  });

  it('makes 26,000 quarter hours of 1,000 weekdays', () => {
    const sessions = plain.sessions(day('2020-01-01'), day('2023-10-31'));
    expect(sessions).toHaveLength(1000);
    expect(barGrid(sessions, 900_000).starts).toHaveLength(26_000);
  });

  it('covers years that the NYSE calendar does not', () => {
    expect(plain.sessions(day('1969-12-29'), day('1970-01-04'))).toHaveLength(5);
    expect(plain.session(day('2050-01-03'))?.date).toBe('2050-01-03');
  });

  it.each([
    { openMinuteUtc: -1, minutes: 390 },
    { openMinuteUtc: 870, minutes: 0 },
    { openMinuteUtc: 870, minutes: 571 },
    { openMinuteUtc: 870.5, minutes: 390 },
    { openMinuteUtc: 870, minutes: Number.NaN },
  ])('refuses hours that do not fit into a UTC day: %o', (hours) => {
    expect(() => weekdayCalendar({ name: 'odd', ...hours })).toThrow(ConfigError);
  });

  it('throws CalendarError on what is no day', () => {
    expect(() => plain.session(Number.NaN as SessionDay)).toThrow(CalendarError);
    expect(() => plain.sessions(0.5 as SessionDay, 3 as SessionDay)).toThrow(CalendarError);
  });
});
