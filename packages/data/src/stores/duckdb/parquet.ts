/** Parquet files with the columns symbol, time, open, high, low, close and volume, and the identity in their metadata. */
import { renameSync, rmSync } from 'node:fs';
import type { DuckDBConnection } from '@duckdb/node-api';
import { onDisk, UNFINISHED } from '../disk.js';
import { noSymbol, storeError } from '../fault.js';
import type { BarSetIdentity, SeriesInput } from '../store.js';
import { databaseError, inMemory, loadDuckdb } from './database.js';
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

/**
 * The series of a file, or those of some symbols, one after the other. A null is NaN, which no store takes. Throws `DataError` `STORE_PARQUET`
 * when the columns are not those of bars, `STORE_NO_SYMBOL`, and what DuckDB does not take.
 */
export async function* parquetSeries(path: string, symbols?: readonly string[]): AsyncGenerator<SeriesInput> {
  const { DuckDBInstance } = await loadDuckdb();
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    await requireBars(connection, path);
    const counts = await rowsOf<{ symbol: string; rows: number }>(
      connection,
      `select symbol, count(*)::integer as rows from read_parquet(${text(path)}) group by symbol order by symbol`,
    );
    const missing = symbols?.find((wanted) => counts.every(({ symbol }) => symbol !== wanted));
    if (missing !== undefined) throw noSymbol(missing, `"${path}"`, counts);
    for (const { symbol, rows } of counts) {
      if (symbols?.includes(symbol) === false) continue;
      const sql = `select ${COLUMNS} from read_parquet(${text(path)}) where symbol = ${text(symbol)} order by time`;
      yield { symbol, bars: await readColumns(connection, sql, rows, path) };
    }
  } catch (error) {
    throw databaseError(path, error);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** The columns of a bar, NaN in place of nulls. */
const COLUMNS = BAR_COLUMNS.replace(
  /\w+::double|epoch_ms\(time\)::double/g,
  (column) => `coalesce(${column}, 'nan'::double)`,
);
const NAMES = ['symbol', 'time', 'open', 'high', 'low', 'close', 'volume'];

async function requireBars(connection: DuckDBConnection, path: string): Promise<void> {
  const described = await rowsOf<{ column_name: string; column_type: string }>(
    connection,
    `describe select * from read_parquet(${text(path)})`,
  );
  const types = new Map(described.map((column) => [column.column_name.toLowerCase(), column.column_type]));
  const missing = NAMES.filter((name) => !types.has(name));
  const time = types.get('time') ?? '';
  if (missing.length === 0 && time.startsWith('TIMESTAMP')) return;
  const what = missing.length > 0 ? `no column ${missing.join(', ')}` : `a time of type ${time}`;
  const remedy = 'give it symbol, time (a timestamp in UTC), open, high, low, close and volume';
  throw storeError('STORE_PARQUET', `"${path}" has ${what}`, remedy, { path });
}

/** A text in SQL. */
function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}
