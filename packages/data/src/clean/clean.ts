/** Cleans bars by a list of steps. */
import { basename } from 'node:path';
import { ConfigError, nyse, type TradingCalendar } from '@tradekit/core';
import { type BarColumns, firstRows } from '../csv/columns.js';
import type { ReadBarFileOptions } from '../csv/read.js';
import { BarRowsReader, type RowsOfFile } from '../csv/rows.js';
import { stampRule } from '../csv/source.js';
import type { Gap } from './gaps.js';
import type { Ledger, Repair, RepairAction } from './ledger.js';
import { type CleaningStep, cleaningContext } from './step.js';
import { requireOrder, standardCleaning } from './steps.js';
import { BAR_FIELDS, type WorkingBars } from './working-bars.js';

/** How bars are to be cleaned; zone and stamps are of files only. */
export interface CleaningOptions extends ReadBarFileOptions {
  /** In the order in which they run. Default `standardCleaning`. */
  readonly steps?: readonly CleaningStep[];
  /** Default `nyse`. */
  readonly calendar?: TradingCalendar;
}

/** How many rows a step touched. */
export interface StepCount extends Readonly<Record<RepairAction, number>> {
  /** Name of the step; the first is `parse`, the reading. */
  readonly step: string;
}

/** What came out of a cleaning. */
export interface CleanedBars {
  readonly file: string;
  readonly symbol: string;
  readonly columns: BarColumns;
  /** `BAR_FLAGS` of each bar. */
  readonly flags: Uint8Array;
  /** Line of each bar in the file, the header is line 1; 0 for a bar that was added. */
  readonly lines: Int32Array;
  /** Everything that was done, in order. */
  readonly ledger: Ledger;
  /** One for the reading and one for each step, in order. */
  readonly counts: readonly StepCount[];
  /** Missing bars of sessions that the step `gaps` left missing; empty without that step. */
  readonly gaps: readonly Gap[];
  /** Lines of the file behind its header, blank ones at the end not counted. */
  readonly rowsRead: number;
}

/**
 * Reads a bar file and cleans it: a line that cannot be read goes into the ledger under the rule `parse`, and nothing but a file without a
 * header or without rows ends the reading. Nothing is changed that is not in the ledger.
 *
 * Throws `DataError` `CSV_EMPTY` and `CSV_HEADER`, and what steps throw under a policy `refuse`; `ConfigError` on options that cannot be meant;
 * file system errors pass through.
 */
export function cleanBarFile(path: string, options: CleaningOptions = {}): CleanedBars {
  return barFileCleaner(options).clean(path);
}

/** Cleans one file after another with the same options and the same memory. */
export interface BarFileCleaner {
  /** As {@link cleanBarFile}. */
  clean(path: string): CleanedBars;
  /** The same for a text in memory; `file` names it in the ledger, and its symbol. */
  cleanText(content: Uint8Array, file: string): CleanedBars;
}

/** Makes a cleaner for many files. Throws `ConfigError` on options that cannot be meant. */
export function barFileCleaner(options: CleaningOptions = {}): BarFileCleaner {
  const { steps = standardCleaning, calendar = nyse, barMinutes = 15 } = options;
  requireOrder(steps);
  const reader = new BarRowsReader(options);
  let flags = new Uint8Array(0);
  const cleaned = ({ columns, rows, lines, unread }: RowsOfFile, file: string): CleanedBars => {
    if (flags.length < lines.length) flags = new Uint8Array(lines.length);
    flags.fill(0, 0, rows);
    const symbol = basename(file).replace(/(_\d+min)?\.[^.]*$/, '');
    const bars: WorkingBars = { file, symbol, rows, version: 0, columns, lines, flags };
    const dropped = { file, rule: 'parse', action: 'dropped', start: Number.NaN } as const;
    const parsed = unread.map(({ line, text, reason }): Repair => {
      return { ...dropped, line, lastLine: line, before: undefined, after: undefined, reason, text };
    });
    return run(bars, parsed, steps, calendar, barMinutes);
  };
  return {
    clean: (path) => cleaned(reader.read(path), path),
    cleanText: (content, file) => cleaned(reader.readText(content, file), file),
  };
}

/** What bars in memory are called in a ledger. */
export interface BarsInMemory {
  readonly symbol: string;
  /** Default: the symbol. */
  readonly file?: string;
}

/**
 * Cleans bars in memory, which stay as they are. Their lines in the ledger are those that they would have in a bar file: the first bar is
 * line 2. Throws `ConfigError` on options that cannot be meant or columns of different lengths, and what steps throw under `refuse`.
 */
export function cleanBars(
  columns: BarColumns,
  { symbol, file = symbol }: BarsInMemory,
  options: Omit<CleaningOptions, 'source'> = {},
): CleanedBars {
  const { steps = standardCleaning, calendar = nyse, barMinutes = 15 } = options;
  requireOrder(steps);
  stampRule({}, barMinutes);
  const rows = columns.start.length;
  const unequal = BAR_FIELDS.find((field) => columns[field].length !== rows);
  if (unequal !== undefined) {
    const message = `the column ${unequal} has ${columns[unequal].length} cells and start has ${rows}; give columns of one length`;
    throw new ConfigError('CLEANING_COLUMNS', message, { column: unequal });
  }
  const lines = Int32Array.from({ length: rows }, (_, row) => row + 2);
  const copy = firstRows(columns, rows);
  const bars = { file, symbol, rows, version: 0, columns: copy, lines, flags: new Uint8Array(rows) };
  return run(bars, [], steps, calendar, barMinutes);
}

function run(
  bars: WorkingBars,
  parsed: readonly Repair[],
  steps: readonly CleaningStep[],
  calendar: TradingCalendar,
  barMinutes: number,
): CleanedBars {
  const { file, symbol } = bars;
  const context = cleaningContext(calendar, barMinutes);
  const { entries } = context.ledger;
  for (const repair of parsed) entries.push(repair);
  const rowsRead = bars.rows + parsed.length;
  const counts = [countOf('parse', parsed)];
  for (const step of steps) {
    const known = entries.length;
    step.run(bars, context);
    counts.push(countOf(step.name, entries.slice(known)));
  }
  const columns = firstRows(bars.columns, bars.rows);
  const flags = bars.flags.slice(0, bars.rows);
  const lines = bars.lines.slice(0, bars.rows);
  return { file, symbol, columns, flags, lines, ledger: entries, counts, gaps: context.gaps, rowsRead };
}

function countOf(step: string, repairs: Ledger): StepCount {
  const count = { step, dropped: 0, changed: 0, flagged: 0, added: 0 };
  for (const { action, line, lastLine } of repairs) count[action] += lastLine - line + 1;
  return count;
}
