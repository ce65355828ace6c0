import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { columnStore, seriesChecksum } from '../../src/index.js';
import { type DuckdbStore, duckdbStore, parquetSeries } from '../../src/stores/duckdb/index.js';
import { describeBarStoreContract } from '../../src/testing/index.js';
import { importer } from './child.js';
import { IDENTITY, KILLS, KILLS_TIME, killedImports } from './killed-imports.js';
import { madeSeries } from './made-series.js';

const temporary = mkdtempSync(join(tmpdir(), 'tradekit-duckdb-'));
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

describeBarStoreContract('DuckDB', () => {
  const place = mkdtempSync(join(temporary, 'contract-'));
  return { open: () => duckdbStore(join(place, 'bars.duckdb')) };
});

let folder: string;
let path: string;
let store: DuckdbStore;
beforeEach(() => {
  folder = mkdtempSync(join(temporary, 'store-'));
  path = join(folder, 'bars.duckdb');
  store = duckdbStore(path);
});

describe('SQL', () => {
  it('answers over the bars by symbol', async () => {
    await store.import(IDENTITY, madeSeries(2, 3000));
    const { volume } = await store.read('S0001');
    const rows = await store.query(
      `select symbol, count(*)::integer as bars, min(time) as first, sum(volume) as volume
       from bar join series using (series_id) where symbol = 'S0001' group by symbol`,
    );
    expect(rows).toEqual([
      {
        symbol: 'S0001',
        bars: 3000,
        first: new Date('2010-01-04T14:30:00Z'),
        volume: volume.reduce((sum, shares) => sum + shares),
      },
    ]);
  });

  it('cannot change anything, and says what it does not take', async () => {
    await store.import(IDENTITY, madeSeries(1, 40));
    await expect(store.query('delete from bar')).rejects.toMatchObject({ code: 'STORE_QUERY' });
    await expect(store.query('select nothing')).rejects.toThrow(/DuckDB does not take the query: .*nothing/);
    expect((await store.verify()).faults).toEqual([]);
  });
});

describe('Parquet', () => {
  const parquet = (): string => join(folder, `it's.parquet`);

  it('goes out and comes in with every bit and the identity', async () => {
    await store.import(IDENTITY, madeSeries(3, 3000));
    await store.exportParquet(parquet());
    const other = duckdbStore(join(folder, 'other.duckdb'));
    expect(await other.importParquet(parquet())).toMatchObject({ added: ['S0000', 'S0001', 'S0002'], rows: 9000 });
    expect(await other.identity()).toEqual(IDENTITY);
    expect(await other.list()).toEqual(await store.list());
    expect((await other.importParquet(parquet())).unchanged).toHaveLength(3);
  });

  it('takes only the symbols that are named', async () => {
    await store.import(IDENTITY, madeSeries(3, 40));
    await store.exportParquet(parquet(), ['S0002']);
    const other = duckdbStore(join(folder, 'other.duckdb'));
    expect((await other.importParquet(parquet())).added).toEqual(['S0002']);
    await expect(store.exportParquet(parquet(), ['S0009'])).rejects.toMatchObject({ code: 'STORE_NO_SYMBOL' });
  });

  it('of another program needs to be told what it is, and its nulls are refused', async () => {
    await store.import(IDENTITY, madeSeries(1, 40));
    const columns = (close: string): string =>
      `copy (select 'A' as symbol, time, open, high, low, ${close}, volume from bar) to '${join(folder, 'foreign.parquet')}'`;
    await store.query(columns('close'));
    const other = duckdbStore(join(folder, 'other.duckdb'));
    const foreign = join(folder, 'foreign.parquet');
    await expect(other.importParquet(foreign)).rejects.toMatchObject({ name: 'ConfigError', code: 'STORE_IDENTITY' });
    expect((await other.importParquet(foreign, { identity: IDENTITY })).added).toEqual(['A']);
    await store.query(columns(`if(close = open, close, null) as close`));
    const importing = other.importParquet(foreign, { identity: IDENTITY });
    await expect(importing).rejects.toMatchObject({ code: 'STORE_BAD_BARS' });
  });

  it('of other columns is refused with the columns that are wanted', async () => {
    const foreign = join(folder, 'foreign.parquet');
    const bar =
      "'A' as symbol, timestamp '2021-01-04 14:30:00' as time, 1.0 as open, 1.0 as high, 1.0 as low, 1.0 as close";
    const wanted = 'give it symbol, time (a timestamp in UTC), open, high, low, close and volume';
    for (const [columns, what] of [
      ['1 as a', 'has no column symbol, time, open, high, low, close, volume'],
      [bar, 'has no column volume'],
      [`${bar}, 1 as volume`.replace("timestamp '2021-01-04 14:30:00'", '5'), 'has a time of type INTEGER'],
    ] as const) {
      await store.query(`copy (select ${columns}) to '${foreign}' (format parquet)`);
      await expect(store.importParquet(foreign, { identity: IDENTITY })).rejects.toMatchObject({
        code: 'STORE_PARQUET',
        message: `"${foreign}" ${what}; ${wanted}`,
      });
    }
  });

  it('gives some of its series when they are named', async () => {
    await store.import(IDENTITY, madeSeries(3, 40));
    await store.exportParquet(parquet());
    const names: string[] = [];
    for await (const { symbol } of parquetSeries(parquet(), ['S0002', 'S0000'])) names.push(symbol);
    expect(names).toEqual(['S0000', 'S0002']);
    await expect(parquetSeries(parquet(), ['S0009']).next()).rejects.toMatchObject({ code: 'STORE_NO_SYMBOL' });
  });

  it('that is missing, or no Parquet at all, is a clear error', async () => {
    await expect(store.importParquet(join(folder, 'nothing.parquet'))).rejects.toMatchObject({ code: 'STORE_FAILED' });
    writeFileSync(parquet(), 'nothing of the kind, but long enough to have a header and a footer');
    await expect(store.importParquet(parquet())).rejects.toMatchObject({ name: 'DataError' });
  });

  it('whose file cannot be written leaves nothing behind', async () => {
    await store.import(IDENTITY, madeSeries(1, 40));
    await expect(store.exportParquet(join(folder, 'nowhere/x.parquet'))).rejects.toMatchObject({ name: 'DataError' });
    expect(readdirSync(folder)).toEqual(['bars.duckdb']);
  });
});

describe('bars between stores', () => {
  it('have the same checksums in both, and come back the same', async () => {
    await store.import(IDENTITY, madeSeries(3, 2000));
    const columns = columnStore(join(folder, 'columns'));
    const copied = async function* () {
      for (const { symbol } of await store.list()) yield { symbol, bars: await store.read(symbol) };
    };
    await columns.import(IDENTITY, copied());
    expect(await columns.list()).toEqual(await store.list());
    expect(seriesChecksum(await columns.read('S0001'))).toBe((await store.list())[1]?.checksum);
  });
});

describe('faults', () => {
  const child = importer();

  it(
    'an import killed at random moments leaves the old state or the new one',
    async () => {
      const kills = await killedImports(child, { kind: 'duckdb', place: path }, () => duckdbStore(path));
      console.log(`DuckDB, ${KILLS} kills: ${JSON.stringify(kills)}`);
    },
    KILLS_TIME,
  );

  it('two imports in one process follow each other; one of another process is refused', async () => {
    const both = [store.import(IDENTITY, madeSeries(2, 40)), duckdbStore(path).import(IDENTITY, madeSeries(3, 40))];
    expect((await Promise.all(both)).map(({ added }) => added.length)).toEqual([2, 1]);
    const running = await child.start({ kind: 'duckdb', place: path, symbols: 500, rows: 3000, edition: 1 });
    while (!existsSync(`${path}.lock`)) await new Promise((resolve) => setTimeout(resolve, 1));
    await expect(store.import(IDENTITY, madeSeries(1, 40))).rejects.toMatchObject({ code: 'STORE_LOCKED' });
    await expect(store.list()).rejects.toThrow('another process has the file open: wait for it to end');
    running.child.kill('SIGKILL');
    await running.result;
    expect(await store.verify()).toEqual({ series: 3, rows: 120, faults: [] });
  });

  it('an import from its own file is refused, where it would wait for itself', async () => {
    await store.import(IDENTITY, madeSeries(1, 40));
    const own = async function* () {
      yield { symbol: 'COPY', bars: await store.read('S0000') };
    };
    await expect(store.import(IDENTITY, own())).rejects.toMatchObject({ code: 'STORE_LOCKED' });
    expect(await store.list()).toHaveLength(1);
  });

  it('a byte that was changed is noticed wherever it matters, and so is a file cut short', async () => {
    await store.import(IDENTITY, madeSeries(2, 3000));
    const whole = readFileSync(path);
    const truth = await store.list();
    const noticed = async (): Promise<readonly [boolean, boolean]> => {
      const read = await Promise.all(['S0000', 'S0001'].map((symbol) => store.read(symbol))).then(
        (bars) => {
          // What is read in spite of it is right: the byte was in a part of the file that nothing uses.
          expect(bars.map(seriesChecksum)).toEqual(truth.map(({ checksum }) => checksum));
          return false;
        },
        (error: unknown) => {
          expect(error).toMatchObject({ code: expect.stringMatching(/^STORE_(DAMAGED|SCHEMA|FAILED|NO_SYMBOL)$/) });
          return true;
        },
      );
      return [read, (await store.verify()).faults.length > 0];
    };
    let found = 0;
    for (let place = 0; place < whole.length; place += Math.floor(whole.length / 40)) {
      const spoilt = Buffer.from(whole);
      spoilt[place] = (spoilt[place] ?? 0) ^ 0x41;
      writeFileSync(path, spoilt);
      const [read, verified] = await noticed();
      expect(verified).toBe(read);
      if (read) found += 1;
    }
    expect(found).toBeGreaterThan(3);
    writeFileSync(path, whole.subarray(0, whole.length - 300_000));
    expect(await noticed()).toEqual([true, true]);
  });

  it('with no room an import ends in a clear error, and the old state stays', async () => {
    await store.import(IDENTITY, madeSeries(1, 40));
    const before = await store.list();
    const task = { kind: 'duckdb', place: path, symbols: 40, rows: 20_000, edition: 1 } as const;
    const { result } = await child.start(task, { before: 'ulimit -f 4000;' });
    expect(await result).toMatchObject({ code: 'STORE_DISK_FULL' });
    expect(await store.list()).toEqual(before);
    expect((await store.verify()).faults).toEqual([]);
  });
});
