import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { timestamp } from '@tradekit/core';
import pg from 'pg';
import { afterAll, afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import type { BarStore, SeriesInput } from '../../src/index.js';
import { postgresStore } from '../../src/stores/postgres/index.js';
import { describeBarStoreContract } from '../../src/testing/index.js';
import { importer } from './child.js';
import { IDENTITY, KILLS, KILLS_TIME, killedImports } from './killed-imports.js';
import { madeSeries } from './made-series.js';
import { startPostgres } from './postgres-server.js';

const newSchema = (): string => `t${randomBytes(6).toString('hex')}`;

describe('the options', () => {
  const code = (open: () => unknown): unknown => {
    try {
      return open();
    } catch (error) {
      return (error as { code?: string }).code;
    }
  };

  it('refuses an address that is none, and does not repeat it', () => {
    for (const url of ['', 'localhost', 'mysql://tk:s3cret@localhost/x', 'postgres://tk:s3cret@[/x']) {
      expect(code(() => postgresStore({ url }))).toBe('STORE_URL');
      expect(() => postgresStore({ url })).not.toThrow('s3cret');
    }
  });

  it('takes the address from the environment when it is given none', () => {
    const before = process.env.TRADEKIT_DATABASE_URL;
    try {
      delete process.env.TRADEKIT_DATABASE_URL;
      expect(code(() => postgresStore())).toBe('STORE_URL');
      process.env.TRADEKIT_DATABASE_URL = 'postgres://tk@127.0.0.1:1/x';
      expect(postgresStore().kind).toBe('postgres');
    } finally {
      if (before === undefined) delete process.env.TRADEKIT_DATABASE_URL;
      else process.env.TRADEKIT_DATABASE_URL = before;
    }
  });

  it('refuses names of schemas that would have to be quoted, and senseless retention', () => {
    const url = 'postgres://tk@127.0.0.1:1/x';
    for (const schema of ['', 'Bars', 'a b', 'x; drop table bar', '1a']) {
      expect(code(() => postgresStore({ url, schema }))).toBe('STORE_SCHEMA_NAME');
    }
    expect(code(() => postgresStore({ url, retentionMonths: 0.5 }))).toBe('STORE_RETENTION');
  });
});

const server = await startPostgres();

if (typeof server === 'string') {
  describe('PostgreSQL', () => test.skip(`everything else (${server})`));
} else {
  const { url, control } = server;
  const admin = new pg.Pool({ connectionString: url, max: 2 });
  admin.on('error', () => undefined);
  const child = importer();
  afterAll(async () => {
    await admin.end();
    await server.close();
  });

  let schema: string;
  let store: BarStore;
  beforeEach(() => {
    schema = newSchema();
    store = postgresStore({ url, schema });
  });
  afterEach(async () => {
    await store.close();
    await admin.query(`drop schema if exists ${schema} cascade`);
  });

  const countOf = async (table: string): Promise<number> => {
    const { rows } = await admin.query<{ n: number }>(`select count(*)::integer as n from ${schema}.${table}`);
    return rows[0]?.n ?? Number.NaN;
  };

  describeBarStoreContract('PostgreSQL', () => {
    const place = newSchema();
    return {
      open: () => postgresStore({ url, schema: place }),
      remove: async () => void (await admin.query(`drop schema if exists ${place} cascade`)),
    };
  });

  describe('the tables without TimescaleDB', () => {
    it('have a partition for every month from the first bar to the last, made once', async () => {
      await store.import(IDENTITY, madeSeries(2, 6000));
      const partitions = async (): Promise<readonly string[]> => {
        const { rows } = await admin.query<{ name: string }>(
          `select relname as name from pg_inherits join pg_class on pg_class.oid = inhrelid
           where inhparent = '${schema}.bar'::regclass order by 1`,
        );
        return rows.map(({ name }) => name);
      };
      expect(await partitions()).toEqual(['bar_2010_01', 'bar_2010_02', 'bar_2010_03']);
      await store.import(IDENTITY, madeSeries(2, 3000, 1));
      expect(await partitions()).toHaveLength(3);
    });

    it('answer in SQL by symbol, and by New York day', async () => {
      await store.import(IDENTITY, madeSeries(2, 200));
      const bars = await store.read('S0001');
      const { rows } = await admin.query(
        `select to_char(day at time zone 'America/New_York', 'YYYY-MM-DD HH24:MI') as day, open, high, low, close, volume, bars::integer
         from ${schema}.bar_1d join ${schema}.series using (series_id) where symbol = 'S0001' order by day`,
      );
      // 2010-01-04 from 09:30 to midnight: 58 quarter hours; the next day has 96.
      const highs = bars.high.subarray(0, 58);
      expect(rows[0]).toEqual({
        day: '2010-01-04 00:00',
        open: bars.open[0],
        high: Math.max(...highs),
        low: Math.min(...bars.low.subarray(0, 58)),
        close: bars.close[57],
        volume: bars.volume.subarray(0, 58).reduce((sum, volume) => sum + volume),
        bars: 58,
      });
      expect(rows.map(({ bars: count }) => count)).toEqual([58, 96, 46]);
    });

    it('are refused when a newer tradekit made them', async () => {
      await store.import(IDENTITY, madeSeries(1, 40));
      await admin.query(`insert into ${schema}.migration (version) values (99)`);
      await expect(store.list()).rejects.toMatchObject({ code: 'STORE_SCHEMA' });
      const importing = store.import(IDENTITY, madeSeries(1, 40));
      await expect(importing).rejects.toThrow('has tables of version 99, and this tradekit knows 1; update tradekit');
    });

    it('have no retention, which is said', async () => {
      const keeping = postgresStore({ url, schema, retentionMonths: 12 });
      const importing = keeping.import(IDENTITY, madeSeries(1, 40));
      await expect(importing).rejects.toMatchObject({ name: 'ConfigError', code: 'STORE_RETENTION' });
      await keeping.close();
    });
  });

  describe('rows that are not what was imported', () => {
    const spoil = async (change: string): Promise<void> => {
      await store.import(IDENTITY, madeSeries(2, 40));
      const id = `(select series_id from ${schema}.series where symbol = 'S0000')`;
      const { rowCount } = await admin.query(change.replace('BAR', `${schema}.bar`).replace('ID', id));
      expect(rowCount).toBe(1);
    };
    const first = `time = '2010-01-04 14:30+00'`;
    const from = timestamp(Date.UTC(2010, 0, 4, 15));

    it.each([
      [
        'a changed price',
        `update BAR set close = close + 1e-9 where series_id = ID and ${first}`,
        'match their checksum',
      ],
      ['a lost row', `delete from BAR where series_id = ID and ${first}`, '39 bars of 40'],
      [
        'a row too many',
        `insert into BAR select series_id, '2010-01-04 14:31+00', 1, 1, 1, 1, 1 from BAR where series_id = ID limit 1`,
        'more than 40',
      ],
    ])('%s is noticed by reading and verifying, and mended by an import', async (_, change, said) => {
      await spoil(change.replaceAll('BAR', `${schema}.bar`));
      await expect(store.read('S0000')).rejects.toMatchObject({
        code: 'STORE_DAMAGED',
        message: expect.stringContaining(said),
      });
      const { faults, rows } = await store.verify();
      expect(faults).toMatchObject([{ code: 'STORE_DAMAGED', symbol: 'S0000' }]);
      expect(rows).toBe(40);
      const report = await store.import(IDENTITY, madeSeries(2, 40));
      expect(report).toMatchObject({ replaced: ['S0000'], unchanged: ['S0001'] });
      expect(await store.verify()).toEqual({ series: 2, rows: 80, faults: [] });
      expect(await countOf('bar')).toBe(80);
    });

    it('a lost row is noticed by a range that does not have it', async () => {
      await spoil(`delete from BAR where series_id = ID and ${first}`);
      await expect(store.read('S0000', { from })).rejects.toMatchObject({ code: 'STORE_DAMAGED' });
    });
  });

  describe('the password', () => {
    const secrets = ['s3cr%40t-word', 's3cr@t-word'];
    const expectSilent = (thing: unknown): void => {
      const text = `${inspect(thing, { depth: 12, showHidden: true })} ${JSON.stringify(thing)} ${String(thing)}`;
      for (const secret of secrets) expect(text).not.toContain(secret);
    };
    const address = (text: string): string => text.replace('tk@', `tk:${secrets[0]}@`);

    it('is in no store, and in no error of a server that is not there, of a database or user that does not exist', async () => {
      const wrong = [
        address('postgres://tk@127.0.0.1:1/postgres'),
        address(url).replace('/postgres', '/nowhere'),
        address(url).replace('/postgres', `/${secrets[0]}`),
        address(url).replace('tk:', 'nobody:'),
        address('postgres://tk@no-such-host.invalid/postgres'),
      ];
      for (const text of wrong) {
        const there = postgresStore({ url: text, schema });
        expectSilent(there);
        const error = await there.list().catch((reason: unknown) => reason);
        expect(error).toMatchObject({
          name: 'DataError',
          code: expect.stringMatching(/^STORE_(UNREACHABLE|NO_ACCESS)$/),
        });
        expectSilent(error);
        expectSilent(await there.verify().catch((reason: unknown) => reason));
        await there.close();
      }
    });

    it('is in no report and no error of one that works', async () => {
      const there = postgresStore({ url: address(url), schema });
      expectSilent(await there.import(IDENTITY, madeSeries(1, 40)));
      expectSilent(await there.verify());
      expectSilent(await there.read('S1').catch((reason: unknown) => reason));
      expectSilent(there);
      await there.close();
    });
  });

  describe('an import', () => {
    it('waits for another one, and is refused when that takes long', async () => {
      await store.import(IDENTITY, madeSeries(1, 40));
      const other = postgresStore({ url, schema });
      const nested = async function* (): AsyncGenerator<SeriesInput> {
        const refused = other.import(IDENTITY, madeSeries(1, 40));
        await expect(refused).rejects.toMatchObject({ code: 'STORE_LOCKED' });
        yield* madeSeries(1, 40, 1);
      };
      await store.import(IDENTITY, nested());
      expect((await other.import(IDENTITY, madeSeries(1, 40, 1))).unchanged).toEqual(['S0000']);
      await other.close();
    });

    it('is seen by readers whole, while it runs and after', async () => {
      await store.import(IDENTITY, madeSeries(2, 40));
      const other = postgresStore({ url, schema });
      const looking = async function* (): AsyncGenerator<SeriesInput> {
        for (const series of madeSeries(2, 60, 1)) {
          yield series;
          expect((await other.list()).map(({ rows }) => rows)).toEqual([40, 40]);
          expect((await other.verify()).faults).toEqual([]);
        }
      };
      await store.import(IDENTITY, looking());
      expect((await other.list()).map(({ rows }) => rows)).toEqual([60, 60]);
      await other.close();
    });

    it(
      'killed at random moments leaves the old state or the new one',
      async () => {
        const task = { kind: 'postgres', place: `${url} ${schema}` } as const;
        const kills = await killedImports(child, task, () => postgresStore({ url, schema }));
        console.log(`PostgreSQL, ${KILLS} kills: ${JSON.stringify(kills)}`);
        expect(await countOf('bar')).toBe(30_000);
        expect(await countOf('staged')).toBe(0);
      },
      KILLS_TIME,
    );

    it.skipIf(control === undefined)(
      'whose server goes away says so, and goes on when it is back',
      async () => {
        await store.import(IDENTITY, madeSeries(2, 40));
        const before = await store.list();
        const cutOff = async function* (): AsyncGenerator<SeriesInput> {
          for (const series of madeSeries(6, 3000, 1)) {
            if (series.symbol === 'S0004') await control?.kill();
            yield series;
          }
        };
        await expect(store.import(IDENTITY, cutOff())).rejects.toMatchObject({
          code: 'STORE_UNREACHABLE',
          message: expect.stringContaining('see that the server runs, and try again'),
        });
        await expect(store.list()).rejects.toMatchObject({ code: 'STORE_UNREACHABLE' });
        await control?.start();
        expect(await store.list()).toEqual(before);
        expect((await store.verify()).faults).toEqual([]);
        const staged = await admin.query<{ id: number }>(`select series_id as id from ${schema}.staged order by 1`);
        expect(staged.rows).toHaveLength(4);
        await store.import(IDENTITY, madeSeries(6, 3000, 1));
        expect(await store.verify()).toEqual({ series: 6, rows: 18_000, faults: [] });
        const live = await admin.query<{ id: number }>(
          `select series_id as id from ${schema}.series order by 1 limit 4`,
        );
        expect(live.rows).toEqual(staged.rows);
        expect(await countOf('bar')).toBe(18_000);
      },
      60_000,
    );
  });
}
