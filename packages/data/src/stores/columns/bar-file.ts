/**
 * The file of one series. Little-endian:
 *
 * | bytes     | content                                                                                     |
 * | --------- | ------------------------------------------------------------------------------------------- |
 * | 8         | magic                                                                                       |
 * | 4         | schema version                                                                              |
 * | 4         | length of the header                                                                        |
 * | 4         | count of blocks                                                                             |
 * | 4         | CRC-32 of the twelve bytes before it, the header and the index                              |
 * | header    | JSON: symbol, rows, first, last, checksum, barMinutes, feed, adjusted                       |
 * | 20 × blocks | the index: start of the block's first and last bar, CRC-32 of the block                    |
 * | 48 × rows | blocks of 1,024 bars, the last one shorter: start, open, high, low, close, volume as doubles |
 *
 * Every byte is covered by a checksum, by the magic, or by the length of the file.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { type BarColumns, barColumns, mapColumns } from '../../csv/columns.js';
import { isMissing, onDisk, readAll, writeWhole } from '../disk.js';
import { damaged, storeError } from '../fault.js';
import { bytesOf, columnsOf } from '../series.js';
import type { BarSetIdentity, StoredSeries } from '../store.js';

/** Version of the files and of the manifest. */
export const SCHEMA = 1;

const MAGIC = Buffer.from('TKBARS\n\x1a', 'latin1');
const FIXED_BYTES = 24;
const CRC_AT = 20;
const INDEX_BYTES = 20;
const ROW_BYTES = 48;
const BLOCK_ROWS = 1024;
/** The first read: enough for the header and the index of 180,000 bars. */
const FIRST_READ = 4096;

/** The header: all that a file says about itself. */
export function headerText({ symbol, rows, first, last, checksum }: StoredSeries, identity: BarSetIdentity): string {
  const { barMinutes, feed, adjusted } = identity;
  return JSON.stringify({ symbol, rows, first, last, checksum, barMinutes, feed, adjusted });
}

/** Writes the file of a series whole. */
export function writeSeriesFile(path: string, header: string, bars: BarColumns): void {
  const blocks = blockCount(bars.start.length);
  const text = Buffer.from(header);
  const prefix = Buffer.alloc(FIXED_BYTES + text.length + blocks * INDEX_BYTES);
  prefix.set(MAGIC);
  prefix.writeUInt32LE(SCHEMA, 8);
  prefix.writeUInt32LE(text.length, 12);
  prefix.writeUInt32LE(blocks, 16);
  prefix.set(text, FIXED_BYTES);
  const pieces: Uint8Array[] = [prefix];
  for (let block = 0; block < blocks; block++) {
    const views = blockViews(bars, block * BLOCK_ROWS);
    const at = FIXED_BYTES + text.length + block * INDEX_BYTES;
    const end = Math.min(bars.start.length, (block + 1) * BLOCK_ROWS);
    prefix.writeDoubleLE(bars.start[block * BLOCK_ROWS]!, at);
    prefix.writeDoubleLE(bars.start[end - 1]!, at + 8);
    prefix.writeUInt32LE(crcOf(views), at + 16);
    pieces.push(...views);
  }
  prefix.writeUInt32LE(prefixCrc(prefix), CRC_AT);
  writeWhole(path, pieces);
}

/** Opens the file of a series, hands it out and closes it. `header` is what the file must say of itself. */
export function withSeriesFile<T>(path: string, series: StoredSeries, header: string, use: (file: SeriesFile) => T): T {
  return onDisk('read', path, () => {
    const handle = opened(path, series.symbol);
    try {
      return use(new SeriesFile(handle, path, series, header));
    } finally {
      closeSync(handle);
    }
  });
}

function opened(path: string, symbol: string): number {
  try {
    return openSync(path, 'r');
  } catch (error) {
    throw isMissing(error) ? damaged(path, 'the file is not there', { path, symbol }) : error;
  }
}

/** An open file of a series, whose header and index are known to be whole. */
export class SeriesFile {
  readonly #handle: number;
  readonly #path: string;
  readonly #symbol: string;
  readonly #rows: number;
  /** Header and index. */
  readonly #prefix: Buffer;
  readonly #indexFrom: number;
  readonly #blocks: number;

  constructor(handle: number, path: string, { symbol, rows }: StoredSeries, header: string) {
    this.#handle = handle;
    this.#path = path;
    this.#symbol = symbol;
    this.#rows = rows;
    this.#blocks = blockCount(rows);
    this.#indexFrom = FIXED_BYTES + Buffer.byteLength(header);
    this.#prefix = this.#readPrefix(this.#indexFrom + this.#blocks * INDEX_BYTES);
    this.#check(header);
  }

  /** Bars whose start lies from `from` on and before `to`. Only the blocks that may have some are read. */
  read(from: number, to: number): BarColumns {
    let first = 0;
    while (first < this.#blocks && this.#lastStart(first) < from) first++;
    let end = first;
    while (end < this.#blocks && this.#firstStart(end) < to) end++;
    const bars = this.#readBlocks(first, end);
    return between(bars, from, to);
  }

  #firstStart(block: number): number {
    return this.#prefix.readDoubleLE(this.#indexFrom + block * INDEX_BYTES);
  }

  #lastStart(block: number): number {
    return this.#prefix.readDoubleLE(this.#indexFrom + block * INDEX_BYTES + 8);
  }

  /** The bytes go straight from the file into the columns. */
  #readBlocks(first: number, end: number): BarColumns {
    const from = first * BLOCK_ROWS;
    const bars = barColumns(Math.min(this.#rows, end * BLOCK_ROWS) - Math.min(this.#rows, from));
    const blocks = Array.from({ length: end - first }, (_, place) => blockViews(bars, place * BLOCK_ROWS));
    if (!readAll(this.#handle, blocks.flat(), this.#prefix.length + from * ROW_BYTES))
      throw this.#fault('it ends early');
    for (const [place, views] of blocks.entries()) {
      const crc = this.#prefix.readUInt32LE(this.#indexFrom + (first + place) * INDEX_BYTES + 16);
      if (crcOf(views) !== crc) throw this.#fault(`block ${first + place} does not match its checksum`);
    }
    return bars;
  }

  #readPrefix(bytes: number): Buffer {
    const buffer = Buffer.allocUnsafe(Math.max(bytes, FIRST_READ));
    let have = 0;
    while (have < bytes) {
      const count = readSync(this.#handle, buffer, have, buffer.length - have, have);
      if (count === 0) break;
      have += count;
    }
    if (have < FIXED_BYTES) throw this.#fault('it ends early');
    return buffer.subarray(0, Math.min(have, bytes));
  }

  #check(header: string): void {
    const prefix = this.#prefix;
    if (!prefix.subarray(0, MAGIC.length).equals(MAGIC)) throw this.#fault('it does not begin as a file of bars');
    const version = prefix.readUInt32LE(8);
    if (version !== SCHEMA) throw unknownSchema(this.#path, version);
    const isMeant =
      prefix.readUInt32LE(12) === this.#indexFrom - FIXED_BYTES && prefix.readUInt32LE(16) === this.#blocks;
    if (!isMeant) throw this.#fault('its header is not the one that the manifest names');
    if (this.#prefix.length < this.#indexFrom + this.#blocks * INDEX_BYTES) throw this.#fault('it ends early');
    if (prefix.readUInt32LE(CRC_AT) !== prefixCrc(prefix))
      throw this.#fault('header or index do not match their checksum');
    if (prefix.toString('utf8', FIXED_BYTES, this.#indexFrom) !== header) {
      throw this.#fault('its header is not the one that the manifest names');
    }
    const size = prefix.length + this.#rows * ROW_BYTES;
    const found = fstatSync(this.#handle).size;
    if (found !== size) throw this.#fault(`it has ${found} bytes and should have ${size}`);
  }

  #fault(what: string): Error {
    return damaged(this.#path, what, { path: this.#path, symbol: this.#symbol });
  }
}

/** A file or manifest of a version that is not ours. */
export function unknownSchema(path: string, version: unknown): Error {
  const what = `"${path}" has schema version ${String(version)}, and this tradekit knows ${SCHEMA}`;
  return storeError('STORE_SCHEMA', what, 'update tradekit, or import the bars into a new folder', { path });
}

function blockCount(rows: number): number {
  return Math.ceil(rows / BLOCK_ROWS);
}

/** The memory of the columns of a block that begins at a row. */
function blockViews(bars: BarColumns, row: number): Uint8Array[] {
  return columnsOf(bars).map((column) => bytesOf(column.subarray(row, row + BLOCK_ROWS)));
}

function crcOf(pieces: readonly Uint8Array[]): number {
  let crc = 0;
  for (const piece of pieces) crc = crc32(piece, crc);
  return crc;
}

function prefixCrc(prefix: Buffer): number {
  return crcOf([prefix.subarray(8, CRC_AT), prefix.subarray(FIXED_BYTES)]);
}

/** The bars of a range, without a copy when all are in it. */
function between(bars: BarColumns, from: number, to: number): BarColumns {
  const begin = firstFrom(bars.start, from);
  const end = firstFrom(bars.start, to);
  if (begin === 0 && end === bars.start.length) return bars;
  return mapColumns(bars, (column) => column.slice(begin, end));
}

/** Place of the first start that is not before an instant. */
function firstFrom(starts: Float64Array, instant: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle]! < instant) low = middle + 1;
    else high = middle;
  }
  return low;
}
