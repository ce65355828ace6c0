/** What the binary COPY of the store is measured against: the same rows into the same tables as text. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { SeriesInput } from '../../src/index.js';
import { COLUMNS_IN } from '../../src/stores/postgres/binary-copy.js';
import { Server } from '../../src/stores/postgres/server.js';
import { Tables } from '../../src/stores/postgres/tables.js';
import { describeSeries } from '../../src/stores/series.js';

const ROWS_AT_ONCE = 4096;

/** Makes the tables of a schema that is empty but for them, with the partitions that a series needs. */
export async function makeTables(url: string, schema: string, { symbol, bars }: SeriesInput): Promise<void> {
  const server = new Server(url);
  const tables = new Tables(schema, server.place);
  await server.use(async (connection) => {
    await tables.migrate(connection);
    const { id } = await tables.stage(connection, 'partitions', { series: describeSeries(symbol, bars), bars });
    await tables.unstage(connection, [id]);
  });
  await server.close();
}

/** Copies series as text into a schema that has its tables, each in a transaction of its own. */
export async function copyText(url: string, schema: string, series: Iterable<SeriesInput>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  let id = 0;
  for (const { bars } of series) {
    id += 1;
    const copy = copyFrom(`copy ${schema}.bar (${COLUMNS_IN}) from stdin`);
    await pipeline(Readable.from(textRows(id, bars)), client.query(copy));
  }
  await client.end();
}

function* textRows(id: number, { start, open, high, low, close, volume }: SeriesInput['bars']): Generator<string> {
  for (let from = 0; from < start.length; from += ROWS_AT_ONCE) {
    const to = Math.min(start.length, from + ROWS_AT_ONCE);
    let text = '';
    for (let row = from; row < to; row++) {
      const time = new Date(start[row] as number).toISOString();
      text += `${id}\t${time}\t${open[row]}\t${high[row]}\t${low[row]}\t${close[row]}\t${volume[row]}\n`;
    }
    yield text;
  }
}

/** Removes a schema. */
export async function dropSchema(url: string, schema: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`drop schema if exists ${schema} cascade`);
  await client.query('checkpoint');
  await client.end();
}
