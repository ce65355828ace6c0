/** Reads every row of a bar file that can be read, whatever it says: for cleaning. */
import { basename } from 'node:path';
import { DataError } from '@tradekit/core';
import { type BarColumns, barColumns } from './columns.js';
import { clipped } from './fault.js';
import { delimiterOf } from './general.js';
import { COLUMNS, readHeader, STAMP_SLOT } from './header.js';
import type { ReadBarFileOptions } from './read.js';
import { type RowRule, readFields } from './row.js';
import { type StampRule, stampRule } from './source.js';
import {
  endOfRows,
  lineAt,
  nextLine,
  type OddRows,
  readStandardRows,
  SHORTEST_ROW_BYTES,
  storeRow,
  type TextBytes,
} from './standard.js';
import { type BarText, BarTextMemory, emptyFile } from './text.js';

/** A line that is no row. */
interface UnreadLine {
  /** Line in the file, the header is line 1. */
  readonly line: number;
  /** Its text, cut off after 200 characters. */
  readonly text: string;
  /** What is wrong with it, without the remedy. */
  readonly reason: string;
}

/** All rows of a file in its own order: the first `rows` cells of the columns, and the line of each in the file. */
export interface RowsOfFile {
  readonly columns: BarColumns;
  readonly rows: number;
  readonly lines: Int32Array;
  readonly unread: readonly UnreadLine[];
}

const LONGEST_TEXT = 200;
/** Cells kept free behind the rows of a file, for bars that a cleaning adds. */
const SPARE_ROWS = 64;

/**
 * Reads one file after another into the same memory, without a word about rows that are off the grid, repeated, out of order or of
 * impossible prices. A line is a row when it has six fields, a stamp of the form `YYYY-MM-DD HH:MM:SS` and five finite decimal
 * numbers, signs allowed. A field may stand in quotes; it then holds neither a quote, nor a delimiter, nor a line end.
 *
 * What is answered holds until the next call. Throws `DataError` `CSV_EMPTY` and `CSV_HEADER`, and `ConfigError` as `readBarFile` does.
 */
export class BarRowsReader {
  readonly #stamps: StampRule;
  readonly #memory = new BarTextMemory();
  #columns: BarColumns = barColumns(0);
  #lines = new Int32Array(0);

  constructor({ barMinutes = 15, source = {} }: ReadBarFileOptions = {}) {
    this.#stamps = { ...stampRule(source, barMinutes), gridSeconds: 1 };
  }

  /** Reads a file. File system errors pass through. */
  read(path: string): RowsOfFile {
    return this.#rows(this.#memory.load(path), path);
  }

  /** Reads a text that is in memory, under the name that faults give it. */
  readText(content: Uint8Array, file: string): RowsOfFile {
    return this.#rows(this.#memory.take(content, file), file);
  }

  #rows({ text, rowsFrom, header }: BarText, file: string): RowsOfFile {
    const delimiter = delimiterOf(header);
    const slots = readHeader(fieldsOf(header, delimiter) ?? [header], file);
    if (endOfRows(text, rowsFrom) === rowsFrom) throw emptyFile(file, 'the file has a header and no rows');
    this.#grow(Math.ceil((text.end - rowsFrom + 1) / SHORTEST_ROW_BYTES) + SPARE_ROWS);
    const rule: RowRule = { file, slots, stamps: this.#stamps };
    const unread: UnreadLine[] = [];
    const odd = droppingFaults(rule, delimiter, unread);
    const plain = delimiter === ',' && slots[0] === STAMP_SLOT;
    // Nothing is ever read elsewhere here.
    const rows = plain
      ? readStandardRows(text, rowsFrom, rule, odd, this.#columns)!
      : readLines(text, rowsFrom, odd, this.#columns);
    numberLines(this.#lines, rows, unread);
    return { columns: this.#columns, rows, lines: this.#lines, unread };
  }

  #grow(rows: number): void {
    if (this.#lines.length >= rows) return;
    this.#columns = barColumns(rows);
    this.#lines = new Int32Array(rows);
  }
}

function droppingFaults(rule: RowRule, delimiter: string, unread: UnreadLine[]): OddRows {
  const drop = (line: number, text: string, reason: string): 'dropped' => {
    unread.push({ line, text: clipped(text, LONGEST_TEXT), reason });
    return 'dropped';
  };
  return {
    ordered: false,
    read(line, lineNumber, _, values) {
      if (line === '') return drop(lineNumber, line, 'the line is blank and rows follow');
      const fields = fieldsOf(line, delimiter);
      if (fields === undefined) return drop(lineNumber, line, 'the quotes do not pair');
      try {
        readFields(fields, lineNumber, rule, Number.NEGATIVE_INFINITY, values);
        return 'taken';
      } catch (error) {
        if (!(error instanceof DataError)) throw error;
        const placed = `${basename(rule.file)}:${lineNumber}: `;
        return drop(lineNumber, line, error.message.slice(placed.length, error.message.lastIndexOf('; ')));
      }
    },
  };
}

/** The fields of a line, out of their quotes; `undefined` where a quote is not at both ends of a field. */
function fieldsOf(line: string, delimiter: string): string[] | undefined {
  const fields = line.split(delimiter);
  if (!line.includes('"')) return fields;
  const bare = fields.map((field) => (/^"[^"]*"$/.test(field) ? field.slice(1, -1) : field));
  return bare.some((field) => field.includes('"')) ? undefined : bare;
}

/** The rows of a text that the fast reader does not know: other delimiters, a stamp that is not the first column. */
function readLines(text: TextBytes, from: number, odd: OddRows, into: BarColumns): number {
  const { bytes } = text;
  const end = endOfRows(text, from);
  const values = new Float64Array(COLUMNS);
  let rows = 0;
  let line = 2;
  for (let at = from; at < end; at = nextLine(bytes, at, end)) {
    const content = lineAt(bytes, at, end);
    if (odd.read(content, line++, Number.NEGATIVE_INFINITY, values) === 'taken') storeRow(values, into, rows++);
  }
  return rows;
}

/** The line of each row: one after the other, but for the lines that are none. */
function numberLines(lines: Int32Array, rows: number, unread: readonly UnreadLine[]): void {
  let skipped = 0;
  for (let row = 0; row < rows; row++) {
    while (skipped < unread.length && unread[skipped]!.line === row + 2 + skipped) skipped++;
    lines[row] = row + 2 + skipped;
  }
}
