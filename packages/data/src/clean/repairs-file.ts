/** Writes a ledger for people and spreadsheets. */
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { isoTime, type Timestamp } from '@tradekit/core';
import type { Ledger, Repair } from './ledger.js';
import { BAR_FIELDS, type BarValues } from './working-bars.js';

const PLACE = ['file', 'line', 'last_line', 'rule', 'action', 'time'];
const COLUMNS = [...PLACE, ...BAR_FIELDS, ...BAR_FIELDS.map((field) => `${field}_after`), 'reason', 'text'];

/**
 * Writes `repairs.csv`: a header and one line for each entry, quoted as RFC 4180 says. Times are ISO 8601 in UTC; the fields of the bar
 * as it was are `start`, `open`, `high`, `low`, `close`, `volume`, and as it is now the same with `_after`; what does not exist is empty.
 * The file appears whole or not at all. File system errors pass through.
 */
export function writeRepairs(path: string, ledger: Ledger): void {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, [COLUMNS, ...ledger.map(cellsOf)].map(lineOf).join(''));
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

function cellsOf(repair: Repair): readonly string[] {
  const { file, line, lastLine, rule, action, start, before, after, reason, text } = repair;
  const place = [file, String(line), String(lastLine), rule, action, timeOf(start)];
  return [...place, ...fieldsOf(before), ...fieldsOf(after), reason, text];
}

function fieldsOf(values: BarValues | undefined): readonly string[] {
  if (values === undefined) return BAR_FIELDS.map(() => '');
  return BAR_FIELDS.map((field) => (field === 'start' ? timeOf(values.start) : String(values[field])));
}

function timeOf(start: number): string {
  return Math.abs(start) <= 8.64e15 ? isoTime(start as Timestamp) : '';
}

function lineOf(cells: readonly string[]): string {
  return `${cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join()}\n`;
}
