import { civilDay, nyse } from '@tradekit/core';
import {
  examineFolder,
  type InstrumentRecord,
  plantBlemishes,
  type SymbolQuality,
  writeSyntheticMarket,
} from '@tradekit/data';
import { beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../temporary-folder.js';

const base = temporaryFolder();
let splitDate = '';

beforeAll(() => {
  writeSyntheticMarket(base.path, { last: '2021-12-31', instruments: [{ id: 'A' }, { id: 'B' }] });
  const planted = plantBlemishes(base.path, { counts: { split: 2, duplicate: 40 } });
  splitDate = planted.find(({ kind, symbol }) => kind === 'split' && symbol === 'A')?.date ?? '';
});

function examined(...instruments: readonly InstrumentRecord[]): readonly SymbolQuality[] {
  return examineFolder({ folder: base.path, calendar: nyse, instruments }).symbols;
}

const day = (date: string) => civilDay(...(date.split('-').map(Number) as [number, number, number]));

describe('what is known of instruments', () => {
  test('a split that is listed is not proposed again, another one still is', () => {
    const splits = [{ date: day(splitDate), ratio: 2 }];
    expect(examined()[0]?.counts.SPLIT).toBe(1);
    expect(examined({ id: 'A', splits })[0]?.counts.SPLIT).toBeUndefined();
    const otherDay = [{ date: civilDay(2021, 1, 6), ratio: 2 }];
    expect(examined({ id: 'A', splits: otherDay })[0]?.counts.SPLIT).toBe(1);
  });

  test('one that ends is not missed after its end, and what is wrong with other days is not its own', () => {
    const to = civilDay(2021, 6, 30);
    const [whole] = examined();
    const [half] = examined({ id: 'A', to });
    expect(half?.last.slice(0, 10)).toBe('2021-06-30');
    expect(half?.counts.ENDS_EARLY).toBeUndefined();
    expect(half?.counts.DUPLICATE).toBeLessThan(whole?.counts.DUPLICATE ?? 0);
    expect(half?.findings.every(({ at }) => at.slice(0, 10) <= '2021-06-30')).toBe(true);
  });

  test('the file of two instruments is examined for each', () => {
    const old = { id: 'OLD', symbol: 'A', to: civilDay(2021, 3, 31) };
    const now = { id: 'A', from: civilDay(2021, 9, 1) };
    const found = examined(old, now);
    expect(found.map(({ symbol, file, first, last }) => [symbol, file, first.slice(0, 10), last.slice(0, 10)])).toEqual(
      [
        ['OLD', 'A_15min.csv', '2021-01-04', '2021-03-31'],
        ['A', 'A_15min.csv', '2021-09-01', '2021-12-31'],
        ['B', 'B_15min.csv', '2021-01-04', '2021-12-31'],
      ],
    );
    expect(found[1]?.sessions.lost).toBe(0);
  });
});
