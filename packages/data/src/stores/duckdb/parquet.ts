/** Parquet files with the columns symbol, time, open, high, low, close and volume, and the identity in their metadata. */
import { renameSync, rmSync } from 'node:fs';
import type { DuckDBConnection } from '@duckdb/node-api';
import { onDisk, UNFINISHED } from '../disk.js';
import type { BarSetIdentity, SeriesInput } from '../store.js';
import { inMemory, loadDuckdb } from './database.js';
import { BAR_COLUMNS, readColumns, rowsOf } from './tables.js';

const KEY = 'tradekit';

/** Writes series to a file, whole or not at all, ordered by symbol and time. */
export async function writeParquet(
  connection: DuckDBConnection,
  path: string,
  identity: BarSetIdentity,
  symbols: readonly string[],
): Promise<void> {
  const temporary = path + UNFINISHED;
  const names = symbols.map(text).join(', ');
  try {
    await connection.run(
      `copy (select symbol, time, open, high, low, close, volume from bar join series using (series_id)
         where symbol in (${names}) order by symbol, time)
       to ${text(temporary)} (format parquet, compression zstd, kv_metadata {${KEY}: ${text(JSON.stringify(identity))}})`,
    );
    onDisk('write', path, () => renameSync(temporary, path));
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** The identity in the metadata of a file; `undefined` when another program wrote it. */
export function parquetIdentity(path: string): Promise<BarSetIdentity | undefined> {
  return inMemory(path, async (connection) => {
    const found = await rowsOf<{ value: string }>(
      connection,
      `select decode(value) as value from parquet_kv_metadata(${text(path)}) where decode(key) = ${text(KEY)}`,
    );
    return found[0] === undefined ? undefined : (JSON.parse(found[0].value) as BarSetIdentity);
  });
}

/** The series of a file, one after the other. A null is NaN, which no store takes. */
export async function* parquetSeries(path: string): AsyncGenerator<SeriesInput> {
  const { DuckDBInstance } = await loadDuckdb();
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    const columns = BAR_COLUMNS.replace(
      /\w+::double|epoch_ms\(time\)::double/g,
      (column) => `coalesce(${column}, 'nan'::double)`,
    );
    const counts = await rowsOf<{ symbol: string; rows: number }>(
      connection,
      `select symbol, count(*)::integer as rows from read_parquet(${text(path)}) group by symbol order by symbol`,
    );
    for (const { symbol, rows } of counts) {
      const sql = `select ${columns} from read_parquet(${text(path)}) where symbol = ${text(symbol)} order by time`;
      yield { symbol, bars: await readColumns(connection, sql, rows, path) };
    }
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** A text in SQL. */
function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}
