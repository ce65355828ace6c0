/** Loads a folder of bar files into a history. */
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type BarHistory, ConfigError } from '@tradekit/core';
import { type BarRange, HistoryAssembly, symbolsOf } from './assembly.js';
import { barFileCleaner } from './clean/clean.js';
import type { Ledger, Repair } from './clean/ledger.js';
import type { CleaningStep } from './clean/step.js';
import { BAR_FLAGS } from './clean/working-bars.js';
import { type BarColumns, joined, withoutRows } from './csv/columns.js';
import { BarFileReader, type ReadRows } from './csv/read.js';
import type { BarSource } from './csv/source.js';
import { barFileName, folderFiles } from './folder-files.js';
import { rowsBefore } from './instruments/adjust.js';
import { type InstrumentRecord, recordsFor, symbolOf } from './instruments/record.js';
import { isSyntheticFile } from './synthetic/description.js';

/** Which files {@link loadBars} loads, from when to when, and how they are meant. */
export interface BarFolder extends BarRange {
  /** Folder with one `{SYMBOL}_15min.csv` for each symbol; the length of the bars is also in the names of the files. */
  readonly folder: string;
  /** Zone and convention of the stamps. Default UTC, at the start of the bar. */
  readonly source?: BarSource;
  /**
   * Steps that clean each file before it is used; bars that they carry are left out again, because nobody traded at them. Default:
   * nothing is mended, and the first fault ends the loading.
   */
  readonly clean?: readonly CleaningStep[];
}

/** What {@link loadBars} is given: the instruments, or only their symbols, which makes plain US stocks of them. */
export type LoadBarsOptions = BarFolder &
  ({ readonly instruments: readonly InstrumentRecord[] } | { readonly symbols: readonly string[] });

/** One file that was read. */
export interface LoadedFile {
  /** Id of the instrument. */
  readonly symbol: string;
  readonly path: string;
  /** Rows in the file. */
  readonly rows: number;
  /** Bars of them that lie in the regular hours of the range. */
  readonly bars: number;
}

/** What {@link loadBars} answers. */
export interface LoadedBars {
  readonly history: BarHistory;
  /** Sentences for the user; nothing in them stops a run. */
  readonly warnings: readonly string[];
  /** In the order of the universe. */
  readonly files: readonly LoadedFile[];
  /** The files are those of a market of `writeSyntheticMarket`, or some of them are. */
  readonly synthetic: boolean;
  /** Everything that was cleaned, by file; empty where nothing was to be. */
  readonly repairs: Ledger;
}

/**
 * Reads the bar files of a universe into a history on the grid of a calendar. Bars outside regular hours are checked and left
 * out, and so are those of days on which their instrument may not be traded; a missing bar is NaN in every field. The official
 * close of a session is the open of the bar that starts at its close, NaN where the file has none. The sessions are those of the
 * calendar from `start` to `end` within the span of any of the files. Before a rename the bars are those of the old symbol's
 * file, where there is one. Corporate actions that the prices still have in them are in the history.
 *
 * Throws `DataError`: `DATA_FOLDER`, `DATA_FILE_MISSING`, every fault of `readBarFile`, `BAR_OFF_SESSION`, `NO_SESSIONS` when the market
 * was closed in the whole range, `NO_INSTRUMENT` when none may be traded in it, `NO_BARS` when an instrument has no regular
 * bar in it. Throws `ConfigError` on options that cannot be meant and `CalendarError` on dates outside the calendar.
 */
export function loadBars(options: LoadBarsOptions): LoadedBars {
  const { folder, barMinutes = 15, source = {} } = options;
  const repairs: Repair[] = [];
  const reader =
    options.clean === undefined ? new BarFileReader({ barMinutes, source }) : cleaningReader(options, repairs);
  const records = 'instruments' in options ? options.instruments : recordsFor(options.symbols, []);
  if (records.length === 0) throw new ConfigError('NO_SYMBOLS', 'no symbol to load; name at least one');
  const assembly = new HistoryAssembly(records, options);
  const { paths, unused } = folderFiles(folder, assembly.records.map(symbolOf), barMinutes);
  const files = assembly.records.map((record, place): LoadedFile => {
    const path = paths[place]!;
    const { columns, rows } = withOldNames(reader.read(path), record, (symbol) => {
      const old = join(folder, barFileName(symbol, barMinutes));
      return existsSync(old) ? reader.read(old) : undefined;
    });
    return { symbol: record.id, path, rows, bars: assembly.add(record, columns, rows, basename(path)) };
  });
  const synthetic = files.some(({ path }) => isSyntheticFile(path));
  const history = assembly.finish();
  const old = new Set(
    records.flatMap((record) => symbolsOf(record).map(({ symbol }) => barFileName(symbol, barMinutes))),
  );
  return {
    history,
    warnings: [
      ...assembly.warnings(synthetic),
      ...unusedWarning(
        folder,
        unused.filter((name) => !old.has(name)),
      ),
    ],
    files,
    synthetic,
    repairs,
  };
}

/** Reads and cleans; what was done goes into the repairs. */
function cleaningReader(
  { barMinutes = 15, source = {}, clean = [], calendar }: BarFolder,
  repairs: Repair[],
): Pick<BarFileReader, 'read'> {
  const cleaner = barFileCleaner({ barMinutes, source, steps: clean, calendar });
  return {
    read(path) {
      const { columns, flags, ledger } = cleaner.clean(path);
      for (const repair of ledger) repairs.push(repair);
      const traded = flags.some((flag) => (flag & BAR_FLAGS.carried) !== 0)
        ? withoutRows(columns, (row) => (flags[row]! & BAR_FLAGS.carried) !== 0)
        : columns;
      return { columns: traded, rows: traded.start.length };
    },
  };
}

/** The bars of an instrument whose symbol was another one before: those of each symbol in its own time. */
function withOldNames(
  read: ReadRows,
  record: InstrumentRecord,
  readOld: (symbol: string) => ReadRows | undefined,
): ReadRows {
  const names = symbolsOf(record);
  if (names.length === 1) return read;
  // Copied: the reader's memory is used again by the next file.
  let newer: BarColumns = joined([{ columns: read.columns, from: 0, to: read.rows }]);
  for (let place = names.length - 2; place >= 0; place--) {
    const old = readOld(names[place]!.symbol);
    if (old === undefined) continue;
    const until = names[place + 1]!.since!;
    const kept = { columns: old.columns, from: 0, to: rowsBefore(old.columns, until, old.rows) };
    newer = joined([kept, { columns: newer, from: rowsBefore(newer, until), to: newer.start.length }]);
  }
  return { columns: newer, rows: newer.start.length };
}

function unusedWarning(folder: string, unused: readonly string[]): readonly string[] {
  if (unused.length === 0) return [];
  const files = unused.length === 1 ? 'a file that no symbol uses' : `${unused.length} files that no symbol uses`;
  return [`"${folder}" has ${files}: ${unused.join(', ')}`];
}
