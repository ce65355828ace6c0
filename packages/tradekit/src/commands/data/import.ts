/** `tradekit data import`: bar files, a Parquet file or another store, into a store. */
import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
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
import { writtenInto } from '../../terminal/output.js';
import { progressView } from '../../terminal/progress.js';
import { plural } from '../../terminal/words.js';
import type { FileFlags } from './files.js';
import { interruptible } from './interruptible.js';

/** Flags of the command. */
export interface ImportFlags extends FileFlags {
  /** Whose trades the bars are made of. */
  readonly feed?: BarFeed;
  /** What has been taken out of the prices. */
  readonly adjusted?: PriceAdjustment;
  /** Files are not cleaned: the first fault ends the import. */
  readonly strict?: boolean;
  /** Where the ledger of repairs goes. */
  readonly repairs: string;
}

/**
 * Imports, prints what changed, and answers the exit code. Throws what the source and the store throw; the store is then as it was, and
 * so it is after an interruption.
 */
export async function importCommand(source: string, place: string, flags: ImportFlags): Promise<number> {
  const store = await storeAt(place);
  const view = await progressView(process.stderr);
  const repairs: Repair[] = [];
  const left = 'the store is as it was; start the import again';
  return interruptible(left, async (parts) => {
    try {
      const { identity, series, total } = await sourceOf(source, flags, repairs);
      let done = 0;
      const onProgress: NonNullable<ImportOptions['onProgress']> = ({ symbol }) => {
        done += 1;
        view.show('importing', done, Math.max(total, done), symbol);
      };
      const report = await store.import(identity, parts.series(series), { onProgress });
      view.close();
      process.stdout.write(reportText(report, store, place, repairs));
    } finally {
      view.close();
      await store.close();
    }
    if (repairs.length > 0) {
      const path = resolve(flags.repairs);
      writtenInto(dirname(path), () => writeRepairs(path, repairs));
      process.stdout.write(`Repairs: ${relative('', path)}\n`);
    }
    return EXIT.done;
  });
}

interface Source {
  readonly identity: BarSetIdentity;
  readonly series: Iterable<SeriesInput> | AsyncIterable<SeriesInput>;
  readonly total: number;
}

async function sourceOf(source: string, flags: ImportFlags, repairs: Repair[]): Promise<Source> {
  const path = resolve(source);
  const { feed = 'unknown', adjusted = 'split', barMinutes = 15 } = flags;
  if (!existsSync(path)) {
    throw new DataError('DATA_FOLDER', `there is no "${source}"; name a folder of bar files, or a Parquet file`, {
      source,
    });
  }
  if (path.endsWith('.parquet')) return ofParquet(path, flags);
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

/** A Parquet file: its bars are taken as they are, and if it says what they are, that holds. */
async function ofParquet(path: string, flags: ImportFlags): Promise<Source> {
  const { feed, adjusted, barMinutes, symbols, zone, stamps, strict } = flags;
  const ofBarFiles = Object.entries({ zone, stamps, strict }).filter(([, value]) => value !== undefined);
  if (ofBarFiles.length > 0) {
    const names = ofBarFiles.map(([name]) => `--${name}`).join(' and ');
    throw new ConfigError('IMPORT_FLAGS', `"${path}" is a Parquet file; ${names}: for bar files only, leave out`);
  }
  const { parquetIdentity, parquetSeries } = await import('@tradekit/data/duckdb');
  const own = await parquetIdentity(path);
  const identity = own ?? { barMinutes: barMinutes ?? 15, feed: feed ?? 'unknown', adjusted: adjusted ?? 'split' };
  const said = Object.entries({ 'bar-minutes': barMinutes, feed, adjusted });
  const other = said.find(([, value]) => value !== undefined && !Object.values(identity).includes(value));
  if (other !== undefined) {
    const message = `"${path}" says that it has ${identity.barMinutes}-minute bars of feed ${identity.feed}, adjusted ${identity.adjusted}; leave out --${other[0]}`;
    throw new ConfigError('IMPORT_FLAGS', message, { path });
  }
  return { identity, series: parquetSeries(path, symbols), total: symbols?.length ?? 0 };
}

function* files(
  folder: string,
  symbols: readonly string[],
  flags: ImportFlags,
  repairs: Repair[],
): Generator<SeriesInput> {
  const { zone = 'UTC', stamps = 'bar-start', barMinutes = 15, strict = false } = flags;
  const options = { barMinutes, source: { zone, stamps } };
  const cleaner = barFileCleaner(options);
  for (const symbol of symbols) {
    const path = join(folder, barFileName(symbol, barMinutes));
    if (strict) yield { symbol, bars: readBarFile(path, options) };
    else {
      const { columns, ledger, rowsRead } = cleaner.clean(path);
      for (const repair of ledger) repairs.push(repair);
      if (columns.start.length === 0) throw nothingLeft(path, rowsRead, ledger);
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
  for (const count of countsOf(repairs)) lines.push(`  ${count}`);
  return `${lines.join('\n')}\n`;
}

/** How many rows each step did what with: `hours: dropped 2`. */
function countsOf(repairs: readonly Repair[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { rule, action, line, lastLine } of repairs) {
    const what = `${rule}: ${action}`;
    counts.set(what, (counts.get(what) ?? 0) + lastLine - line + 1);
  }
  return [...counts].map(([what, count]) => `${what} ${count.toLocaleString('en-US')}`);
}

function nothingLeft(path: string, rows: number, repairs: readonly Repair[]): DataError {
  const what = `${basename(path)}: cleaning left none of ${plural(rows, 'row')} (${countsOf(repairs).join(', ')})`;
  const remedy = 'examine the folder with `tradekit data doctor`, or name the other symbols with --symbols';
  return new DataError('IMPORT_EMPTY', `${what}; ${remedy}`, { file: path, rows });
}
