import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DataError } from '@tradekit/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BarColumns, readBarFile, writeBarFile } from '../../src/index.js';
import { temporaryFolder } from '../temporary-folder.js';

const folder = temporaryFolder();
const path = join(folder.path, 'AAPL_15min.csv');
const FIRST = Date.UTC(2021, 0, 4, 9);
const QUARTER = 900_000;

type Row = readonly [start: number, open: number, high: number, low: number, close: number, volume: number];

function columns(...rows: readonly Row[]): BarColumns {
  const column = (field: number): Float64Array => Float64Array.from(rows, (row) => row[field] ?? Number.NaN);
  return {
    start: column(0),
    open: column(1),
    high: column(2),
    low: column(3),
    close: column(4),
    volume: column(5),
  };
}

function written(bars: BarColumns, decimals?: number): string[] {
  writeBarFile(path, bars, decimals);
  return readFileSync(path, 'utf8').split('\n');
}

describe('writeBarFile', () => {
  it('writes the standard form, prices with two decimals, whole volumes without a point', () => {
    const late: Row = [Date.UTC(2021, 11, 31, 23, 45), 0.01, 99_999.99, 0.01, 10, 0];
    expect(written(columns([FIRST, 133.31, 134, 133.02, 133.74, 51_828], late))).toEqual([
      'timestamp,open,high,low,close,volume',
      '2021-01-04 09:00:00,133.31,134.00,133.02,133.74,51828',
      '2021-12-31 23:45:00,0.01,99999.99,0.01,10.00,0',
      '',
    ]);
  });

  it('writes as many decimals as it is told to, and rounds to them', () => {
    expect(written(columns([FIRST, 1.23456, 2, 1, 1.00004, 1]), 4)[1]).toBe(
      '2021-01-04 09:00:00,1.2346,2.0000,1.0000,1.0000,1',
    );
    expect(written(columns([FIRST, 1.4, 2, 1, 1.6, 1]), 0)[1]).toBe('2021-01-04 09:00:00,1,2,1,2,1');
  });

  it('writes fractional volumes in full', () => {
    const volumes = [9484.081999999999, 0.5, 1e-7].map(
      (volume, row): Row => [FIRST + row * QUARTER, 1, 1, 1, 1, volume],
    );
    const found = written(columns(...volumes)).slice(1, 4);
    expect(found.map((row) => row.split(',')[5])).toEqual(['9484.081999999999', '0.5', '0.000000100000000']);
  });

  it('leaves out a row that is NaN in every field', () => {
    const hole: Row = [FIRST, Number.NaN, Number.NaN, Number.NaN, Number.NaN, Number.NaN];
    expect(written(columns(hole, [FIRST + QUARTER, 1, 1, 1, 1, 1]))).toHaveLength(3);
  });

  it('writes what readBarFile reads back, bit for bit', () => {
    const price = fc.integer({ min: 1, max: 10_000_000 }).map((cents) => cents / 100);
    const row = fc.record({
      step: fc.integer({ min: 1, max: 500 }),
      prices: fc.tuple(price, price, price, price),
      volume: fc.nat(),
    });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 60 }), (rows) => {
        let start = FIRST;
        const bars = columns(
          ...rows.map(({ step, prices, volume }): Row => {
            start += step * QUARTER;
            return [start, prices[0], Math.max(...prices), Math.min(...prices), prices[3], volume];
          }),
        );
        writeBarFile(path, bars);
        expect(readBarFile(path)).toEqual(bars);
      }),
    );
  });

  it('writes more than one block', () => {
    const rows = Array.from({ length: 40_000 }, (_, row): Row => [FIRST + row * QUARTER, 1, 2, 1, 2, row]);
    writeBarFile(path, columns(...rows));
    const found = readBarFile(path);
    expect(found.start).toHaveLength(40_000);
    expect(found.volume.every((volume, row) => volume === row)).toBe(true);
  });

  it.each<[string, Row]>([
    ['a price of zero', [FIRST, 0, 1, 0, 1, 1]],
    ['a price below half a step', [FIRST, 0.004, 1, 0.004, 1, 1]],
    ['a price that is NaN', [FIRST, 1, 1, 1, Number.NaN, 1]],
    ['a price without end', [FIRST, 1, Number.POSITIVE_INFINITY, 1, 1, 1]],
    ['a high below the close', [FIRST, 1, 1, 1, 2, 1]],
    ['a low above the open', [FIRST, 1, 2, 2, 2, 1]],
    ['a negative volume', [FIRST, 1, 1, 1, 1, -1]],
    ['a volume that is NaN', [FIRST, 1, 1, 1, 1, Number.NaN]],
    ['a start with milliseconds', [FIRST + 1, 1, 1, 1, 1, 1]],
  ])('refuses %s and leaves the old file and nothing else', (_, row) => {
    writeBarFile(path, columns([FIRST, 7, 7, 7, 7, 7]));
    const before = readFileSync(path, 'utf8');
    expect(() => writeBarFile(path, columns([FIRST - QUARTER, 1, 1, 1, 1, 1], row))).toThrow(DataError);
    expect(readFileSync(path, 'utf8')).toBe(before);
    expect(readdirSync(folder.path)).toEqual(['AAPL_15min.csv']);
  });

  it('refuses starts that do not ascend, naming the row', () => {
    const twice = columns([FIRST, 1, 1, 1, 1, 1], [FIRST, 1, 1, 1, 1, 1]);
    expect(() => writeBarFile(path, twice)).toThrow(`cannot write row 1 of ${path}`);
  });
});
