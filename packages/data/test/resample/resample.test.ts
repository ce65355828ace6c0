import {
  ConfigError,
  DataError,
  fromNewYork,
  nyse,
  parseIsoDate,
  type SessionDay,
  type Timeframe,
} from '@tradekit/core';
import { type ResampledBars, resample, type StreamedBar } from '@tradekit/data';
import { describe, expect, test } from 'vitest';
import { columnsOf } from './columns-of.js';

/** A quarter hour at a New York time: open 10 below, high 1 above, low 11 below its price, closing at it. */
function bar(date: string, time: string, price: number, volume = 100): StreamedBar {
  const [hours, minutes] = time.split(':').map(Number) as [number, number];
  const start = fromNewYork(parseIsoDate(date) as SessionDay, hours * 60 + minutes);
  return { start, open: price - 10, high: price + 1, low: price - 11, close: price, volume };
}

const quarters = (bars: readonly StreamedBar[], timeframe: Timeframe): ResampledBars =>
  resample(columnsOf(bars), { barMinutes: 15, timeframe, calendar: nyse });
const rows = ({ open, high, low, close, volume }: ResampledBars): readonly (readonly number[])[] =>
  [...open].map((_, k) => [open, high, low, close, volume].map((column) => column[k] ?? Number.NaN));

describe('resampling', () => {
  test('hours are counted from the open; the last is half an hour', () => {
    const made = quarters(
      [bar('2024-11-27', '09:30', 100), bar('2024-11-27', '10:15', 120), bar('2024-11-27', '15:45', 90, 7)],
      'hour',
    );
    expect(rows(made)).toEqual([
      [90, 121, 89, 120, 200],
      [80, 91, 79, 90, 7],
    ]);
    const { start, end } = made;
    const session = nyse.session(parseIsoDate('2024-11-27') as SessionDay);
    const { open = 0, close = 0 } = session ?? {};
    expect([[...start], [...end]]).toEqual([
      [open, close - 1_800_000],
      [open + 3_600_000, close],
    ]);
  });

  test('extended hours are left out; a day closes at the open of the bar that starts at its close', () => {
    const made = quarters(
      [
        bar('2024-11-27', '09:15', 500),
        bar('2024-11-27', '09:30', 100),
        bar('2024-11-27', '15:45', 110),
        bar('2024-11-27', '16:00', 135),
        bar('2024-11-29', '09:30', 200),
        bar('2024-11-29', '12:45', 210),
        bar('2024-11-29', '13:00', 190),
      ],
      'day',
    );
    // The official closes are 125 (above the high of 111, which then contains it) and 180 (below the low of 189).
    expect(rows(made)).toEqual([
      [90, 125, 89, 125, 200],
      [190, 211, 180, 180, 200],
    ]);
  });

  test('a day without such a bar closes with its last bar', () => {
    expect(rows(quarters([bar('2024-11-27', '09:30', 100), bar('2024-11-29', '09:30', 50)], 'day'))).toEqual([
      [90, 101, 89, 100, 100],
      [40, 51, 39, 50, 100],
    ]);
  });

  test('an official print without a regular bar makes no day, and does not close the day before', () => {
    const made = quarters([bar('2024-11-26', '09:30', 100), bar('2024-11-27', '16:00', 300)], 'day');
    expect(rows(made)).toEqual([[90, 101, 89, 100, 100]]);
  });

  test('a week goes from Monday to Sunday and ends at the close of its last session, a half day', () => {
    const made = quarters(
      [bar('2024-11-22', '15:45', 70), bar('2024-11-25', '09:30', 100), bar('2024-11-29', '12:45', 80, 5)],
      'week',
    );
    expect(rows(made)).toEqual([
      [60, 71, 59, 70, 100],
      [90, 101, 69, 80, 105],
    ]);
    expect(made.end[1]).toBe(nyse.session(parseIsoDate('2024-11-29') as SessionDay)?.close);
  });

  test('a lost session makes no bar', () => {
    const made = quarters([bar('2024-11-25', '09:30', 100), bar('2024-11-27', '09:30', 80)], 'day');
    expect(made.start).toHaveLength(2);
  });

  test('no bars make no bars', () => {
    expect(quarters([], 'day').start).toHaveLength(0);
  });

  test('refuses bars that do not fill the longer ones, and bars off the session', () => {
    const one = columnsOf([bar('2024-11-27', '09:30', 100)]);
    expect(() => resample(one, { barMinutes: 30, timeframe: '15min', calendar: nyse })).toThrow(ConfigError);
    const off = columnsOf([bar('2024-11-27', '09:40', 100)]);
    expect(() => resample(off, { barMinutes: 15, timeframe: 'hour', calendar: nyse })).toThrow(DataError);
    expect(() => resample(off, { barMinutes: 15, timeframe: 'hour', calendar: nyse })).toThrow(
      'the bar that starts 2024-11-27 09:40 New York is not one of the 15-minute bars of the session of 2024-11-27',
    );
  });
});
