/** `tradekit data export`: a store into bar files, a Parquet file or another store. */
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { ConfigError, DataError, nearest } from '@tradekit/core';
import { type BarSetIdentity, type BarStore, barFileName, type SeriesInput, writeBarFile } from '@tradekit/data';
import { isDatabase, withoutPassword } from '../../config/store-place.js';
import { EXIT } from '../../errors.js';
import { identityOf, storeAt } from '../../stores/store-at.js';
import { writtenInto } from '../../terminal/output.js';
import { progressView } from '../../terminal/progress.js';
import { plural } from '../../terminal/words.js';
import { interruptible } from './interruptible.js';

/** Flags of the command. */
export interface ExportFlags {
  /** Only these symbols. */
  readonly symbols?: readonly string[];
  /** What the target is, where its name does not tell. */
  readonly to?: 'csv' | 'store';
}

/**
 * Exports, prints where to, and answers the exit code. The target is a Parquet file when it ends with `.parquet`, a store when it
 * is a database or ends with `.duckdb`, else a folder: of bar files, or with `--to store` of column files. Throws `DataError`
 * `STORE_EMPTY` and `STORE_NO_SYMBOL`, `ConfigError` where bar files would go into a store, and what the stores throw.
 */
export async function exportCommand(place: string, target: string, flags: ExportFlags): Promise<number> {
  const store = await storeAt(place);
  const view = await progressView(process.stderr);
  const left = 'bar files of some symbols may be there, of the others none, and a store or a Parquet file is as it was';
  return interruptible(left, async (parts) => {
    try {
      const identity = await identityOf(store, place);
      const symbols = await chosen(store, flags.symbols);
      let done = 0;
      const series = read(store, symbols, (symbol) => view.show('exporting', ++done, symbols.length, symbol));
      await into(target, flags, identity, parts.series(series));
      view.close();
      const shown = isDatabase(target) ? withoutPassword(target) : relative('', resolve(target)) || '.';
      process.stdout.write(`${plural(symbols.length, 'symbol')} into ${shown}\n`);
      return EXIT.done;
    } finally {
      view.close();
      await store.close();
    }
  });
}

async function chosen(store: BarStore, wanted: readonly string[] | undefined): Promise<readonly string[]> {
  const known = (await store.list()).map(({ symbol }) => symbol);
  const missing = wanted?.find((symbol) => !known.includes(symbol));
  if (missing === undefined) return wanted ?? known;
  const near = nearest(missing, known);
  const hint = near === undefined ? 'see `tradekit data list`' : `did you mean "${near}"?`;
  throw new DataError('STORE_NO_SYMBOL', `the store has no symbol "${missing}"; ${hint}`, { symbol: missing });
}

async function* read(
  store: BarStore,
  symbols: readonly string[],
  onRead: (symbol: string) => void,
): AsyncGenerator<SeriesInput> {
  for (const symbol of symbols) {
    yield { symbol, bars: await store.read(symbol) };
    onRead(symbol);
  }
}

async function into(
  target: string,
  { to = 'csv' }: ExportFlags,
  identity: BarSetIdentity,
  series: AsyncGenerator<SeriesInput>,
): Promise<void> {
  if (target.endsWith('.parquet')) {
    return intoParquet(resolve(target), identity, series);
  }
  if (isDatabase(target) || target.endsWith('.duckdb') || to === 'store') {
    const other = await storeAt(target);
    try {
      await other.import(identity, series);
    } finally {
      await other.close();
    }
    return;
  }
  const folder = resolve(target);
  if (existsSync(join(folder, 'store.json'))) {
    throw new ConfigError('EXPORT_TARGET', `"${target}" is a store; give --to store, or name another folder`, {
      target,
    });
  }
  for await (const { symbol, bars } of series) {
    const path = join(folder, barFileName(symbol, identity.barMinutes));
    writtenInto(folder, () => writeBarFile(path, bars, decimalsOf(bars)));
  }
}

/** By way of a file of DuckDB beside the target. */
async function intoParquet(
  target: string,
  identity: BarSetIdentity,
  series: AsyncGenerator<SeriesInput>,
): Promise<void> {
  const { duckdbStore } = await import('@tradekit/data/duckdb');
  const temporary = `${target}.${process.pid}.duckdb`;
  mkdirSync(dirname(target), { recursive: true });
  const store = duckdbStore(temporary);
  try {
    await store.import(identity, series);
    await store.exportParquet(target);
  } finally {
    await store.close();
    for (const file of [temporary, `${temporary}.wal`]) rmSync(file, { force: true });
  }
}

const MOST_DECIMALS = 9;

/** The fewest decimals, at least two, in which every price can be written as it is. */
function decimalsOf({ open, high, low, close }: SeriesInput['bars']): number {
  for (let decimals = 2; decimals < MOST_DECIMALS; decimals++) {
    const steps = 10 ** decimals;
    const isExact = (price: number): boolean => Math.round(price * steps) / steps === price;
    if ([open, high, low, close].every((column) => column.every(isExact))) return decimals;
  }
  return MOST_DECIMALS;
}
