/** The store that a config or a command names. */
import { type BarStore, columnStore } from '@tradekit/data';
import { isDatabase } from '../config/store-place.js';

/**
 * `postgres` is the database of the environment variable `TRADEKIT_DATABASE_URL`, a URL the one that it names, a path that ends with
 * `.duckdb` a file of DuckDB, and any other path a folder of column files. Nothing is opened yet. Throws `ConfigError` on `postgres`
 * without the variable.
 */
export async function storeAt(place: string): Promise<BarStore> {
  if (isDatabase(place)) {
    const { postgresStore } = await import('@tradekit/data/postgres');
    return postgresStore(place === 'postgres' ? {} : { url: place });
  }
  if (!place.endsWith('.duckdb')) return columnStore(place);
  const { duckdbStore } = await import('@tradekit/data/duckdb');
  return duckdbStore(place);
}
