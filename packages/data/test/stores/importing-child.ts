/**
 * A process that imports made series into a store, to be killed or hindered: `<kind> <place> <symbols> <rows> <edition>`. Says `go` before
 * it begins, and at the end what came of it as JSON.
 */
import { TradekitError } from '@tradekit/core';
import { type BarStore, columnStore } from '../../src/index.js';
import { duckdbStore } from '../../src/stores/duckdb/index.js';
import { postgresStore } from '../../src/stores/postgres/index.js';
import { madeSeries } from './made-series.js';

const [kind, place = '', symbols, rows, edition] = process.argv.slice(2);

function opened(): BarStore {
  if (kind === 'columns') return columnStore(place);
  if (kind === 'duckdb') return duckdbStore(place);
  const [url = '', schema = ''] = place.split(' ');
  return postgresStore({ url, schema });
}

const store = opened();
// What a first use loads and connects to is not what is to be interrupted.
await store.list().catch(() => undefined);
process.stdout.write('go\n');
try {
  const series = madeSeries(Number(symbols), Number(rows), Number(edition));
  const report = await store.import({ barMinutes: 15, feed: 'sip', adjusted: 'raw' }, series);
  process.stdout.write(JSON.stringify({ report }));
} catch (error) {
  if (!(error instanceof TradekitError)) throw error;
  process.stdout.write(JSON.stringify({ code: error.code, message: error.message }));
}
await store.close();
