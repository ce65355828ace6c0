import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError, DataError, newYorkText, type Timestamp } from '@tradekit/core';
import {
  BLEMISH_KINDS,
  type BlemishKind,
  type PlantedBlemish,
  type PlantOptions,
  plantBlemishes,
  readBarFile,
  writeSyntheticMarket,
} from '@tradekit/data';
import { beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../temporary-folder.js';

const base = temporaryFolder();
const instruments = [{ id: 'A' }, { id: 'B' }];
let copies = 0;

beforeAll(() => writeSyntheticMarket(join(base.path, 'market'), { last: '2021-06-30', instruments }));

/** A fresh copy of the market with blemishes. */
function planted(counts: PlantOptions['counts'], more: Omit<PlantOptions, 'counts'> = {}) {
  const folder = join(base.path, `copy-${copies++}`);
  cpSync(join(base.path, 'market'), folder, { recursive: true });
  return { folder, found: plantBlemishes(folder, { counts, ...more }) };
}

/** Lines of a file; line 1 is the header. */
const lines = (folder: string, symbol: string): readonly string[] => [
  '',
  ...readFileSync(join(folder, `${symbol}_15min.csv`), 'utf8').split('\n'),
];
const stampOf = (line: string | undefined): string => line?.slice(0, 19) ?? '';
const stamp = (start: number): string => new Date(start).toISOString().slice(0, 19).replace('T', ' ');

/** The one blemish of a kind, its line and those around it, and the same stamp's line in the market as it was. */
function only(
  kind: BlemishKind,
  turn = 0,
): { blemish: PlantedBlemish; at: (offset: number) => string; was: string; folder: string } {
  const { folder, found } = planted({ [kind]: 2 * (turn + 1) });
  const blemish = found.filter(({ symbol }) => symbol === 'A')[turn] as PlantedBlemish;
  const own = lines(folder, 'A');
  const before = lines(join(base.path, 'market'), 'A');
  const at = (offset: number): string => own[blemish.line + offset] ?? '';
  return { blemish, at, was: before.find((line) => stampOf(line) === stamp(blemish.start)) ?? '', folder };
}

describe('planted blemishes', () => {
  test('a duplicate is the line before once more', () => {
    const { at, was } = only('duplicate');
    expect([at(0), at(-1)]).toEqual([was, was]);
  });

  test('a conflicting duplicate has the stamp of the line before and other values', () => {
    const { at, was } = only('conflicting-duplicate');
    expect(at(-1)).toBe(was);
    expect(stampOf(at(0))).toBe(stampOf(was));
    expect(at(0)).not.toBe(was);
  });

  test('a row out of order stands behind three later ones', () => {
    const { at, was } = only('out-of-order');
    expect(at(0)).toBe(was);
    for (const offset of [-1, -2, -3]) expect(stampOf(at(offset)) > stampOf(was)).toBe(true);
    expect(stampOf(at(-4)) < stampOf(was)).toBe(true);
  });

  test('an off-grid stamp is seven minutes late', () => {
    const { at, blemish } = only('off-grid');
    expect(stampOf(at(0))).toBe(stamp(blemish.start));
    expect(new Date(blemish.start).getUTCMinutes() % 15).toBe(7);
  });

  test('rows that cannot be read, and bars that cannot be: four of each in turn', () => {
    const { folder, found } = planted({ unreadable: 8, impossible: 8 });
    const own = lines(folder, 'A');
    const shapes = found
      .filter(({ symbol }) => symbol === 'A')
      .map(({ kind, line }) => [kind, (own[line] ?? '').split(',')] as const);
    const counts = shapes.filter(([kind]) => kind === 'unreadable').map(([, fields]) => fields.length);
    expect(counts.sort()).toEqual([5, 6, 6, 7]);
    const impossible = shapes
      .filter(([kind]) => kind === 'impossible')
      .map(([, fields]) => fields.slice(1).map(Number));
    const ways = impossible.map(([open = 0, high = 0, low = 0, close = 0, volume = 0]) =>
      high < low ? 'crossed' : open === 0 ? 'zero' : volume < 0 ? 'volume' : close > high ? 'close' : 'fine',
    );
    expect(ways.sort()).toEqual(['close', 'crossed', 'volume', 'zero']);
  });

  test('a frozen run repeats its first prices', () => {
    const { at, blemish } = only('frozen');
    const prices = (offset: number): string => at(offset).split(',').slice(1, 5).join();
    expect(blemish.bars).toBe(8);
    for (let bar = 0; bar < 8; bar++) expect(prices(bar)).toBe(prices(0));
  });

  test('a bad print goes so far beyond the high, then beyond the low', () => {
    const up = only('bad-print');
    const [, , highBefore = 0, lowBefore = 0, close = 0] = up.was.split(',').map(Number);
    const [, , high = 0, low = 0] = up.at(0).split(',').map(Number);
    expect(high).toBeCloseTo(highBefore + 0.05 * close, 3);
    expect(low).toBe(lowBefore);
  });

  test('a bar outside the session starts at 20:00 New York', () => {
    const { at, blemish } = only('outside-session');
    expect(stampOf(at(0))).toBe(stamp(blemish.start));
    expect(newYorkText(blemish.start as Timestamp)).toBe(`${blemish.date} 20:00`);
  });

  test('lost bars and lost sessions are not there, and nothing else is missing', () => {
    for (const kind of ['lost-bars', 'lost-session'] as const) {
      const { folder, found } = planted({ [kind]: 2 });
      for (const { symbol, start, bars } of found) {
        const whole = readBarFile(join(base.path, 'market', `${symbol}_15min.csv`));
        const own = readBarFile(join(folder, `${symbol}_15min.csv`));
        const gone = [...whole.start].filter((time) => !own.start.includes(time));
        expect(gone[0]).toBe(start);
        // A lost session has lost the bar at its close, too, which gives the official price.
        expect(gone.length - bars).toBe(kind === 'lost-bars' ? 0 : 1);
      }
    }
  });

  test('before a split prices are multiplied and volumes divided by its ratio', () => {
    const { blemish, folder } = only('split');
    const whole = readBarFile(join(base.path, 'market', 'A_15min.csv'));
    const own = readBarFile(join(folder, 'A_15min.csv'));
    const at = own.start.indexOf(blemish.start);
    expect(blemish.ratio).toBe(2);
    expect(own.close[at - 1]).toBeCloseTo((whole.close[at - 1] ?? 0) * 2, 3);
    expect(own.volume[at - 1]).toBe(Math.round((whole.volume[at - 1] ?? 0) / 2));
    expect(own.close[at]).toBe(whole.close[at]);
  });

  test('files that are wrong as a whole are the last ones and have nothing else', () => {
    const { folder, found } = planted({ 'wrong-zone': 1, duplicate: 3 });
    expect(found.map(({ symbol, kind }) => `${symbol} ${kind}`)).toEqual([
      'A duplicate',
      'A duplicate',
      'A duplicate',
      'B wrong-zone',
    ]);
    const moved = readBarFile(join(folder, 'B_15min.csv')).start;
    const whole = readBarFile(join(base.path, 'market', 'B_15min.csv')).start;
    expect([(whole[0] ?? 0) - (moved[0] ?? 0), (whole.at(-1) ?? 0) - (moved.at(-1) ?? 0)]).toEqual([
      5 * 3_600_000,
      4 * 3_600_000,
    ]);
  });

  test('the same seed plants the same bytes, another one others', () => {
    const counts = Object.fromEntries(BLEMISH_KINDS.slice(0, 12).map((kind) => [kind, 2]));
    const [one, two, other] = [planted(counts), planted(counts), planted(counts, { seed: 2 })];
    expect(lines(one.folder, 'A')).toEqual(lines(two.folder, 'A'));
    expect(one.found).toEqual(two.found);
    expect(lines(one.folder, 'A')).not.toEqual(lines(other.folder, 'A'));
    expect(one.found).toHaveLength(24);
  });

  test('nobody’s own files are touched, and a market is planted once', () => {
    const { folder } = planted({ duplicate: 1 });
    expect(() => plantBlemishes(folder, { counts: { duplicate: 1 } })).toThrow(DataError);
    expect(() => plantBlemishes(base.path, { counts: {} })).toThrow('holds no synthetic market');
  });

  test.each([
    [{ duplicates: 1 }, 'there is no blemish "duplicates"'],
    [{ duplicate: -1 }, '-1 blemishes of kind "duplicate"'],
    [{ duplicate: 10_000 }, '5000 blemishes for A, whose sessions have room for'],
    [{ 'wrong-zone': 3 }, '3 files are to be wrong as a whole, and there are 2'],
  ])('refuses %o', (counts, message) => {
    expect(() => planted(counts as PlantOptions['counts'])).toThrow(ConfigError);
    expect(() => planted(counts as PlantOptions['counts'])).toThrow(message);
  });
});
