import { join } from 'node:path';
import { civilDay, nyse } from '@tradekit/core';
import { historyHash, loadBars, syntheticHistory, writeSyntheticMarket } from '@tradekit/data';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../temporary-folder.js';

const base = temporaryFolder();

test('the history in memory is the one of the files', () => {
  const options = { last: '2021-02-26', instruments: [{ id: 'B', sector: 'Energy' }, { id: 'A' }] };
  const folder = join(base.path, 'as-files');
  writeSyntheticMarket(folder, options);
  const range = { calendar: nyse, start: civilDay(2021, 1, 4), end: civilDay(2021, 2, 26) };
  const { history } = loadBars({ folder, instruments: options.instruments, ...range });
  expect(historyHash(syntheticHistory(options))).toBe(historyHash(history));
});
