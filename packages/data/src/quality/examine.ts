/** Examines a folder of bar files. */
import { join } from 'node:path';
import { ConfigError, TradekitError, type TradingCalendar } from '@tradekit/core';
import { type BarFileCleaner, barFileCleaner } from '../clean/clean.js';
import type { BarSource } from '../csv/source.js';
import { barFileName, barFileSymbols } from '../folder-files.js';
import { type InstrumentRecord, lastDay, symbolOf } from '../instruments/record.js';
import { type ExaminedFile, qualityReport } from './assemble.js';
import { examineBars } from './examine-file.js';
import { finding } from './finding.js';
import { isMember, membersOnly, withoutKnown } from './known.js';
import type { QualityReport } from './report.js';
import { examinationSteps, rowFindings } from './row-findings.js';

/** What {@link examineFolder} examines, and how the files are meant. */
export interface ExamineOptions {
  /** Folder with one `{SYMBOL}_15min.csv` per instrument. */
  readonly folder: string;
  readonly calendar: TradingCalendar;
  /** Length of the bars in minutes, also in the names of the files. Default 15. */
  readonly barMinutes?: number;
  /** Zone and convention of the stamps. Default UTC, at the start of the bar. */
  readonly source?: BarSource;
  /** Only these symbols; one without a file is a fault. Default: every bar file of the folder. */
  readonly symbols?: readonly string[];
  /**
   * What is known of instruments: bars of days on which they may not be traded are passed over, one that ends is not missed after
   * its end, and splits, spin-offs and dividends that are listed are not proposed again. The file of several instruments is
   * examined for each. Default: nothing is known.
   */
  readonly instruments?: readonly InstrumentRecord[];
  /** Hears of every file once it has been examined. */
  readonly onProgress?: (progress: ExamineProgress) => void;
}

/** How far the examination is. */
export interface ExamineProgress {
  readonly symbol: string;
  /** Count of files examined, this one included. */
  readonly done: number;
  readonly total: number;
}

/**
 * Examines every bar file of a folder, one after the other: only one is in memory. A file that cannot be read is a fault in
 * the report. Throws `DataError` `DATA_FOLDER` when there is no such folder or it holds none, and
 * `ConfigError` on options that cannot be meant.
 */
export function examineFolder(options: ExamineOptions): QualityReport {
  const {
    folder,
    calendar,
    barMinutes = 15,
    source: { zone = 'UTC', stamps = 'bar-start' } = {},
    onProgress,
  } = options;
  const source = { zone, stamps };
  const cleaner = barFileCleaner({ barMinutes, source, calendar, steps: examinationSteps });
  const symbols = symbolsIn(options, barMinutes);
  const files = symbols.flatMap((symbol, place) => {
    const known = (options.instruments ?? []).filter((record) => symbolOf(record) === symbol);
    const examined = (known.length === 0 ? [{ id: symbol }] : known).map((record): ExaminedFile => {
      const file = barFileName(symbol, barMinutes);
      const last = lastDay(record);
      const found = examineFile(cleaner, join(folder, file), { calendar, source, barMinutes, record });
      return { symbol: record.id, file, ...(last === undefined ? {} : { last }), ...found };
    });
    onProgress?.({ symbol, done: place + 1, total: symbols.length });
    return examined;
  });
  return qualityReport(files, { folder, calendar, barMinutes, source });
}

/** The symbols that were asked for, or those of all bar files of the folder, sorted. */
function symbolsIn({ folder, symbols }: ExamineOptions, barMinutes: number): readonly string[] {
  if (symbols?.length === 0) throw new ConfigError('NO_SYMBOLS', 'no symbol to examine; name at least one');
  const present = barFileSymbols(folder, barMinutes);
  return symbols ?? present;
}

/** How one file is examined. */
interface FileOptions {
  readonly calendar: TradingCalendar;
  readonly source: Required<BarSource>;
  readonly barMinutes: number;
  readonly record: InstrumentRecord;
}

function examineFile(
  cleaner: BarFileCleaner,
  path: string,
  { calendar, source, barMinutes, record }: FileOptions,
): Pick<ExaminedFile, 'rows' | 'findings' | 'examination'> {
  try {
    const cleaned = cleaner.clean(path);
    const columns = membersOnly(cleaned.columns, record);
    const findings = rowFindings(cleaned).filter(({ at }) => isMember(at, record));
    const rows = cleaned.rowsRead;
    if (columns.start.length === 0) return { rows, findings };
    return { rows, findings, examination: withoutKnown(examineBars(columns, calendar, source, barMinutes), record) };
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    return { rows: 0, findings: [finding('UNREADABLE', '', error.message, { code: error.code ?? '' })] };
  }
}

/** A fault of the file or of the file system; anything else is a bug of ours and passes through. */
function isUnreadable(error: unknown): error is Error & { readonly code?: string } {
  return error instanceof TradekitError || (error instanceof Error && 'syscall' in error);
}
