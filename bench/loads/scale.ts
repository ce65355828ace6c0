/**
 * The column store with as many symbols as the argument says, of 26,000 bars made in code. The peak of memory is the process's: one
 * process a count. Prints rows.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Timestamp } from '@tradekit/core';
import { type ColumnStoreReader, columnStore, openColumnStore } from '@tradekit/data';
import { madeSeries } from '../../packages/data/test/stores/made-series.js';
import { bareLoop, bareMarket } from '../b1-bare.js';
import { b1History } from '../b1-market.js';
import { inTurn, report, row } from '../measure.js';

const BARS = 26_000;
const IDENTITY = { barMinutes: 15, feed: 'unknown', adjusted: 'raw' } as const;

const symbols = Number(process.argv[2] ?? 1000);
const folder = mkdtempSync(join(tmpdir(), 'tradekit-bench-scale-'));
try {
  const before = process.cpuUsage();
  const began = performance.now();
  await columnStore(folder).import(IDENTITY, madeSeries(symbols, BARS));
  const { user, system } = process.cpuUsage(before);
  const seconds = (performance.now() - began) / 1000;
  // The store is opened anew for every reading, as by a program that starts.
  const open = (): ColumnStoreReader => openColumnStore(folder);
  const middle = open().read('S0007').start[BARS >> 1] as Timestamp;
  const cells = open().slice(middle).symbols.length;
  if (cells !== symbols) throw new Error(`the slice has ${cells} bars and should have ${symbols}`);
  const peak = process.resourceUsage().maxRSS / 1024;
  const market = bareMarket(b1History().bars);
  const ms = inTurn({
    bare: () => bareLoop(market),
    symbol: () => open().read('S0007'),
    slice: () => open().slice(middle),
  });
  const name = `${symbols.toLocaleString('en')} symbols`;
  report(
    row(`${name}: imported`, (user + system) / 1000 / ms.bare, 'x', null),
    row(`${name}: imported`, seconds, 's', null),
    row(`${name}: size of the bars`, (symbols * BARS * 48) / 1e6, 'MB', null),
    row(`${name}: one symbol`, ms.symbol / ms.bare, 'x', 1),
    row(`${name}: one slice across all`, ms.slice / ms.bare, 'x', 6),
    row(`${name}: peak memory of import, one symbol and one slice`, peak, 'MB', 200),
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
