/** Reads one bar file, with every check on. */
import { type BarColumns, barColumns, firstRows } from './columns.js';
import { blankLine } from './fault.js';
import { delimiterOf, readGeneralRows } from './general.js';
import { readHeader, STAMP_SLOT } from './header.js';
import { type RowRule, readRow } from './row.js';
import { type BarSource, type StampRule, stampRule } from './source.js';
import { type OddRows, readStandardRows, SHORTEST_ROW_BYTES } from './standard.js';
import { type BarText, BarTextMemory, emptyFile } from './text.js';

/** How a bar file is to be read. */
export interface ReadBarFileOptions {
  /** Length of the bars in minutes. Default 15. */
  readonly barMinutes?: number;
  /** Zone and convention of the stamps. Default UTC, at the start of the bar. */
  readonly source?: BarSource;
}

/**
 * Reads a file of the standard form: the columns `timestamp,open,high,low,close,volume` in any order; stamps as
 * `YYYY-MM-DD HH:MM:SS`. Prices in dollars, volume in shares. Line ends may be LF or CRLF, a byte order mark and blank lines at
 * the end do no harm; quotes, semicolons, tabs and a stamp that is not the first column are read too, some twenty times slower.
 *
 * Throws `DataError` with file, line, column and remedy on the first thing that is wrong: see `BarFileFault` for what is checked.
 * Throws `ConfigError` on options that cannot be meant; file system errors pass through.
 */
export function readBarFile(path: string, options: ReadBarFileOptions = {}): BarColumns {
  const { columns, rows } = new BarFileReader(options).read(path);
  return firstRows(columns, rows);
}

/** What a reader found: the first `rows` cells of the columns. */
export interface ReadRows {
  readonly columns: BarColumns;
  readonly rows: number;
}

/**
 * Reads one file after another into the same memory, for the loading of a folder: what {@link read} answers holds until the
 * next call.
 */
export class BarFileReader {
  readonly #stamps: StampRule;
  readonly #memory = new BarTextMemory();
  #columns: BarColumns = barColumns(0);

  constructor({ barMinutes = 15, source = {} }: ReadBarFileOptions = {}) {
    this.#stamps = stampRule(source, barMinutes);
  }

  /** As {@link readBarFile}; the columns may be longer than the count of rows. */
  read(path: string): ReadRows {
    const found = this.#rows(this.#memory.load(path), path);
    if (found.rows === 0) throw emptyFile(path, 'the file has a header and no rows');
    return found;
  }

  #rows(loaded: BarText, path: string): ReadRows {
    const { text, rowsFrom, header } = loaded;
    if (delimiterOf(header) === ',' && !header.includes('"')) {
      const slots = readHeader(header.split(','), path);
      if (slots[0] !== STAMP_SLOT) return this.#general(loaded, path);
      const columns = this.#room(Math.ceil((text.end - rowsFrom + 1) / SHORTEST_ROW_BYTES));
      const rule: RowRule = { file: path, slots, stamps: this.#stamps };
      const rows = readStandardRows(text, rowsFrom, rule, refusingFaults(rule), columns);
      if (rows !== undefined) return { columns, rows };
    }
    return this.#general(loaded, path);
  }

  #general({ text: { bytes, end }, from }: BarText, path: string): ReadRows {
    const columns = readGeneralRows(bytes.subarray(from, end), path, this.#stamps);
    return { columns, rows: columns.start.length };
  }

  #room(rows: number): BarColumns {
    if (this.#columns.start.length < rows) this.#columns = barColumns(rows);
    return this.#columns;
  }
}

/** The first fault ends the reading; quotes belong to the general reader. */
function refusingFaults(rule: RowRule): OddRows {
  return {
    ordered: true,
    read(line, lineNumber, previousStart, values) {
      if (line === '') throw blankLine(rule.file, lineNumber);
      if (line.includes('"')) return 'elsewhere';
      readRow(line.split(','), lineNumber, rule, previousStart, values);
      return 'taken';
    },
  };
}
