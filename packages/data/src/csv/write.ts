/** Writes the standard bar file that the reader of this folder reads. */
import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { DAY_MS, DataError, isoDate, type SessionDay } from '@tradekit/core';
import type { BarColumns } from './columns.js';

const HEADER = 'timestamp,open,high,low,close,volume\n';
/** A row is at most a stamp (20), four prices and a volume (24 each, with their commas) and the line end. */
const LONGEST_ROW = 192;
const FLUSH_BYTES = 1 << 20;
const DATE_BYTES = 10;
const ZERO = 48;
const COMMA = 44;
const POINT = 46;
const LINE_END = 10;
/** A count beyond this has lost its last digits in the double. */
const LARGEST_COUNT = 2 ** 53;

/**
 * Writes bars as `timestamp,open,high,low,close,volume` with UTC stamps at the start of the bar: prices rounded to `decimals`
 * places (default 2), volumes in full. A row whose fields are all NaN is a bar that does not exist and is left out.
 * The file appears whole or not at all: it is written beside its place and renamed.
 * Throws `DataError` `CSV_WRITE_VALUE` on a price or volume that the reader would refuse; file system errors pass through.
 */
export function writeBarFile(path: string, bars: BarColumns, decimals = 2): void {
  const temporary = `${path}.${process.pid}.tmp`;
  const file = openSync(temporary, 'w');
  try {
    try {
      writeRows(file, path, bars, decimals);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

function writeRows(file: number, path: string, bars: BarColumns, decimals: number): void {
  const buffer = Buffer.allocUnsafe(FLUSH_BYTES + LONGEST_ROW);
  let at = buffer.write(HEADER, 'latin1');
  const steps = 10 ** decimals;
  const date = Buffer.alloc(DATE_BYTES);
  let day = Number.NaN;
  for (let row = 0; row < bars.start.length; row++) {
    if (isHole(bars, row)) continue;
    if (!isReadable(bars, row, steps)) throw unreadable(bars, row, path);
    const start = bars.start[row]!;
    if (Math.floor(start / DAY_MS) !== day) {
      day = Math.floor(start / DAY_MS);
      date.write(isoDate(day as SessionDay), 'latin1');
    }
    for (let place = 0; place < DATE_BYTES; place++) buffer[at++] = date[place]!;
    at = writeClock(buffer, at, (start - day * DAY_MS) / 1000);
    at = writeCount(buffer, at, Math.round(bars.open[row]! * steps), decimals);
    at = writeCount(buffer, at, Math.round(bars.high[row]! * steps), decimals);
    at = writeCount(buffer, at, Math.round(bars.low[row]! * steps), decimals);
    at = writeCount(buffer, at, Math.round(bars.close[row]! * steps), decimals);
    at = writeVolume(buffer, at, bars.volume[row]!);
    buffer[at++] = LINE_END;
    if (at >= FLUSH_BYTES) at = flush(file, buffer, at);
  }
  flush(file, buffer, at);
}

/** NaN in every field: the instrument has no bar there. */
function isHole({ open, high, low, close, volume }: BarColumns, row: number): boolean {
  const price = Number.isNaN(open[row]!) && Number.isNaN(high[row]!) && Number.isNaN(low[row]!);
  return price && Number.isNaN(close[row]!) && Number.isNaN(volume[row]!);
}

/** What the reader would take: a faulty file is never made. */
function isReadable(bars: BarColumns, row: number, steps: number): boolean {
  const start = bars.start[row]!;
  const open = bars.open[row]!;
  const high = bars.high[row]!;
  const low = bars.low[row]!;
  const close = bars.close[row]!;
  const volume = bars.volume[row]!;
  // Half a step rounds to one, and beyond the largest count a double has no room for its last step.
  const priced = low * steps >= 0.5 && high * steps < LARGEST_COUNT;
  const ordered = high >= open && high >= close && low <= open && low <= close;
  const later = row === 0 || start > bars.start[row - 1]!;
  return priced && ordered && volume >= 0 && volume < LARGEST_COUNT && later && start % 1000 === 0;
}

function unreadable({ start, open, high, low, close, volume }: BarColumns, row: number, path: string): DataError {
  const prices = `prices ${open[row]} ${high[row]} ${low[row]} ${close[row]}`;
  const shown = `start ${start[row]}, ${prices}, volume ${volume[row]}`;
  const remedy =
    'prices need one step or more, low and high must enclose them, volume be zero or more, starts ascend by whole seconds';
  return new DataError('CSV_WRITE_VALUE', `cannot write row ${row} of ${path}: ${shown}; ${remedy}`, {
    file: path,
    row,
  });
}

function writeClock(buffer: Buffer, at: number, secondOfDay: number): number {
  buffer[at] = 32;
  writeTwoDigits(buffer, at + 1, Math.floor(secondOfDay / 3600));
  buffer[at + 3] = 58;
  writeTwoDigits(buffer, at + 4, Math.floor(secondOfDay / 60) % 60);
  buffer[at + 6] = 58;
  writeTwoDigits(buffer, at + 7, secondOfDay % 60);
  return at + 9;
}

function writeTwoDigits(buffer: Buffer, at: number, value: number): void {
  buffer[at] = ZERO + Math.floor(value / 10);
  buffer[at + 1] = ZERO + (value % 10);
}

/** A comma and a count of steps with the point before its last `decimals` digits: 13331 and 2 give `,133.31`. */
function writeCount(buffer: Buffer, at: number, count: number, decimals: number): number {
  buffer[at] = COMMA;
  const digits = Math.max(decimals + 1, digitsOf(count));
  const point = decimals > 0 ? at + 1 + digits - decimals : -1;
  const end = at + 1 + digits + (decimals > 0 ? 1 : 0);
  let rest = count;
  for (let place = end - 1; place > at; place--) {
    if (place === point) {
      buffer[place] = POINT;
      continue;
    }
    const next = Math.floor(rest / 10);
    buffer[place] = ZERO + (rest - 10 * next);
    rest = next;
  }
  return end;
}

function writeVolume(buffer: Buffer, at: number, volume: number): number {
  if (Number.isInteger(volume)) return writeCount(buffer, at, volume, 0);
  buffer[at] = COMMA;
  // Small fractions are written out, never as 1e-7.
  const text = volume < 1e-6 ? volume.toFixed(15) : String(volume);
  return at + 1 + buffer.write(text, at + 1, 'latin1');
}

function digitsOf(count: number): number {
  let digits = 1;
  for (let limit = 10; count >= limit; limit *= 10) digits++;
  return digits;
}

function flush(file: number, buffer: Buffer, bytes: number): number {
  for (let written = 0; written < bytes; ) written += writeSync(file, buffer, written, bytes - written);
  return 0;
}
