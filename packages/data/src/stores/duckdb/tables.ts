/** The tables of a DuckDB file, and bars into and out of them. */
import type { DuckDBAppender, DuckDBConnection, DuckDBDataChunk } from '@duckdb/node-api';
import { type BarColumns, barColumns, firstRows } from '../../csv/columns.js';
import { damaged, storeError } from '../fault.js';
import { columnsOf } from '../series.js';
import type { BarSetIdentity, StoredSeries } from '../store.js';
import { loadDuckdb } from './database.js';

const VERSION = 1;

/** A series and the number under which its bars lie. */
export interface SeriesRow extends StoredSeries {
  readonly id: number;
}

/** What a file holds. */
export interface Catalogue {
  readonly identity: BarSetIdentity | undefined;
  /** Sorted by symbol. */
  readonly series: readonly SeriesRow[];
}

const TABLES = [
  'create table store (version integer not null, bar_minutes integer, feed varchar, adjusted varchar)',
  `create table series (series_id integer not null, symbol varchar not null, rows integer not null,
     first timestamp not null, last timestamp not null, checksum varchar not null)`,
  `create table bar (series_id integer not null, time timestamp not null, open double not null, high double not null,
     low double not null, close double not null, volume double not null)`,
];

/** Makes the tables where there are none. */
export async function makeTables(connection: DuckDBConnection): Promise<void> {
  if (await hasTables(connection)) return;
  for (const sql of [...TABLES, `insert into store values (${VERSION}, null, null, null)`]) await connection.run(sql);
}

async function hasTables(connection: DuckDBConnection): Promise<boolean> {
  const sql = `select count(*)::integer n from information_schema.tables where table_name in ('store', 'series', 'bar')`;
  const [row] = await rowsOf<{ n: number }>(connection, sql);
  return row?.n === 3;
}

/** What the file holds. Throws `STORE_SCHEMA` when its tables are of another version. */
export async function readCatalogue(connection: DuckDBConnection, path: string): Promise<Catalogue> {
  if (!(await hasTables(connection))) return { identity: undefined, series: [] };
  const [about] = await rowsOf<{ version: number; barMinutes: number | null } & Omit<BarSetIdentity, 'barMinutes'>>(
    connection,
    'select version, bar_minutes "barMinutes", feed, adjusted from store',
  );
  if (about?.version !== VERSION) {
    const what = `"${path}" has schema version ${about?.version}, and this tradekit knows ${VERSION}`;
    throw storeError('STORE_SCHEMA', what, 'update tradekit, or import the bars into a new file', { path });
  }
  const series = await rowsOf<SeriesRow>(
    connection,
    `select series_id id, symbol, rows, epoch_ms(first)::double as first, epoch_ms(last)::double as last, checksum
     from series order by symbol`,
  );
  const { barMinutes, feed, adjusted } = about;
  return { identity: barMinutes === null ? undefined : { barMinutes, feed, adjusted }, series };
}

/** Writes what the file holds in place of what was there. */
export async function writeCatalogue(connection: DuckDBConnection, { identity, series }: Catalogue): Promise<void> {
  await connection.run('update store set bar_minutes = $1, feed = $2, adjusted = $3', [
    identity?.barMinutes ?? null,
    identity?.feed ?? null,
    identity?.adjusted ?? null,
  ]);
  await connection.run('delete from series');
  for (const { id, symbol, rows, first, last, checksum } of series) {
    await connection.run(
      'insert into series values ($1, $2, $3, make_timestamp($4::bigint), make_timestamp($5::bigint), $6)',
      [id, symbol, rows, microseconds(first), microseconds(last), checksum],
    );
  }
}

/** Rows of a query as objects. */
export async function rowsOf<Row>(connection: DuckDBConnection, sql: string): Promise<readonly Row[]> {
  return (await (await connection.run(sql)).getRowObjectsJS()) as unknown as readonly Row[];
}

/** The memory of a vector; the package's types keep it to themselves. Writing into it counts only after `flush`. */
interface Vector<Items> {
  readonly items: Items;
  flush(): void;
}

function vector<Items>(chunk: DuckDBDataChunk, column: number): Vector<Items> {
  return chunk.getColumnVector(column) as unknown as Vector<Items>;
}

const CHUNK_ROWS = 2048;

/** Appends the bars of a series, chunk by chunk. */
export async function appendBars(connection: DuckDBConnection, id: number, bars: BarColumns): Promise<void> {
  const { DuckDBDataChunk, DOUBLE, INTEGER, TIMESTAMP } = await loadDuckdb();
  const appender = await connection.createAppender('bar');
  const types = [INTEGER, TIMESTAMP, DOUBLE, DOUBLE, DOUBLE, DOUBLE, DOUBLE];
  const [, ...values] = columnsOf(bars);
  try {
    for (let row = 0; row < bars.start.length; row += CHUNK_ROWS) {
      const count = Math.min(CHUNK_ROWS, bars.start.length - row);
      const chunk = DuckDBDataChunk.create(types, count);
      const ids = vector<Int32Array>(chunk, 0);
      ids.items.fill(id);
      ids.flush();
      const times = vector<BigInt64Array>(chunk, 1);
      for (let k = 0; k < count; k++) times.items[k] = microseconds(bars.start[row + k]!);
      times.flush();
      for (const [place, column] of values.entries()) {
        const cells = vector<Float64Array>(chunk, place + 2);
        cells.items.set(column.subarray(row, row + count));
        cells.flush();
      }
      appender.appendDataChunk(chunk);
    }
    appender.closeSync();
  } catch (error) {
    abandon(appender);
    throw error;
  }
}

/** Lets go of an appender on which something failed. It says again that it failed; what counts is the first error. */
function abandon(appender: DuckDBAppender): void {
  try {
    appender.clear();
    appender.closeSync();
  } catch {
    return;
  }
}

/** An instant as DuckDB counts. */
export function microseconds(time: number): bigint {
  return BigInt(time) * 1000n;
}

/** The columns of a bar as doubles, to be read by {@link readColumns}. */
export const BAR_COLUMNS =
  'epoch_ms(time)::double, open::double, high::double, low::double, close::double, volume::double';

/**
 * Reads the bars that a query gives into columns. `rows` is how many there may be; more are a sign of damage. The columns of the
 * query are {@link BAR_COLUMNS}, none of them null.
 */
export async function readColumns(
  connection: DuckDBConnection,
  sql: string,
  rows: number,
  place: string,
): Promise<BarColumns> {
  const bars = barColumns(rows);
  const columns = columnsOf(bars);
  const result = await connection.stream(sql);
  let row = 0;
  for (;;) {
    const chunk = await result.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) break;
    if (row + chunk.rowCount > rows) throw damaged(place, `there are more than ${rows} bars`, { path: place });
    for (const [index, column] of columns.entries()) column.set(vector<Float64Array>(chunk, index).items, row);
    row += chunk.rowCount;
  }
  return row === rows ? bars : firstRows(bars, row);
}

/** The condition of a range on `time`. */
export function timeCondition(from: number, to: number): string {
  const bound = (sign: string, time: number): string =>
    Number.isFinite(time) ? ` and time ${sign} make_timestamp(${microseconds(Math.ceil(time))})` : '';
  return bound('>=', from) + bound('<', to);
}
