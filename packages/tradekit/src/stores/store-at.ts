/** The store that a config or a command names. */
import { ConfigError, DataError } from '@tradekit/core';
import { type BarSetIdentity, type BarStore, columnStore } from '@tradekit/data';
import { isDatabase, unknownAddress, withoutPassword } from '../config/store-place.js';

/**
 * `postgres` is the database of the environment variable `TRADEKIT_DATABASE_URL`, a URL the one that it names, a path that ends with
 * `.duckdb` a file of DuckDB, and any other path a folder of column files. Nothing is opened yet. Throws `ConfigError` `STORE_URL` on
 * `postgres` without the variable, and on an address of another kind.
 */
export async function storeAt(place: string): Promise<BarStore> {
  const unknown = unknownAddress(place);
  if (unknown !== undefined) throw new ConfigError('STORE_URL', unknown);
  if (isDatabase(place)) {
    const { postgresStore } = await import('@tradekit/data/postgres');
    return postgresStore(place === 'postgres' ? {} : { url: place });
  }
  if (!place.endsWith('.duckdb')) return columnStore(place);
  const { duckdbStore } = await import('@tradekit/data/duckdb');
  return duckdbStore(place);
}

/** What the bars of a store are. Throws `DataError` `STORE_EMPTY` where there is no store, or nothing was imported into it yet. */
export async function identityOf(store: BarStore, place: string): Promise<BarSetIdentity> {
  const identity = await store.identity();
  if (identity !== undefined) return identity;
  const message = `there is nothing in the store "${withoutPassword(place)}"; import bars first, or name another one`;
  throw new DataError('STORE_EMPTY', message, { store: store.kind });
}
