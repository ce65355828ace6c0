import { nyse } from '@tradekit/core';
import { describe, expect, it } from 'vitest';
import { sessionRows } from '../../src/quality/session-rows.js';
import { splitSuspicions } from '../../src/quality/splits.js';
import { asTraded, at, columnsOf, market, type Row, rowsWhere } from './kit.js';

const suspicions = (bars: ReturnType<typeof market>) => splitSuspicions(bars, sessionRows(bars, nyse));
const bars = market('2021-01-04', '2021-06-30');

describe('splits', () => {
  it('are not found in a market without one', () => {
    expect(suspicions(bars)).toEqual([]);
  });

  const terms = [[3, 2], ...[2, 3, 4, 5, 6, 7, 8, 10, 15, 20, 25, 30, 50].map((shares) => [shares, 1])];
  const both = terms.flatMap(([shares = 0, old = 0]) => [
    [shares, old],
    [old, shares],
  ]);

  it.each(both)('%i:%i is found on its date with its terms', (shares = 0, old = 0) => {
    const found = suspicions(asTraded(bars, at('2021-03-17', '00:00'), shares / old));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({
      date: '2021-03-17',
      terms: `${shares}:${old}`,
      sessionsBetween: 0,
      atNight: false,
      mixedRows: [],
    });
    expect(found[0]?.ratio).toBe(shares / old);
  });

  it('is found over lost sessions, with their count', () => {
    const split = asTraded(bars, at('2021-03-17', '00:00'), 4);
    const found = suspicions(
      rowsWhere(split, (start) => start < at('2021-03-15', '00:00') || start > at('2021-03-19', '00:00')),
    );
    expect(found).toMatchObject([{ date: '2021-03-19', terms: '4:1', sessionsBetween: 4 }]);
  });

  it('is found behind a first bar on both scales, and the bar is named', () => {
    const split = asTraded(bars, at('2021-03-17', '00:00'), 4);
    const row = split.start.indexOf(at('2021-03-17', '09:30'));
    const before = split.close[row - 1] ?? 0;
    split.open[row] = before;
    split.high[row] = before;
    expect(suspicions(split)).toMatchObject([{ date: '2021-03-17', terms: '4:1', mixedRows: [row] }]);
  });

  // Two sessions of evening, morning and regular bars at given prices and volumes.
  const twoDays = (evening: number, morning: number, next: number, volume: number) => {
    const rows: Row[] = [];
    const put = (date: string, clocks: readonly string[], price: number, shares: number) => {
      for (const clock of clocks) rows.push([at(date, clock), price, price, price, price, shares]);
    };
    put('2021-03-16', ['09:30', '12:00', '15:45'], 100, 1000);
    put('2021-03-16', ['16:00', '18:00', '19:45'], evening, 10);
    put('2021-03-17', ['04:00', '07:00', '09:15'], morning, 10);
    put('2021-03-17', ['09:30', '12:00', '15:45'], next, volume);
    return columnsOf(rows);
  };

  it('happen in the night: a fall by half while people trade is none', () => {
    expect(suspicions(twoDays(100, 50, 50, 2000))).toMatchObject([{ terms: '2:1', atNight: true }]);
    expect(suspicions(twoDays(50, 50, 50, 2000))).toEqual([]);
    expect(suspicions(twoDays(100, 100, 50, 2000))).toEqual([]);
  });

  it('are no news: a fall by half on ten times the dollars is none', () => {
    expect(suspicions(twoDays(100, 50, 50, 20_000))).toEqual([]);
  });

  it('have round terms: falls of 18 to 25 % are none', () => {
    for (const next of [82, 80, 75]) expect(suspicions(twoDays(100, next, next, 1000))).toEqual([]);
  });

  it('last: a bad print at the open is none', () => {
    const spoiled = market('2021-03-01', '2021-03-31');
    const row = spoiled.start.indexOf(at('2021-03-17', '09:30'));
    spoiled.open[row] = (spoiled.open[row] ?? 0) / 2;
    spoiled.low[row] = spoiled.open[row] ?? 0;
    expect(suspicions(spoiled)).toEqual([]);
  });
});
