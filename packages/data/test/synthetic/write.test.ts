import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataError } from '@tradekit/core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SyntheticMarketOptions } from '../../src/synthetic/options.js';
import { writeSyntheticMarket } from '../../src/synthetic/write.js';

const QUARTER: SyntheticMarketOptions = {
  first: '2024-01-01',
  last: '2024-03-31',
  instruments: [
    { id: 'AAPL', sector: 'Information Technology' },
    { id: 'BRK.B', sector: 'Financials' },
  ],
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tradekit-synthetic-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function hashes(): Record<string, string> {
  const sha256 = (name: string): string =>
    createHash('sha256')
      .update(readFileSync(join(folder, name)))
      .digest('hex');
  return Object.fromEntries(readdirSync(folder).map((name) => [name, sha256(name)]));
}

describe('writeSyntheticMarket', () => {
  test('writes one file a symbol and market.json, and nothing else', () => {
    expect(writeSyntheticMarket(folder, QUARTER)).toBe('written');
    expect(readdirSync(folder).sort()).toEqual(['AAPL_15min.csv', 'BRK.B_15min.csv', 'market.json']);
  });

  test('the first 1,000 rows of AAPL are pinned: a change of the model raises MODEL_VERSION and this hash', () => {
    writeSyntheticMarket(folder, QUARTER);
    const rows = readFileSync(join(folder, 'AAPL_15min.csv'), 'utf8').split('\n').slice(0, 1001).join('\n');
    expect(createHash('sha256').update(rows).digest('hex')).toBe(
      'dafcd1e6bf7d8e625fbb41758acd027c8ad4a5e217c0fea76408876da6561fb7',
    );
  });

  test('the same options give the same bytes, another seed others', () => {
    writeSyntheticMarket(folder, QUARTER);
    const first = hashes();
    rmSync(folder, { recursive: true });
    writeSyntheticMarket(folder, QUARTER);
    expect(hashes()).toEqual(first);
    writeSyntheticMarket(folder, { ...QUARTER, seed: 3 });
    expect(hashes()['AAPL_15min.csv']).not.toBe(first['AAPL_15min.csv']);
  });

  test('reports every file as it is done', () => {
    const seen: string[] = [];
    writeSyntheticMarket(folder, QUARTER, ({ symbol, done, total }) => seen.push(`${symbol} ${done}/${total}`));
    expect(seen).toEqual(['AAPL 1/2', 'BRK.B 2/2']);
  });

  test('does nothing when the folder holds the market already', () => {
    writeSyntheticMarket(folder, QUARTER);
    const untouched = (): never => expect.fail('a file was written');
    expect(writeSyntheticMarket(folder, QUARTER, untouched)).toBe('unchanged');
  });

  test('writes anew when a file is missing or cut', () => {
    writeSyntheticMarket(folder, QUARTER);
    const whole = hashes();
    rmSync(join(folder, 'AAPL_15min.csv'));
    expect(writeSyntheticMarket(folder, QUARTER)).toBe('written');
    writeFileSync(join(folder, 'BRK.B_15min.csv'), 'timestamp,open\n');
    expect(writeSyntheticMarket(folder, QUARTER)).toBe('written');
    expect(hashes()).toEqual(whole);
  });

  test('a folder whose writing was cut short has no market.json and is written anew', () => {
    const cut = (): never => {
      throw new Error('killed');
    };
    expect(() => writeSyntheticMarket(folder, QUARTER, cut)).toThrow('killed');
    expect(existsSync(join(folder, 'market.json'))).toBe(false);
    expect(existsSync(join(folder, 'AAPL_15min.csv'))).toBe(true);
    expect(writeSyntheticMarket(folder, QUARTER)).toBe('written');
    expect(readdirSync(folder).sort()).toEqual(['AAPL_15min.csv', 'BRK.B_15min.csv', 'market.json']);
  });

  test('a rewriting that was cut short does not pass for the old market', () => {
    writeSyntheticMarket(folder, QUARTER);
    const cut = (): never => {
      throw new Error('killed');
    };
    expect(() => writeSyntheticMarket(folder, { ...QUARTER, seed: 3 }, cut)).toThrow('killed');
    expect(writeSyntheticMarket(folder, QUARTER)).toBe('written');
  });

  test('removes the files of the market that was there before, and no other file', () => {
    writeSyntheticMarket(folder, QUARTER);
    writeFileSync(join(folder, 'notes.txt'), 'mine');
    writeSyntheticMarket(folder, { ...QUARTER, instruments: [{ id: 'AAPL' }] });
    expect(readdirSync(folder).sort()).toEqual(['AAPL_15min.csv', 'market.json', 'notes.txt']);
  });

  test("refuses to overwrite a user's own file", () => {
    const path = join(folder, 'BRK.B_15min.csv');
    writeFileSync(path, 'real data');
    expect(() => writeSyntheticMarket(folder, QUARTER)).toThrow(DataError);
    expect(readFileSync(path, 'utf8')).toBe('real data');
    expect(readdirSync(folder)).toEqual(['BRK.B_15min.csv']);
  });
});
