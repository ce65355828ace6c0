import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DataError } from '@tradekit/core';
import { columnsHash, loadColumns, type StoredColumns, saveColumns, syntheticHistory } from '@tradekit/data';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../temporary-folder.js';

const base = temporaryFolder();
const history = syntheticHistory({ last: '2021-01-08', instruments: [{ id: 'A' }, { id: 'B' }] });
const cells = history.bars.close.length;
const saved: StoredColumns = {
  names: ['one', 'two'],
  columns: [history.bars.close, Float64Array.from({ length: cells }, (_, k) => (k % 5 === 0 ? Number.NaN : k / 7))],
  rows: cells / 2,
  instruments: 2,
  text: 'one=close\ntwo=sma(3,close)',
};

describe('columns of features', () => {
  test('come back to the bit, under the hash of history and text', () => {
    const folder = join(base.path, 'deep/columns');
    expect(loadColumns(folder, history, saved.text)).toBeUndefined();
    const hash = saveColumns(folder, history, saved);
    expect(hash).toBe(columnsHash(history, saved.text));
    expect(loadColumns(folder, history, saved.text)).toEqual(saved);
    expect(readdirSync(folder)).toEqual([`${hash}.features`]);
    expect(loadColumns(folder, history, 'another')).toBeUndefined();
    expect(loadColumns(folder, { ...history, feed: 'iex' }, saved.text)).toBeUndefined();
  });

  test('a byte that was changed anywhere is found', () => {
    const folder = join(base.path, 'damaged');
    const path = join(folder, `${saveColumns(folder, history, saved)}.features`);
    const bytes = readFileSync(path);
    for (let at = 0; at < bytes.length; at += at < 400 ? 1 : 97) {
      const broken = Buffer.from(bytes);
      broken[at] = (broken[at] ?? 0) ^ 0x10;
      writeFileSync(path, broken);
      expect(() => loadColumns(folder, history, saved.text), `byte ${at}`).toThrow(DataError);
    }
    writeFileSync(path, bytes.subarray(0, bytes.length - 8));
    expect(() => loadColumns(folder, history, saved.text)).toThrow(
      'remove the file, and the columns are computed again',
    );
    writeFileSync(path, bytes);
    expect(loadColumns(folder, history, saved.text)).toEqual(saved);
  });
});
