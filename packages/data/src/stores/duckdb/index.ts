/**
 * Bars in a file of DuckDB, with SQL and Parquet. Needs the package `@duckdb/node-api`.
 * @module
 */
export { parquetIdentity, parquetSeries } from './parquet.js';
export { type DuckdbStore, duckdbStore, type ParquetImportOptions } from './store.js';
