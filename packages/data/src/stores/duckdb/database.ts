/** A DuckDB file: open for one piece of work at a time, its faults told as those of a store. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { ConfigError, TradekitError } from '@tradekit/core';
import { makeFolder } from '../disk.js';
import { type StoreErrorCode, storeError } from '../fault.js';

/** The package, loaded on first use: it is the user's to install. */
export async function loadDuckdb(): Promise<typeof import('@duckdb/node-api')> {
  try {
    return await import('@duckdb/node-api');
  } catch (error) {
    const message = 'the DuckDB store needs the package @duckdb/node-api; run: npm install @duckdb/node-api';
    throw new ConfigError('STORE_NO_DUCKDB', message, {}, { cause: error });
  }
}

/** Work with an open database. */
export type Work<T> = (connection: DuckDBConnection) => Promise<T>;

/** A file of DuckDB. It is held open only while there is work, so that other processes get their turn. */
export class DatabaseFile {
  readonly path: string;
  readonly #key: string;

  constructor(path: string) {
    this.path = path;
    this.#key = resolve(path);
  }

  /** Reads; several processes may do so at once. A file that does not exist reads as an empty database. */
  async read<T>(work: Work<T>): Promise<T> {
    return inTurn(this.#key, () =>
      existsSync(this.path)
        ? opened(this.path, this.path, { access_mode: 'READ_ONLY' }, work)
        : inMemory(this.path, work),
    );
  }

  /** Writes, in a file that is made when there is none. */
  async write<T>(work: Work<T>): Promise<T> {
    return inTurn(this.#key, async () => {
      makeFolder(dirname(this.#key));
      return opened(this.path, this.path, {}, work);
    });
  }
}

/** Works with a database in memory. `place` is the file that it is about. */
export function inMemory<T>(place: string, work: Work<T>): Promise<T> {
  return opened(':memory:', place, {}, work);
}

async function opened<T>(path: string, place: string, options: Record<string, string>, work: Work<T>): Promise<T> {
  const { DuckDBInstance } = await loadDuckdb();
  try {
    const instance = await DuckDBInstance.create(path, options);
    try {
      const connection = await instance.connect();
      try {
        return await work(connection);
      } finally {
        connection.closeSync();
      }
    } finally {
      instance.closeSync();
    }
  } catch (error) {
    throw databaseError(place, error);
  }
}

/**
 * Who works with a file, by its path: the lock that DuckDB takes on it keeps other processes out, and not this one.
 */
const turns = new Map<string, Promise<unknown>>();
/** Files that the code at work now has its turn with: waiting for another turn would never end. */
const mine = new AsyncLocalStorage<ReadonlySet<string>>();

async function inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
  const held = mine.getStore() ?? new Set<string>();
  if (held.has(key)) {
    const what = `"${key}" is at work for the import that asks`;
    throw storeError('STORE_LOCKED', what, 'let the series come from somewhere else', { path: key });
  }
  const working = (): Promise<T> => mine.run(new Set([...held, key]), work);
  const turn = (turns.get(key) ?? Promise.resolve()).then(working);
  const settled = turn.catch(() => undefined);
  turns.set(key, settled);
  try {
    return await turn;
  } finally {
    if (turns.get(key) === settled) turns.delete(key);
  }
}

/** What DuckDB says, and which error of a store it is. It has no codes of its own. */
const MEANINGS: readonly (readonly [RegExp, StoreErrorCode, string])[] = [
  [/set lock|conflicting lock/i, 'STORE_LOCKED', 'another process has the file open: wait for it to end'],
  [/no space left|file too large|disk quota/i, 'STORE_DISK_FULL', 'the store is as it was: make room and try again'],
  [/permission denied|read-only file system|not permitted/i, 'STORE_NO_ACCESS', 'give this user the right to the file'],
  [/newer version|older version|storage version/i, 'STORE_SCHEMA', 'install the version of DuckDB that wrote the file'],
  [
    /corrupt|checksum|not a valid DuckDB|read enough bytes|serialization error|deserialize/i,
    'STORE_DAMAGED',
    'nothing of it was handed out: remove the file and import the bars again',
  ],
];

/** An error of DuckDB as one of a store; what is one already passes. */
export function databaseError(path: string, error: unknown): unknown {
  if (
    error instanceof TradekitError ||
    !(error instanceof Error) ||
    !/^[A-Z]\w+( \w+)* Error: |^Failed/.test(error.message)
  )
    return error;
  const [said = ''] = error.message.split('\n');
  const [, code, remedy] = MEANINGS.find(([pattern]) => pattern.test(error.message)) ?? OTHER;
  return storeError(code, `DuckDB cannot work with "${path}": ${said}`, remedy, { path }, { cause: error });
}

const OTHER = [/./, 'STORE_FAILED', 'look after the disk and try again'] as const;
