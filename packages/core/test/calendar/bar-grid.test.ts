import { describe, expect, it } from 'vitest';
import { barGrid, nyse, weekdayCalendar } from '../../src/calendar/index.js';
import { ConfigError } from '../../src/errors.js';
import { newYorkText, parseIsoDate, type SessionDay, type Timestamp } from '../../src/time/index.js';

const day = (text: string): SessionDay => parseIsoDate(text) ?? (Number.NaN as SessionDay);
const QUARTER = 900_000;
const text = (time: number | undefined): string => newYorkText(time as Timestamp);

describe('barGrid', () => {
  it('gives 26 quarter hours to a full day and 14 to a half day', () => {
    const grid = barGrid(nyse.sessions(day('2024-11-27'), day('2024-12-02')), QUARTER);
    expect(grid.sessions.map(({ date }) => date)).toEqual(['2024-11-27', '2024-11-29', '2024-12-02']);
    expect([...grid.firstRow]).toEqual([0, 26, 40, 66]);
    expect(text(grid.starts[26])).toBe('2024-11-29 09:30');
    expect(text(grid.starts[39])).toBe('2024-11-29 12:45');
    expect(text(grid.ends[39])).toBe('2024-11-29 13:00');
  });

  it('ends each bar where the next one starts, within a session', () => {
    const { firstRow, starts, ends } = barGrid(nyse.sessions(day('2021-03-12'), day('2021-03-15')), QUARTER);
    for (let row = 0; row < 52; row++) {
      const last = row + 1 === firstRow[1] || row + 1 === firstRow[2];
      if (!last) expect(ends[row]).toBe(starts[row + 1]);
      expect((ends[row] ?? 0) - (starts[row] ?? 0)).toBe(QUARTER);
    }
    expect(text(starts[26])).toBe('2021-03-15 09:30');
  });

  it('cuts the last bar at the close where the length does not divide the session', () => {
    const grid = barGrid(nyse.sessions(day('2024-11-29'), day('2024-12-02')), 4 * QUARTER);
    expect([...grid.firstRow]).toEqual([0, 4, 11]);
    expect([text(grid.starts[3]), text(grid.ends[3])]).toEqual(['2024-11-29 12:30', '2024-11-29 13:00']);
    expect([text(grid.starts[10]), text(grid.ends[10])]).toEqual(['2024-12-02 15:30', '2024-12-02 16:00']);
  });

  it('takes one bar a day where the bar is as long as the session', () => {
    const plain = weekdayCalendar({ name: 'daily', openMinuteUtc: 0, minutes: 1440 });
    const grid = barGrid(plain.sessions(day('2006-01-02'), day('2006-01-08')), 86_400_000);
    expect([...grid.firstRow]).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('has no rows without sessions', () => {
    const grid = barGrid([], QUARTER);
    expect([...grid.firstRow]).toEqual([0]);
    expect(grid.starts).toHaveLength(0);
  });

  it.each([0, -QUARTER, Number.NaN, 8 * QUARTER, 86_400_000])('refuses bars of %d ms', (barMs) => {
    const sessions = nyse.sessions(day('2024-12-02'), day('2024-12-02'));
    expect(() => barGrid(sessions, barMs)).toThrow(ConfigError);
  });
});
