/** The DuckDB store behind the port. */
import type { DuckDBConnection } from '@duckdb/node-api';
import { ConfigError, type Timestamp } from '@tradekit/core';
import type { BarColumns } from '../../csv/columns.js';
import { boundsOf, closed, faultOf, noSymbol, refuseOtherIdentity, storeError } from '../fault.js';
import { lockImport } from '../import-lock.js';
import { ImportTally, withOutsideFailures } from '../import-tally.js';
import { isSameSeries, refuseLost } from '../series.js';
import { type SliceRow, sliceFromRows } from '../slice.js';
import type {
  BarSetIdentity,
  BarSlice,
  BarStore,
  ImportOptions,
  ImportReport,
  SeriesInput,
  StoreFault,
  TimeRange,
  VerifyReport,
} from '../store.js';
import { DatabaseFile, databaseError } from './database.js';
import { parquetIdentity, parquetSeries, writeParquet } from './parquet.js';
import {
  appendBars,
  BAR_COLUMNS,
  type Catalogue,
  makeTables,
  microseconds,
  readCatalogue,
  readColumns,
  rowsOf,
  type SeriesRow,
  timeCondition,
  writeCatalogue,
} from './tables.js';

/** A store in a file of DuckDB: bars that can be asked in SQL, and taken to and from Parquet. */
export interface DuckdbStore extends BarStore {
  /**
   * Rows of a query over the tables `bar` (series_id, time, open, high, low, close, volume; `time` is UTC) and `series` (series_id, symbol,
   * rows, first, last, checksum). The file is opened for reading alone. Values come as DuckDB's own mapping to JavaScript has them:
   * counts as `bigint`, stamps as `Date`. Throws `STORE_QUERY` when DuckDB does not take the query.
   */
  query(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]>;

  /**
   * Writes series to a Parquet file (zstd) with the columns symbol, time, open, high, low, close and volume, ordered by symbol and
   * time; all of them unless symbols are named. The identity goes into its metadata. The file appears whole or not at all.
   */
  exportParquet(path: string, symbols?: readonly string[]): Promise<void>;

  /**
   * Imports a Parquet file with the columns that {@link exportParquet} writes, as `import` does. The identity is the one in its
   * metadata; for a file of another program it has to be given, else `ConfigError` `STORE_IDENTITY` is thrown.
   */
  importParquet(path: string, options?: ParquetImportOptions): Promise<ImportReport>;
}

/** How a Parquet file is imported. */
export interface ParquetImportOptions extends ImportOptions {
  /** What the bars are, for a file that does not say so. */
  readonly identity?: BarSetIdentity;
}

/**
 * A store in one file of DuckDB. Needs the package `@duckdb/node-api`; without it the first use throws `ConfigError` `STORE_NO_DUCKDB`,
 * which names the command that installs it.
 *
 * The file is open only while a method works: several processes may read at once, one may import. An import is one transaction; cut off,
 * it leaves nothing behind and starts from its beginning. Its series cannot come from the same file: reading that meanwhile
 * throws `STORE_LOCKED`.
 */
export function duckdbStore(path: string): DuckdbStore {
  return new DuckdbFileStore(path);
}

class DuckdbFileStore implements DuckdbStore {
  readonly kind = 'duckdb';
  readonly #file: DatabaseFile;
  #isClosed = false;

  constructor(path: string) {
    this.#file = new DatabaseFile(path);
  }

  async identity(): Promise<BarSetIdentity | undefined> {
    return this.#read(async (_, { identity }) => identity);
  }

  async list(): Promise<readonly Omit<SeriesRow, 'id'>[]> {
    return this.#read(async (_, { series }) => series.map(({ id: __, ...one }) => one));
  }

  async read(symbol: string, range?: TimeRange): Promise<BarColumns> {
    const { from, to } = boundsOf(range);
    return this.#read(async (connection, { series }) => {
      const found = series.find((one) => one.symbol === symbol);
      if (found === undefined) throw noSymbol(symbol, this.#place, series);
      return this.#bars(connection, found, from, to);
    });
  }

  async slice(start: Timestamp): Promise<BarSlice> {
    return this.#read(async (connection, { series }) => {
      const isAnywhere = Number.isInteger(start) && series.length > 0;
      return sliceFromRows(start, isAnywhere ? await rowsOf<SliceRow>(connection, sliceSql(start)) : []);
    });
  }

  async import(
    identity: BarSetIdentity,
    series: Iterable<SeriesInput> | AsyncIterable<SeriesInput>,
    options?: ImportOptions,
  ): Promise<ImportReport> {
    this.#open();
    refuseOtherIdentity(identity, undefined, this.#place);
    const importing = async (connection: DuckDBConnection): Promise<ImportReport> => {
      const lock = lockImport(`${this.#file.path}.lock`);
      try {
        await connection.run('begin');
        const report = await this.#importAll(connection, identity, series, options);
        await connection.run('commit');
        return report;
      } finally {
        lock.release();
      }
    };
    return withOutsideFailures(() => this.#file.write(importing));
  }

  async verify(): Promise<VerifyReport> {
    try {
      return await this.#read((connection, { series }) => this.#verifyAll(connection, series));
    } catch (error) {
      return { series: 0, rows: 0, faults: [faultOf(error)] };
    }
  }

  async query(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
    return this.#read(async (connection) => {
      try {
        return await rowsOf<Record<string, unknown>>(connection, sql);
      } catch (error) {
        const said = error instanceof Error ? error.message : String(error);
        throw storeError(
          'STORE_QUERY',
          `DuckDB does not take the query: ${said}`,
          'correct it',
          { sql },
          { cause: error },
        );
      }
    });
  }

  async exportParquet(path: string, symbols?: readonly string[]): Promise<void> {
    await this.#read(async (connection, { identity, series }) => {
      const known = series.map(({ symbol }) => symbol);
      const missing = symbols?.find((symbol) => !known.includes(symbol));
      if (missing !== undefined) throw noSymbol(missing, this.#place, series);
      if (identity === undefined) throw storeError('STORE_NO_SYMBOL', `${this.#place} is empty`, 'import bars first');
      await writeParquet(connection, path, identity, symbols ?? known);
    });
  }

  async importParquet(path: string, { identity, ...options }: ParquetImportOptions = {}): Promise<ImportReport> {
    this.#open();
    const meant = identity ?? (await parquetIdentity(path));
    if (meant === undefined) {
      const message = `"${path}" does not say what its bars are; name the identity: bar length, feed and adjustment`;
      throw new ConfigError('STORE_IDENTITY', message, { path });
    }
    return this.import(meant, parquetSeries(path), options);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
  }

  get #place(): string {
    return `"${this.#file.path}"`;
  }

  #open(): void {
    if (this.#isClosed) throw closed(this.#place);
  }

  async #read<T>(work: (connection: DuckDBConnection, catalogue: Catalogue) => Promise<T>): Promise<T> {
    this.#open();
    return this.#file.read(async (connection) => work(connection, await readCatalogue(connection, this.#file.path)));
  }

  /** Bars of a series; all of them only when they are what was imported. */
  async #bars(connection: DuckDBConnection, series: SeriesRow, from: number, to: number): Promise<BarColumns> {
    const { id, symbol, rows } = series;
    const place = `${symbol} in ${this.#place}`;
    const sql = `select ${BAR_COLUMNS} from bar where series_id = ${id}${timeCondition(from, to)} order by time`;
    const bars = await readColumns(connection, sql, rows, place);
    const isAll = from <= series.first && to > series.last;
    const [count] = isAll ? [] : await rowsOf<{ n: number }>(connection, countSql(id));
    refuseLost(series, bars, isAll ? undefined : count?.n, place);
    return bars;
  }

  async #importAll(
    connection: DuckDBConnection,
    identity: BarSetIdentity,
    series: Iterable<SeriesInput> | AsyncIterable<SeriesInput>,
    options: ImportOptions | undefined,
  ): Promise<ImportReport> {
    await makeTables(connection);
    const before = await readCatalogue(connection, this.#file.path);
    refuseOtherIdentity(identity, before.identity, this.#place);
    const rows = new Map(before.series.map((row) => [row.symbol, row]));
    let nextId = 1 + Math.max(0, ...before.series.map(({ id }) => id));
    const tally = new ImportTally(options);
    for await (const input of tally.inputs(series)) {
      const described = tally.take(input);
      const known = rows.get(input.symbol);
      const isUnchanged =
        known !== undefined && isSameSeries(known, described) && (await this.#isWhole(connection, known));
      if (!isUnchanged) {
        if (known !== undefined) await connection.run(`delete from bar where series_id = ${known.id}`);
        await appendBars(connection, nextId, input.bars);
        rows.set(input.symbol, { ...described, id: nextId });
        nextId += 1;
      }
      tally.done(described, isUnchanged ? 'unchanged' : known === undefined ? 'added' : 'replaced');
    }
    const report = tally.report();
    const isChanged = report.added.length + report.replaced.length > 0;
    if (isChanged) await writeCatalogue(connection, { identity, series: [...rows.values()] });
    return report;
  }

  async #isWhole(connection: DuckDBConnection, series: SeriesRow): Promise<boolean> {
    const { from, to } = boundsOf();
    try {
      await this.#bars(connection, series, from, to);
      return true;
    } catch (error) {
      faultOf(error);
      return false;
    }
  }

  async #verifyAll(connection: DuckDBConnection, series: readonly SeriesRow[]): Promise<VerifyReport> {
    const faults: StoreFault[] = [];
    const { from, to } = boundsOf();
    let rows = 0;
    for (const one of series) {
      try {
        await this.#bars(connection, one, from, to);
        rows += one.rows;
      } catch (error) {
        faults.push(faultOf(databaseError(this.#file.path, error), one.symbol));
      }
    }
    return { series: series.length, rows, faults };
  }
}

function countSql(id: number): string {
  return `select count(*)::integer n from bar where series_id = ${id}`;
}

function sliceSql(start: Timestamp): string {
  return `select symbol, open, high, low, close, volume from bar join series using (series_id)
    where time = make_timestamp(${microseconds(start)}) order by symbol`;
}
