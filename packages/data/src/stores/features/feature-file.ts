/**
 * Columns of features, kept under the hash of what they were computed of. Little-endian:
 *
 * | bytes            | content                                                            |
 * | ---------------- | ------------------------------------------------------------------ |
 * | 8                | magic                                                              |
 * | 4                | schema version                                                     |
 * | 4                | length of the header                                               |
 * | header           | JSON: names, rows, instruments, text, a CRC-32 of each column; padded with spaces to a multiple of 8 |
 * | 4, 4             | CRC-32 of everything before it; zero                               |
 * | 8 × cells × names | the columns as doubles                                            |
 */
import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { type BarHistory, DataError } from '@tradekit/core';
import { historyHash } from '../../history-hash.js';
import { isMissing, makeFolder, onDisk, readAll, syncFolder, writeWhole } from '../disk.js';
import { bytesOf } from '../series.js';

/** Columns of features over a history, as `featureColumns` of `@tradekit/indicators` makes them. */
export interface StoredColumns {
  readonly names: readonly string[];
  /** One a feature, time-major, `rows × instruments` cells each. */
  readonly columns: readonly Float64Array[];
  readonly rows: number;
  readonly instruments: number;
  /** Everything that decided the values besides the history. */
  readonly text: string;
}

const SCHEMA = 1;
const MAGIC = Buffer.from('TKFEAT\n\x1a', 'latin1');
const FIXED_BYTES = 16;

interface Header {
  readonly names: readonly string[];
  readonly rows: number;
  readonly instruments: number;
  readonly text: string;
  readonly crcs: readonly number[];
}

/** Names the columns of a set of features over a history: the same hash means the same numbers. `text`: `FeatureSet.text`. */
export function columnsHash(history: BarHistory, text: string): string {
  return createHash('sha256')
    .update(`${SCHEMA} ${historyHash(history)}\n${text}`)
    .digest('hex');
}

/**
 * Writes columns into a folder, which is made if need be, under the hash of their history and their text, and answers the hash. The file
 * appears whole or not at all. Throws `DataError` `STORE_DISK_FULL` and `STORE_NO_ACCESS`.
 */
export function saveColumns(folder: string, history: BarHistory, columns: StoredColumns): string {
  const hash = columnsHash(history, columns.text);
  const { names, rows, instruments, text } = columns;
  const bytes = columns.columns.map(bytesOf);
  const header: Header = { names, rows, instruments, text, crcs: bytes.map((column) => crc32(column)) };
  const json = Buffer.from(JSON.stringify(header));
  const length = Math.ceil(json.length / 8) * 8;
  const prefix = Buffer.alloc(FIXED_BYTES + length + 8, ' ');
  prefix.set(MAGIC);
  prefix.writeUInt32LE(SCHEMA, 8);
  prefix.writeUInt32LE(length, 12);
  prefix.set(json, FIXED_BYTES);
  prefix.writeUInt32LE(crc32(prefix.subarray(0, FIXED_BYTES + length)), FIXED_BYTES + length);
  prefix.writeUInt32LE(0, FIXED_BYTES + length + 4);
  makeFolder(folder);
  writeWhole(pathOf(folder, hash), [prefix, ...bytes]);
  syncFolder(folder);
  return hash;
}

/**
 * The columns that were saved under the hash of a history and a text; `undefined` when there are none. Throws `DataError` `COLUMNS_DAMAGED` when
 * the file is not as it was written: remove it, and compute them again.
 */
export function loadColumns(folder: string, history: BarHistory, text: string): StoredColumns | undefined {
  const path = pathOf(folder, columnsHash(history, text));
  return onDisk('read', path, () => {
    let file: number;
    try {
      file = openSync(path, 'r');
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
    try {
      return read(file, path);
    } finally {
      closeSync(file);
    }
  });
}

function read(file: number, path: string): StoredColumns {
  const fixed = Buffer.alloc(FIXED_BYTES);
  const { size } = fstatSync(file);
  const isOurs = readAll(file, [fixed], 0) && fixed.subarray(0, MAGIC.length).equals(MAGIC);
  const length = isOurs && fixed.readUInt32LE(8) === SCHEMA ? fixed.readUInt32LE(12) : Number.POSITIVE_INFINITY;
  if (FIXED_BYTES + length + 8 > size) throw damaged(path, 'its beginning');
  const prefix = Buffer.alloc(FIXED_BYTES + length + 8);
  readAll(file, [prefix], 0);
  const crc = prefix.readUInt32LE(FIXED_BYTES + length);
  if (crc32(prefix.subarray(0, FIXED_BYTES + length)) !== crc || prefix.readUInt32LE(FIXED_BYTES + length + 4) !== 0)
    throw damaged(path, 'its header');
  const { crcs, ...header } = JSON.parse(prefix.toString('utf8', FIXED_BYTES, FIXED_BYTES + length)) as Header;
  const cells = header.rows * header.instruments;
  if (size !== prefix.length + header.names.length * cells * 8) throw damaged(path, 'its length');
  const columns = header.names.map(() => new Float64Array(cells));
  readAll(file, columns.map(bytesOf), prefix.length);
  const wrong = columns.findIndex((column, place) => crc32(bytesOf(column)) !== crcs[place]);
  if (wrong >= 0) throw damaged(path, `the column ${header.names[wrong]}`);
  return { ...header, columns };
}

function pathOf(folder: string, hash: string): string {
  return join(folder, `${hash}.features`);
}

function damaged(path: string, part: string): DataError {
  const message = `"${path}" is not as it was written: ${part} is wrong; remove the file, and the columns are computed again`;
  return new DataError('COLUMNS_DAMAGED', message, { path });
}
