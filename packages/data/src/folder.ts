/** Loads a folder of bar files into a history. */
import { basename } from 'node:path';
import {
  type BarHistory,
  ConfigError,
  DataError,
  isoDate,
  isoTime,
  MINUTE_MS,
  type SessionDay,
  stock,
  type Timestamp,
  type TradingCalendar,
  type Universe,
  universe,
} from '@tradekit/core';
import { BarFileReader } from './csv/read.js';
import type { BarSource } from './csv/source.js';
import { folderFiles } from './folder-files.js';
import { HistoryTable } from './history-table.js';

/** Which files {@link loadBars} loads, from when to when, and how they are meant. */
export interface BarFolder {
  /** Folder with one `{SYMBOL}_15min.csv` per instrument. */
  readonly folder: string;
  readonly calendar: TradingCalendar;
  /** First and last date of the range, both included. */
  readonly start: SessionDay;
  readonly end: SessionDay;
  /** Length of the bars in minutes, also in the names of the files. Default 15. */
  readonly barMinutes?: number;
  /** Zone and convention of the stamps. Default UTC, at the start of the bar. */
  readonly source?: BarSource;
}

/** What {@link loadBars} is given: the instruments, or only their symbols, which makes plain US stocks of them. */
export type LoadBarsOptions = BarFolder & ({ readonly universe: Universe } | { readonly symbols: readonly string[] });

/** One file that was read. */
export interface LoadedFile {
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
}

/**
 * Reads the bar files of a universe into a history on the grid of a calendar. Bars outside regular hours are checked and left
 * out; a missing bar is NaN in every field. The official close of a session is the open of the bar that starts at its close,
 * NaN where the file has none. The sessions are those of the calendar from `start` to `end` within the span of any of the files.
 *
 * Throws `DataError`: `DATA_FOLDER`, `DATA_FILE_MISSING`, every fault of `readBarFile`, `BAR_OFF_SESSION`, `NO_SESSIONS` when the market
 * was closed in the whole range, `NO_BARS` when an instrument has no regular bar in it. Throws `ConfigError` on options that
 * cannot be meant and `CalendarError` on dates outside the calendar.
 */
export function loadBars(options: LoadBarsOptions): LoadedBars {
  const { folder, calendar, start, end, barMinutes = 15, source = {} } = options;
  const reader = new BarFileReader({ barMinutes, source });
  const instruments =
    'universe' in options ? options.universe : universe(options.symbols.map((symbol) => stock(symbol)));
  if (instruments.size === 0) throw new ConfigError('NO_SYMBOLS', 'no symbol to load; name at least one');
  const sessions = calendar.sessions(start, end);
  if (sessions.length === 0) {
    const message = `the calendar ${calendar.name} has no session from ${isoDate(start)} to ${isoDate(end)}; widen the range`;
    throw new DataError('NO_SESSIONS', message, { start: isoDate(start), end: isoDate(end) });
  }
  const symbols = instruments.instruments.map(({ id }) => id);
  const { paths, unused } = folderFiles(folder, symbols, barMinutes);
  const table = new HistoryTable(instruments, sessions, barMinutes * MINUTE_MS);
  const files = symbols.map((symbol, place): LoadedFile => {
    const path = paths[place]!;
    const { columns, rows } = reader.read(path);
    const bars = table.place(instruments.index(symbol), columns, rows, path);
    if (bars === 0) throw noBars(path, columns.start, rows, start, end);
    return { symbol, path, rows, bars };
  });
  return { history: table.finish(), warnings: unusedWarning(folder, unused), files };
}

function noBars(path: string, starts: Float64Array, rows: number, start: SessionDay, end: SessionDay): DataError {
  const date = (row: number): string => isoTime(starts[row] as Timestamp).slice(0, 10);
  const range = `${isoDate(start)} to ${isoDate(end)}`;
  const what = `${basename(path)} has no bar in the regular hours of ${range}; it has ${date(0)} to ${date(rows - 1)}`;
  return new DataError('NO_BARS', `${what}; move the range or leave the symbol out`, {
    file: path,
    start: isoDate(start),
    end: isoDate(end),
  });
}

function unusedWarning(folder: string, unused: readonly string[]): readonly string[] {
  if (unused.length === 0) return [];
  const files = unused.length === 1 ? 'a file that no symbol uses' : `${unused.length} files that no symbol uses`;
  return [`"${folder}" has ${files}: ${unused.join(', ')}`];
}
