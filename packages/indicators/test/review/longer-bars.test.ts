/** Indicators of a session on longer bars: what a strategy reads, and from when on. */
import { emptyBars, FeatureBoard, MINUTE_MS, on, sessionDay, stock, type Timestamp, universe } from '@tradekit/core';
import * as own from '@tradekit/indicators';
import { contractCalendar } from '@tradekit/indicators/testing';
import { expect, test } from 'vitest';

/** The feature of one instrument after every quarter hour of two sessions whose bars are flat at 10, 11, 12, … with 1 share each. */
function twoSessions(spec: ReturnType<typeof own.vwap>, timeframe: 'hour' | 'day'): readonly number[] {
  const board = new FeatureBoard(universe([stock('A')]), contractCalendar, 15 * MINUTE_MS);
  const handle = board.add(on(timeframe, spec));
  const row = emptyBars(1);
  let price = 10;
  return contractCalendar.sessions(sessionDay(19_723), sessionDay(19_724)).flatMap((session) => {
    const values: number[] = [];
    for (let end = session.open + 15 * MINUTE_MS; end <= session.close; end += 15 * MINUTE_MS) {
      for (const column of [row.open, row.high, row.low, row.close]) column[0] = price;
      row.volume[0] = 1;
      board.step(row, session, end as Timestamp);
      values.push(board.value(handle, 0));
      price++;
    }
    board.closeSession(Float64Array.of(Number.NaN), session.day);
    return values;
  });
}

test('VWAP of hours is of the hours’ typical prices, stays until the next hour closes, and begins anew with the first of a session', () => {
  const found = twoSessions(own.vwap(), 'hour');
  const none = Number.NaN;
  // Hours of 10 … 13 and 14 … 17, 4 shares each: typical (13 + 10 + 13) / 3 = 12 and 16.
  expect(found.slice(0, 8)).toEqual([none, none, none, 12, 12, 12, 12, 14]);
  // The next session: what the last half hour of the day before said, until 10:30; then 36 … 39.
  expect(found[26]).toBe(found[25]);
  expect(found.slice(28, 30)).toEqual([found[25], 38]);
});

test('the opening gap of days is that of the last day that closed: nothing in the first two', () => {
  expect(twoSessions(own.openingGap(), 'day').every((value) => Number.isNaN(value))).toBe(true);
});

test('an input of longer bars is read as it was last closed, and of shorter ones refused', () => {
  const board = new FeatureBoard(universe([stock('A')]), contractCalendar, 15 * MINUTE_MS);
  expect(() => board.add(own.difference('close', on('day', own.sma(2))))).not.toThrow();
  expect(() => board.add(on('day', own.sma({ period: 2, input: on('hour', own.rsi(3)) })))).toThrow(
    /the same timeframe, or a longer one/,
  );
});
