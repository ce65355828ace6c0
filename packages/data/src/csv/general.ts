/** The reader of everything but the plain comma file: quotes, semicolons, tabs. Slow, by csv-parse, with the same checks. */
import { createRequire } from 'node:module';
import { type BarColumns, barColumns, firstRows } from './columns.js';
import { barFileFault, blankLine } from './fault.js';
import { COLUMNS, readHeader } from './header.js';
import { type RowRule, readRow } from './row.js';
import type { StampRule } from './source.js';
import { storeRow } from './standard.js';

/** Loaded when a file needs it: most never do, and it costs every start thirty milliseconds. */
function csvParse(): typeof import('csv-parse/sync') {
  return createRequire(import.meta.url)('csv-parse/sync') as typeof import('csv-parse/sync');
}

interface Line {
  readonly record: readonly string[];
  /** Where the record ends, its line end included. */
  readonly info: { readonly bytes: number };
}

/**
 * Reads a whole text with its header. Throws `DataError` with the first fault, the same as the fast reader would, and
 * `CSV_QUOTES` where quotes do not pair.
 */
export function readGeneralRows(text: Buffer, file: string, stamps: StampRule): BarColumns {
  const lines = split(text, file);
  while (lines.length > 1 && isBlank(lines.at(-1)!)) lines.pop();
  const rule: RowRule = { file, slots: readHeader(lines[0]?.record ?? [], file), stamps };
  const columns = barColumns(lines.length - 1);
  const values = new Float64Array(COLUMNS);
  let previousStart = Number.NEGATIVE_INFINITY;
  let lineNumber = 1;
  let from = 0;
  for (let row = 0; row < lines.length - 1; row++) {
    // Counted here because csv-parse takes a lone carriage return for a line, which no editor does.
    lineNumber += lineEnds(text, from, lines[row]!.info.bytes);
    from = lines[row]!.info.bytes;
    const line = lines[row + 1]!;
    if (isBlank(line)) throw blankLine(file, lineNumber);
    readRow(line.record, lineNumber, rule, previousStart, values);
    previousStart = values[0]!;
    storeRow(values, columns, row);
  }
  return firstRows(columns, lines.length - 1);
}

/** The delimiter of a header line: the comma, unless it has none and has tabs or semicolons. */
export function delimiterOf(header: string): ',' | ';' | '\t' {
  if (header.includes(',')) return ',';
  if (header.includes('\t')) return '\t';
  return header.includes(';') ? ';' : ',';
}

function split(text: Buffer, file: string): Line[] {
  const lineFeed = text.indexOf('\n');
  const { CsvError, parse } = csvParse();
  const header = text.toString('utf8', 0, lineFeed < 0 ? text.length : lineFeed);
  try {
    return parse(text, {
      delimiter: delimiterOf(header),
      record_delimiter: ['\r\n', '\n'],
      relax_column_count: true,
      info: true,
    }) as unknown as Line[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = Number(error.lines ?? 1);
    const place = { file, line, column: '', text: '' };
    const what = 'the quotes do not pair';
    throw barFileFault('CSV_QUOTES', place, what, 'quote a whole field, or write the file without quotes', {
      cause: error,
    });
  }
}

function isBlank({ record }: Line): boolean {
  return record.length === 1 && record[0] === '';
}

function lineEnds(text: Buffer, from: number, end: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
