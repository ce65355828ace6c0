/** Reads one bar file, with every check on. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { type BarColumns, barColumns, firstRows } from './columns.js';
import { barFileFault } from './fault.js';
import { delimiterOf, readGeneralRows } from './general.js';
import { readHeader, STAMP_SLOT } from './header.js';
import { type BarSource, type StampRule, stampRule } from './source.js';
import { PADDING_BYTES, readStandardRows, SHORTEST_ROW_BYTES, type TextBytes } from './standard.js';

const LINE_FEED = 10;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf] as const;

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
  #bytes = Buffer.alloc(0);
  #columns: BarColumns = barColumns(0);

  constructor({ barMinutes = 15, source = {} }: ReadBarFileOptions = {}) {
    this.#stamps = stampRule(source, barMinutes);
  }

  /** As {@link readBarFile}; the columns may be longer than the count of rows. */
  read(path: string): ReadRows {
    const text = this.#load(path);
    const { bytes, end } = text;
    const from = BYTE_ORDER_MARK.every((byte, place) => bytes[place] === byte) ? BYTE_ORDER_MARK.length : 0;
    const lineFeed = bytes.subarray(from, end).indexOf(LINE_FEED);
    const rowsFrom = lineFeed < 0 ? end : from + lineFeed + 1;
    const header = bytes.toString('utf8', from, rowsFrom).trimEnd();
    if (header === '' && bytes.toString('utf8', rowsFrom, end).trim() === '') throw empty(path, 'the file is empty');
    const found = this.#rows(text, header, from, rowsFrom, path);
    if (found.rows === 0) throw empty(path, 'the file has a header and no rows');
    return found;
  }

  #rows(text: TextBytes, header: string, from: number, rowsFrom: number, path: string): ReadRows {
    if (delimiterOf(header) === ',' && !header.includes('"')) {
      const slots = readHeader(header.split(','), path);
      if (slots[0] !== STAMP_SLOT) return this.#general(text, from, path);
      const columns = this.#room(Math.ceil((text.end - rowsFrom + 1) / SHORTEST_ROW_BYTES));
      const rows = readStandardRows(text, rowsFrom, { file: path, slots, stamps: this.#stamps }, columns);
      if (rows !== undefined) return { columns, rows };
    }
    return this.#general(text, from, path);
  }

  #general({ bytes, end }: TextBytes, from: number, path: string): ReadRows {
    const columns = readGeneralRows(bytes.subarray(from, end), path, this.#stamps);
    return { columns, rows: columns.start.length };
  }

  /** The bytes of a file, and zeros behind them. */
  #load(path: string): TextBytes {
    const file = openSync(path, 'r');
    try {
      const size = fstatSync(file).size;
      if (this.#bytes.length < size + PADDING_BYTES) this.#bytes = Buffer.alloc(size + PADDING_BYTES);
      let end = 0;
      for (let count = -1; count !== 0 && end < size; end += count)
        count = readSync(file, this.#bytes, end, size - end, end);
      this.#bytes.fill(0, end, end + PADDING_BYTES);
      const { buffer, byteOffset, byteLength } = this.#bytes;
      return { bytes: this.#bytes, view: new DataView(buffer, byteOffset, byteLength), end };
    } finally {
      closeSync(file);
    }
  }

  #room(rows: number): BarColumns {
    if (this.#columns.start.length < rows) this.#columns = barColumns(rows);
    return this.#columns;
  }
}

function empty(file: string, what: string): Error {
  const place = { file, line: 1, column: '', text: '' };
  return barFileFault('CSV_EMPTY', place, what, 'put the data of the instrument there');
}
