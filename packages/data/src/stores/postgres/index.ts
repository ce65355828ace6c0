/**
 * Bars on a PostgreSQL server, with TimescaleDB where the server has it.
 * @module
 */
export { type PostgresStoreOptions, postgresStore } from './store.js';
