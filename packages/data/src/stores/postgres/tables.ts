/** What is asked of the tables in PostgreSQL. */

import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Timestamp } from '@tradekit/core';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import type { BarColumns } from '../../csv/columns.js';
import { storeError } from '../fault.js';
import { refuseLost } from '../series.js';
import type { SliceRow } from '../slice.js';
import type { BarSetIdentity, StoredSeries } from '../store.js';
import { COLUMNS_IN, COLUMNS_OUT, CopyOut, copyIn } from './binary-copy.js';
import { LAYOUT_QUERY, type Layout, MIGRATIONS, monthPartition, monthsBetween, VERSION } from './migrations.js';
import type { Connection } from './server.js';

/** A series and the number under which its bars lie. */
export interface SeriesRow extends StoredSeries {
  readonly id: number;
}

/** What a schema holds. */
export interface Catalogue {
  /** `undefined` when there are no tables. */
  readonly layout: Layout | undefined;
  readonly identity: BarSetIdentity | undefined;
  /** Sorted by symbol. */
  readonly series: readonly SeriesRow[];
}

/** What an import makes visible in the end. */
export interface Publication {
  readonly identity: BarSetIdentity;
  /** Numbers of the staged series that are to be seen. */
  readonly ids: readonly number[];
  /** Numbers of the series that they replace. */
  readonly replaced: readonly number[];
  /** Numbers of staged series that this import did not bring. */
  readonly unwanted: readonly number[];
}

/** The tables of one schema. */
export class Tables {
  readonly schema: string;
  readonly place: string;

  constructor(schema: string, place: string) {
    this.schema = schema;
    this.place = `${place}, schema ${schema}`;
  }

  /** Makes the tables, or brings them up to date. To be called by the one who imports. */
  async migrate(connection: Connection): Promise<void> {
    const { schema } = this;
    const has = await this.#version(connection);
    const steps = MIGRATIONS.filter(({ version }) => version > has);
    if (steps.length === 0) return;
    const { rows } = await connection.query<{ layout: Layout }>(LAYOUT_QUERY);
    await connection.query('begin');
    await connection.query(`create schema if not exists ${schema}`);
    await connection.query(
      `create table if not exists ${schema}.migration (version integer primary key, applied_at timestamptz not null default now())`,
    );
    for (const { version, statements } of steps) {
      for (const statement of statements(schema, rows[0]?.layout ?? 'partitions')) await connection.query(statement);
      await connection.query(`insert into ${schema}.migration (version) values ($1)`, [version]);
    }
    await connection.query('commit');
  }

  /** What the schema holds. */
  async catalogue(connection: Connection): Promise<Catalogue> {
    if ((await this.#version(connection)) === 0) return { layout: undefined, identity: undefined, series: [] };
    const { rows } = await connection.query<
      { layout: Layout; barMinutes: number | null } & Pick<BarSetIdentity, 'feed' | 'adjusted'>
    >(`select layout, bar_minutes as "barMinutes", feed, adjusted from ${this.schema}.store`);
    const { layout, barMinutes = null, feed = 'unknown', adjusted = 'raw' } = rows[0] ?? {};
    const identity = barMinutes === null ? undefined : { barMinutes, feed, adjusted };
    return { layout, identity, series: await this.seriesOf(connection, 'series') };
  }

  /** Series that everybody sees, or those that an import has written so far. */
  async seriesOf(connection: Connection, table: 'series' | 'staged'): Promise<readonly SeriesRow[]> {
    const { rows } = await connection.query<SeriesRow>(
      `select series_id as id, symbol, rows, round(extract(epoch from first) * 1000)::double precision as first,
         round(extract(epoch from last) * 1000)::double precision as last, checksum
       from ${this.schema}.${table} order by symbol`,
    );
    return rows;
  }

  /** Bars of a series, and only when none is lost; all of them only when they are what was imported. */
  async bars(connection: Connection, series: SeriesRow, from: number, to: number): Promise<BarColumns> {
    const { id, symbol, rows } = series;
    const place = `${symbol} at ${this.place}`;
    const bar = `${this.schema}.bar where series_id = ${id}`;
    const bounds = `${bound('>=', from)}${bound('<', to)}`;
    const query = `copy (select ${COLUMNS_OUT} from ${bar}${bounds} order by time) to stdout (format binary)`;
    const out = new CopyOut(rows, place);
    for await (const chunk of connection.query(copyTo(query))) out.take(chunk as Buffer);
    const bars = out.finish();
    const isAll = from <= series.first && to > series.last;
    const count = isAll ? undefined : await countOf(connection, bar);
    refuseLost(series, bars, count, place);
    return bars;
  }

  /** The bars of all symbols at one instant. */
  async slice(connection: Connection, start: Timestamp): Promise<readonly SliceRow[]> {
    const { schema } = this;
    const { rows } = await connection.query<SliceRow>(
      `select symbol, open, high, low, close, volume from ${schema}.series join ${schema}.bar using (series_id)
       where time = to_timestamp(${start} / 1000.0) order by symbol`,
    );
    return rows;
  }

  /** Writes the bars of a series where nobody sees them yet, in place of `written`, which an import before has left there. */
  async stage(
    connection: Connection,
    layout: Layout,
    { series, bars, written }: { series: StoredSeries; bars: BarColumns; written?: SeriesRow | undefined },
  ): Promise<SeriesRow> {
    const { schema } = this;
    if (layout === 'partitions') await this.#makePartitions(connection, series.first, series.last);
    await connection.query('begin');
    if (written !== undefined) await this.unstage(connection, [written.id]);
    const { rows } = await connection.query<{ id: number }>(`select nextval('${schema}.series_number')::integer as id`);
    const id = rows[0]!.id;
    const { symbol, rows: count, first, last, checksum } = series;
    await connection.query(
      `insert into ${schema}.staged values ($1, $2, $3, to_timestamp($4 / 1000.0), to_timestamp($5 / 1000.0), $6)`,
      [id, symbol, count, first, last, checksum],
    );
    const copy = copyFrom(`copy ${schema}.bar (${COLUMNS_IN}) from stdin (format binary)`);
    await pipeline(Readable.from(copyIn(id, bars)), connection.query(copy));
    await connection.query('commit');
    return { ...series, id };
  }

  /** Takes away what an import has written. */
  async unstage(connection: Connection, ids: readonly number[]): Promise<void> {
    await this.#deleteBars(connection, ids);
    await connection.query(`delete from ${this.schema}.staged where series_id = any($1)`, [ids]);
  }

  /** Makes staged series the ones that everybody sees, in one step, and takes away those that they replace and those not wanted. */
  async publish(
    connection: Connection,
    layout: Layout,
    { identity, ids, replaced, unwanted }: Publication,
  ): Promise<void> {
    const { schema } = this;
    const { barMinutes, feed, adjusted } = identity;
    await connection.query('begin');
    if (layout === 'timescaledb') {
      await connection.query('set local timescaledb.max_tuples_decompressed_per_dml_transaction = 0');
    }
    await this.unstage(connection, unwanted);
    await this.#deleteBars(connection, replaced);
    await connection.query(`delete from ${schema}.series where series_id = any($1)`, [replaced]);
    const moved = `delete from ${schema}.staged where series_id = any($1) returning *`;
    await connection.query(`with moved as (${moved}) insert into ${schema}.series select * from moved`, [ids]);
    if (ids.length > 0) {
      const update = `update ${schema}.store set bar_minutes = $1, feed = $2, adjusted = $3`;
      await connection.query(update, [barMinutes, feed, adjusted]);
    }
    await connection.query('commit');
  }

  /** By number, so that the key finds the rows: a join would read all bars. */
  async #deleteBars(connection: Connection, ids: readonly number[]): Promise<void> {
    for (const id of ids) await connection.query(`delete from ${this.schema}.bar where series_id = ${id}`);
  }

  /** 0 when there are no tables. Throws `STORE_SCHEMA` when they are newer than what is known. */
  async #version(connection: Connection): Promise<number> {
    const { schema } = this;
    const found = await connection.query<{ name: string | null }>('select to_regclass($1) as name', [
      `${schema}.migration`,
    ]);
    if (found.rows[0]?.name === null) return 0;
    const { rows } = await connection.query<{ version: number }>(
      `select coalesce(max(version), 0) as version from ${schema}.migration`,
    );
    const version = rows[0]?.version ?? 0;
    if (version <= VERSION) return version;
    const what = `${this.place} has tables of version ${version}, and this tradekit knows ${VERSION}`;
    throw storeError('STORE_SCHEMA', what, 'update tradekit, or name another schema', { place: this.place });
  }

  async #makePartitions(connection: Connection, first: number, last: number): Promise<void> {
    const { rows } = await connection.query<{ name: string }>(
      `select relname as name from pg_inherits join pg_class on pg_class.oid = inhrelid where inhparent = '${this.schema}.bar'::regclass`,
    );
    const present = new Set(rows.map(({ name }) => name));
    for (const month of monthsBetween(first, last)) {
      const { name, statement } = monthPartition(this.schema, month);
      if (!present.has(name)) await connection.query(statement);
    }
  }
}

async function countOf(connection: Connection, bar: string): Promise<number> {
  const { rows } = await connection.query<{ n: number }>(`select count(*)::integer as n from ${bar}`);
  return rows[0]?.n ?? 0;
}

function bound(sign: string, time: number): string {
  return Number.isFinite(time) ? ` and time ${sign} to_timestamp(${Math.ceil(time)} / 1000.0)` : '';
}
