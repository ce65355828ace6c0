/** The PostgreSQL store behind the port. */
import { ConfigError, type Timestamp } from '@tradekit/core';
import type { BarColumns } from '../../csv/columns.js';
import { boundsOf, closed, faultOf, noSymbol, refuseOtherIdentity } from '../fault.js';
import { ImportTally, withOutsideFailures } from '../import-tally.js';
import { isSameSeries } from '../series.js';
import { sliceFromRows } from '../slice.js';
import type {
  BarSetIdentity,
  BarSlice,
  BarStore,
  ImportOptions,
  ImportReport,
  SeriesInput,
  StoredSeries,
  StoreFault,
  TimeRange,
  VerifyReport,
} from '../store.js';
import { refreshStatement, retentionStatements } from './migrations.js';
import { type Connection, Server, URL_VARIABLE } from './server.js';
import { type Catalogue, type SeriesRow, Tables } from './tables.js';

/** Where the bars are. */
export interface PostgresStoreOptions {
  /**
   * `postgres://user:password@host:5432/database`, with `sslmode` and the like as parameters. Without it the variable
   * `TRADEKIT_DATABASE_URL` is read. The password appears in no error and no report.
   */
  readonly url?: string;
  /** Schema for the tables: lower-case letters, digits and `_`. Default `tradekit`. Each schema is a store of its own. */
  readonly schema?: string;
  /**
   * Lets TimescaleDB drop bars older than so many months, by its own clock; the policy is set by the next import. A series that has lost
   * bars is no longer what was imported: reading it throws `STORE_DAMAGED`. Default: nothing is dropped.
   */
  readonly retentionMonths?: number;
}

/**
 * A store on a PostgreSQL server from version 13 on, in tables that its first import makes: `bar` (series_id, time, open, high, low, close,
 * volume), `series` and the view `bar_1d` of New York days. Where the server has TimescaleDB, `bar` is a hypertable with
 * compression and `bar_1d` a continuous aggregate; otherwise there are monthly partitions and a plain view. Queries are the same.
 *
 * Nothing is connected before the first use. An import writes every series in a transaction of its own, where nobody sees it, and makes
 * all of them visible in a last one; cut off, the next import goes on with what was written. One import runs at a time; another one
 * waits for five seconds and then throws `STORE_LOCKED`. When the server goes away `STORE_UNREACHABLE` is thrown, and the next
 * call connects anew.
 *
 * Throws `ConfigError`: `STORE_URL` without an address or with one that is none, `STORE_SCHEMA_NAME`, `STORE_RETENTION`.
 */
export function postgresStore(options: PostgresStoreOptions = {}): BarStore {
  const { url = process.env[URL_VARIABLE], schema = 'tradekit', retentionMonths } = options;
  if (!/^[a-z_][a-z0-9_]{0,40}$/.test(schema)) {
    const message = `"${schema}" cannot be the name of a schema; use lower-case letters, digits and _, at most 41`;
    throw new ConfigError('STORE_SCHEMA_NAME', message, { schema });
  }
  if (retentionMonths !== undefined && !(Number.isInteger(retentionMonths) && retentionMonths > 0)) {
    const message = `bars cannot be kept for ${retentionMonths} months; give a whole number above 0`;
    throw new ConfigError('STORE_RETENTION', message, { retentionMonths });
  }
  return new PostgresStore(new Server(url), schema, retentionMonths);
}

class PostgresStore implements BarStore {
  readonly kind = 'postgres';
  readonly #server: Server;
  readonly #tables: Tables;
  readonly #retentionMonths: number | undefined;

  constructor(server: Server, schema: string, retentionMonths: number | undefined) {
    this.#server = server;
    this.#tables = new Tables(schema, server.place);
    this.#retentionMonths = retentionMonths;
  }

  async identity(): Promise<BarSetIdentity | undefined> {
    return this.#read(async (_, { identity }) => identity);
  }

  async list(): Promise<readonly StoredSeries[]> {
    return this.#read(async (_, { series }) => series.map(({ id: __, ...one }) => one));
  }

  async read(symbol: string, range?: TimeRange): Promise<BarColumns> {
    const { from, to } = boundsOf(range);
    return this.#read(async (connection, { series }) => {
      const found = series.find((one) => one.symbol === symbol);
      if (found === undefined) throw noSymbol(symbol, this.#tables.place, series);
      return this.#tables.bars(connection, found, from, to);
    });
  }

  async slice(start: Timestamp): Promise<BarSlice> {
    return this.#read(async (connection, { series }) => {
      const isAnywhere = Number.isInteger(start) && series.length > 0;
      return sliceFromRows(start, isAnywhere ? await this.#tables.slice(connection, start) : []);
    });
  }

  async import(
    identity: BarSetIdentity,
    series: Iterable<SeriesInput> | AsyncIterable<SeriesInput>,
    options?: ImportOptions,
  ): Promise<ImportReport> {
    this.#open();
    refuseOtherIdentity(identity, undefined, this.#tables.place);
    const importing = async (connection: Connection): Promise<ImportReport> => {
      await this.#lock(connection);
      await this.#tables.migrate(connection);
      const report = await this.#importAll(connection, identity, series, options);
      await connection.query('select pg_advisory_unlock_all()');
      return report;
    };
    return withOutsideFailures(() => this.#server.use(importing));
  }

  async verify(): Promise<VerifyReport> {
    const faults: StoreFault[] = [];
    const { from, to } = boundsOf();
    return this.#read(async (connection, { series }) => {
      let rows = 0;
      for (const one of series) {
        try {
          await this.#tables.bars(connection, one, from, to);
          rows += one.rows;
        } catch (error) {
          faults.push(faultOf(error, one.symbol));
        }
      }
      return { series: series.length, rows, faults };
    });
  }

  async close(): Promise<void> {
    await this.#server.close();
  }

  #open(): void {
    if (this.#server.isClosed) throw closed(this.#tables.place);
  }

  async #read<T>(work: (connection: Connection, catalogue: Catalogue) => Promise<T>): Promise<T> {
    this.#open();
    return this.#server.snapshot(async (connection) => work(connection, await this.#tables.catalogue(connection)));
  }

  /** Held by the connection: when this process dies, so does the lock. */
  async #lock(connection: Connection): Promise<void> {
    await connection.query(`set lock_timeout = '5s'`);
    await connection.query(`select pg_advisory_lock(hashtext('tradekit'), hashtext($1))`, [this.#tables.schema]);
    await connection.query('reset lock_timeout');
  }

  async #importAll(
    connection: Connection,
    identity: BarSetIdentity,
    series: Iterable<SeriesInput> | AsyncIterable<SeriesInput>,
    options: ImportOptions | undefined,
  ): Promise<ImportReport> {
    const before = await this.#tables.catalogue(connection);
    refuseOtherIdentity(identity, before.identity, this.#tables.place);
    await this.#setRetention(connection, before);
    const live = new Map(before.series.map((row) => [row.symbol, row]));
    const staged = new Map((await this.#tables.seriesOf(connection, 'staged')).map((row) => [row.symbol, row]));
    const ids: number[] = [];
    const replaced: number[] = [];
    const tally = new ImportTally(options);
    for await (const input of tally.inputs(series)) {
      const described = tally.take(input);
      const known = live.get(input.symbol);
      const isUnchanged = await this.#isThere(connection, known, described);
      if (!isUnchanged) {
        const written = staged.get(input.symbol);
        const isWritten = await this.#isThere(connection, written, described);
        const row = isWritten
          ? written
          : await this.#tables.stage(connection, before.layout!, { series: described, bars: input.bars, written });
        ids.push(row!.id);
        staged.delete(input.symbol);
        if (known !== undefined) replaced.push(known.id);
      }
      tally.done(described, isUnchanged ? 'unchanged' : known === undefined ? 'added' : 'replaced');
    }
    const unwanted = [...staged.values()].map(({ id }) => id);
    await this.#tables.publish(connection, before.layout!, { identity, ids, replaced, unwanted });
    // Bars under a new number are in the aggregate only after a refresh; one that was cut off is made up for by the next.
    if (before.layout === 'timescaledb') await connection.query(refreshStatement(this.#tables.schema));
    return tally.report();
  }

  /** Whether exactly the bars of a description lie under a row. */
  async #isThere(connection: Connection, row: SeriesRow | undefined, described: StoredSeries): Promise<boolean> {
    if (row === undefined || !isSameSeries(row, described)) return false;
    const { from, to } = boundsOf();
    try {
      await this.#tables.bars(connection, row, from, to);
      return true;
    } catch (error) {
      if (faultOf(error).code === 'STORE_DAMAGED') return false;
      throw error;
    }
  }

  async #setRetention(connection: Connection, { layout }: Catalogue): Promise<void> {
    if (this.#retentionMonths === undefined) return;
    if (layout !== 'timescaledb') {
      const message = `${this.#tables.place} has no TimescaleDB, which alone drops old bars; leave retentionMonths out`;
      throw new ConfigError('STORE_RETENTION', message, { place: this.#tables.place });
    }
    for (const statement of retentionStatements(this.#tables.schema, this.#retentionMonths))
      await connection.query(statement);
  }
}
