/** The tables in PostgreSQL as lists of statements, for a server with TimescaleDB and for one without. */

/** How the bars are kept: as a hypertable of TimescaleDB, or in monthly partitions. Names and columns are the same. */
export type Layout = 'timescaledb' | 'partitions';

/** A step from one version of the tables to the next. */
export interface Migration {
  readonly version: number;
  readonly statements: (schema: string, layout: Layout) => readonly string[];
}

/** The version of the tables that this tradekit knows. */
export const VERSION = 1;

/** All steps, ascending. A step that was released is never changed. */
export const MIGRATIONS: readonly Migration[] = [
  {
    version: 1,
    statements: (schema, layout) => [
      `create table ${schema}.store (
         is_only boolean primary key default true check (is_only),
         layout text not null, bar_minutes integer, feed text, adjusted text)`,
      `insert into ${schema}.store (layout) values ('${layout}')`,
      `create sequence ${schema}.series_number as integer`,
      seriesTable(`${schema}.series`),
      // What an import has written and not yet made visible.
      seriesTable(`${schema}.staged`),
      ...(layout === 'timescaledb' ? hypertable(schema) : partitioned(schema)),
    ],
  },
];

function seriesTable(name: string): string {
  return `create table ${name} (
    series_id integer primary key, symbol text collate "C" not null unique, rows integer not null,
    first timestamptz not null, last timestamptz not null, checksum text not null)`;
}

function barTable(schema: string, ending: string): string {
  return `create table ${schema}.bar (
    series_id integer not null, time timestamptz not null,
    open double precision not null, high double precision not null, low double precision not null,
    close double precision not null, volume double precision not null,
    primary key (series_id, time)) ${ending}`;
}

function partitioned(schema: string): readonly string[] {
  return [
    barTable(schema, 'partition by range (time)'),
    `create view ${schema}.bar_1d as
       select series_id, date_trunc('day', time, 'America/New_York') as day,
         (array_agg(open order by time))[1] as open, max(high) as high, min(low) as low,
         (array_agg(close order by time desc))[1] as close, sum(volume) as volume, count(*) as bars
       from ${schema}.bar group by 1, 2`,
  ];
}

function hypertable(schema: string): readonly string[] {
  return [
    'create extension if not exists timescaledb schema public',
    barTable(schema, ''),
    `select create_hypertable('${schema}.bar', by_range('time', interval '1 month'))`,
    `alter table ${schema}.bar set (timescaledb.compress, timescaledb.compress_segmentby = 'series_id',
       timescaledb.compress_orderby = 'time')`,
    `select add_compression_policy('${schema}.bar', interval '3 months')`,
    `create materialized view ${schema}.bar_1d
       with (timescaledb.continuous, timescaledb.materialized_only = false) as
       select series_id, time_bucket(interval '1 day', time, 'America/New_York') as day,
         first(open, time) as open, max(high) as high, min(low) as low,
         last(close, time) as close, sum(volume) as volume, count(*) as bars
       from ${schema}.bar group by 1, 2 with no data`,
    `select add_continuous_aggregate_policy('${schema}.bar_1d', start_offset => null,
       end_offset => interval '1 day', schedule_interval => interval '1 hour')`,
  ];
}

/** What brings `bar_1d` of a hypertable up to date; not to be run in a transaction. */
export function refreshStatement(schema: string): string {
  return `call refresh_continuous_aggregate('${schema}.bar_1d', null, null)`;
}

/** What makes TimescaleDB drop bars that are older than so many months. */
export function retentionStatements(schema: string, months: number): readonly string[] {
  return [
    `select remove_retention_policy('${schema}.bar', if_exists => true)`,
    `select add_retention_policy('${schema}.bar', interval '${months} months')`,
  ];
}

/**
 * Which layout a server offers. TimescaleDB must be in the database, or at least loaded by the server: creating the extension where it
 * only lies on the disk ends the connection. Under its Apache licence it has neither compression nor continuous aggregates.
 */
export const LAYOUT_QUERY = `select case when exists (select from pg_available_extensions where name = 'timescaledb')
  and (exists (select from pg_extension where extname = 'timescaledb')
    or exists (select from pg_settings where name like 'timescaledb.%'))
  and coalesce(current_setting('timescaledb.license', true), 'timescale') <> 'apache'
  then 'timescaledb' else 'partitions' end as layout`;

/** The statement that makes the partition of a month, counted from January 1970, with its name. */
export function monthPartition(schema: string, month: number): { readonly name: string; readonly statement: string } {
  const name = `bar_${monthText(month).replace('-', '_')}`;
  const bound = (count: number): string => `'${monthText(count)}-01 00:00:00+00'`;
  const values = `for values from (${bound(month)}) to (${bound(month + 1)})`;
  return { name, statement: `create table ${schema}.${name} partition of ${schema}.bar ${values}` };
}

/** Months, counted from January 1970, from that of one instant to that of another. */
export function monthsBetween(first: number, last: number): readonly number[] {
  const from = monthOf(first);
  return Array.from({ length: monthOf(last) - from + 1 }, (_, place) => from + place);
}

function monthOf(time: number): number {
  const date = new Date(time);
  return (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth();
}

function monthText(month: number): string {
  return new Date(Date.UTC(1970, month, 1)).toISOString().slice(0, 7);
}
