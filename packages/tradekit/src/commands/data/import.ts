/** `tradekit data import`: bar files, a Parquet file or another store, into a store. */
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { type BarFeed, ConfigError, DataError, type PriceAdjustment } from '@tradekit/core';
import {
  type BarSetIdentity,
  type BarStore,
  barFileCleaner,
  barFileName,
  barFileSymbols,
  type ImportOptions,
  type ImportReport,
  type Repair,
  readBarFile,
  type SeriesInput,
  writeRepairs,
} from '@tradekit/data';
import { withoutPassword } from '../../config/store-place.js';
import { EXIT } from '../../errors.js';
import { storeAt } from '../../stores/store-at.js';
import { progressView } from '../../terminal/progress.js';
import { plural } from '../../terminal/words.js';
import type { FileFlags } from './files.js';

/** Flags of the command. */
export interface ImportFlags extends FileFlags {
  /** Whose trades the bars are made of. */
  readonly feed: BarFeed;
  /** What has been taken out of the prices. */
  readonly adjusted: PriceAdjustment;
  /** Files are not cleaned: the first fault ends the import. */
  readonly strict?: boolean;
  /** Where the ledger of repairs goes. */
  readonly repairs: string;
}

/** Imports, prints what changed, and answers the exit code. Throws what the source and the store throw; the store is then as it was. */
export async function importCommand(source: string, place: string, flags: ImportFlags): Promise<number> {
  const store = await storeAt(place);
  const view = await progressView(process.stderr);
  const repairs: Repair[] = [];
  try {
    const { identity, series, total } = await sourceOf(source, flags, repairs);
    let done = 0;
    const onProgress: NonNullable<ImportOptions['onProgress']> = ({ symbol }) => {
      done += 1;
      view.show('importing', done, Math.max(total, done), symbol);
    };
    const report = await store.import(identity, series, { onProgress });
    view.close();
    process.stdout.write(reportText(report, store, place, repairs));
  } finally {
    view.close();
    await store.close();
  }
  if (repairs.length > 0) {
    const path = resolve(flags.repairs);
    mkdirSync(dirname(path), { recursive: true });
    writeRepairs(path, repairs);
    process.stdout.write(`Repairs: ${relative('', path)}\n`);
  }
  return EXIT.done;
}

interface Source {
  readonly identity: BarSetIdentity;
  readonly series: Iterable<SeriesInput> | AsyncIterable<SeriesInput>;
  readonly total: number;
}

async function sourceOf(source: string, flags: ImportFlags, repairs: Repair[]): Promise<Source> {
  const path = resolve(source);
  const { feed, adjusted, barMinutes } = flags;
  if (!existsSync(path)) {
    throw new DataError('DATA_FOLDER', `there is no "${source}"; name a folder of bar files, or a Parquet file`, {
      source,
    });
  }
  if (path.endsWith('.parquet')) {
    const { parquetIdentity, parquetSeries } = await import('@tradekit/data/duckdb');
    const identity = (await parquetIdentity(path)) ?? { barMinutes, feed, adjusted };
    return { identity, series: parquetSeries(path), total: 0 };
  }
  if (!statSync(path).isDirectory()) {
    throw new ConfigError('IMPORT_SOURCE', `"${source}" is no folder and no Parquet file; name one of them`, {
      source,
    });
  }
  const symbols = flags.symbols ?? barFileSymbols(path, barMinutes);
  return {
    identity: { barMinutes, feed, adjusted },
    series: files(path, symbols, flags, repairs),
    total: symbols.length,
  };
}

function* files(
  folder: string,
  symbols: readonly string[],
  flags: ImportFlags,
  repairs: Repair[],
): Generator<SeriesInput> {
  const { zone, stamps, barMinutes, strict = false } = flags;
  const options = { barMinutes, source: { zone, stamps } };
  const cleaner = barFileCleaner(options);
  for (const symbol of symbols) {
    const path = join(folder, barFileName(symbol, barMinutes));
    if (strict) yield { symbol, bars: readBarFile(path, options) };
    else {
      const { columns, ledger } = cleaner.clean(path);
      for (const repair of ledger) repairs.push(repair);
      yield { symbol, bars: columns };
    }
  }
}

function reportText(
  { added, replaced, unchanged, rows }: ImportReport,
  { kind }: BarStore,
  place: string,
  repairs: readonly Repair[],
): string {
  const where = place === 'postgres' ? 'PostgreSQL' : `${withoutPassword(place)} (${kind})`;
  const lines = [
    `${rows.toLocaleString('en-US')} bars of ${plural(added.length + replaced.length + unchanged.length, 'symbol')} into ${where}:`,
    `  ${added.length} added, ${replaced.length} replaced, ${unchanged.length} unchanged`,
  ];
  const counts = new Map<string, number>();
  for (const { rule, action, line, lastLine } of repairs) {
    const what = `${rule}: ${action}`;
    counts.set(what, (counts.get(what) ?? 0) + lastLine - line + 1);
  }
  for (const [what, count] of counts) lines.push(`  ${what} ${count.toLocaleString('en-US')}`);
  return `${lines.join('\n')}\n`;
}
