/** `tradekit data`: the doctor, stores and cleaning, from the command line, and runs over what they leave. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { plantBlemishes, readBarFile, writeSyntheticMarket } from '@tradekit/data';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { config, type Ended, type Scratch, STRATEGY, scratch, smallMarket, started, tradekit } from './kit.js';

let place: Scratch;

beforeAll(() => {
  place = scratch();
  smallMarket(place);
  place.file('config.yaml', config());
  place.file('strategy.ts', STRATEGY);
  writeSyntheticMarket(join(place.folder, 'sick'), { last: '2021-03-31', instruments: [{ id: 'AAA' }, { id: 'BBB' }] });
  const counts = { duplicate: 4, 'out-of-order': 2, impossible: 4, unreadable: 2, 'lost-session': 2 };
  plantBlemishes(join(place.folder, 'sick'), { counts });
});

afterAll(() => place.remove());

const data = (...args: readonly string[]): Promise<Ended> => tradekit(place.folder, 'data', ...args);
const digestOf = (text: string): unknown => (JSON.parse(text) as { digest: unknown }).digest;

describe('data doctor', () => {
  test('prints a line a symbol and a summary, and writes both reports', async () => {
    const { code, stdout } = await data('doctor', 'data', '--output', 'quality');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^AAA {2}/m);
    expect(stdout).toContain('2 files, ');
    expect(stdout).toContain('Reports: quality/quality.html, quality/quality.json');
    const report = JSON.parse(place.text('quality/quality.json')) as { kind: string };
    expect(report.kind).toBe('tradekit-quality-report');
    expect(place.text('quality/quality.html')).toContain('<!doctype html>');
  });

  test('--strict exits with 3 where something is wrong, and with 0 where nothing is', async () => {
    expect((await data('doctor', 'data', '--strict', '--output', 'quality')).code).toBe(0);
    expect((await data('doctor', 'sick', '--output', 'quality')).code).toBe(0);
    expect((await data('doctor', 'sick', '--strict', '--output', 'quality')).code).toBe(3);
  });

  test('--json gives the report and nothing else', async () => {
    const { stdout } = await data('doctor', 'sick', '--json', '--symbols', 'BBB', '--output', 'quality');
    const { symbols } = JSON.parse(stdout) as { symbols: readonly { symbol: string }[] };
    expect(symbols.map(({ symbol }) => symbol)).toEqual(['BBB']);
  });

  test('without a folder it looks for data/raw', async () => {
    const { code, errors } = await data('doctor');
    expect(code).toBe(3);
    expect(errors[0]).toContain('data/raw');
  });
});

describe('stores', () => {
  test('import, list, verify; importing again changes nothing', async () => {
    const first = await data('import', 'data', 'store', '--feed', 'sip');
    expect(first.stdout).toContain('2 added, 0 replaced, 0 unchanged');
    expect((await data('import', 'data', 'store', '--feed', 'sip')).stdout).toContain(
      '0 added, 0 replaced, 2 unchanged',
    );
    const { stdout } = await data('list', 'store');
    expect(stdout).toMatch(/^AAA {4}/m);
    expect(stdout).toContain('feed sip, adjusted split');
    const listed = JSON.parse((await data('list', 'store', '--json')).stdout) as {
      series: readonly { symbol: string }[];
    };
    expect(listed.series.map(({ symbol }) => symbol)).toEqual(['AAA', 'BBB']);
    const verified = await data('verify', 'store');
    expect([verified.code, verified.stdout]).toEqual([0, expect.stringContaining('all as imported')]);
  });

  test('another feed is other data', async () => {
    const { code, errors } = await data('import', 'data', 'store', '--feed', 'iex');
    expect(code).toBe(3);
    expect(errors[0]).toContain('sip');
  });

  test('a byte that was changed is found, and the exit code is 3', async () => {
    await data('import', 'data', 'damaged');
    const name = readdirSync(join(place.folder, 'damaged')).find((file) => file.startsWith('BBB')) ?? '';
    const path = join(place.folder, 'damaged', name);
    const bytes = readFileSync(path);
    bytes[bytes.length - 100] = (bytes[bytes.length - 100] ?? 0) ^ 1;
    writeFileSync(path, bytes);
    const { code, stdout, errors } = await data('verify', 'damaged');
    expect(code).toBe(3);
    expect(stdout).toContain('1 fault');
    expect(errors[0]).toContain('BBB');
  });

  test('to Parquet, to DuckDB, to bar files, and they are the same bars', async () => {
    await data('import', 'data', 'origin');
    expect((await data('export', 'origin', 'bars.parquet')).stdout).toBe('2 symbols into bars.parquet\n');
    expect((await data('import', 'bars.parquet', 'bars.duckdb')).stdout).toContain('2 added');
    expect((await data('export', 'bars.duckdb', 'again', '--symbols', 'AAA')).stdout).toBe('1 symbol into again\n');
    expect(readdirSync(join(place.folder, 'again'))).toEqual(['AAA_15min.csv']);
    const origin = readBarFile(join(place.folder, 'data/AAA_15min.csv'));
    expect(readBarFile(join(place.folder, 'again/AAA_15min.csv'))).toEqual(origin);
    expect(readdirSync(place.folder).filter((name) => name.includes('.duckdb'))).toEqual(['bars.duckdb']);
    const missing = await data('export', 'origin', 'again', '--symbols', 'AAB');
    expect([missing.code, missing.errors[0]]).toEqual([3, expect.stringContaining('did you mean "AAA"?')]);
  });

  test('a Parquet file is what it says, and flags of bar files are refused for it', async () => {
    await data('import', 'data', 'of-sip', '--feed', 'sip');
    await data('export', 'of-sip', 'sip.parquet');
    const imported = await data('import', 'sip.parquet', 'of-parquet', '--symbols', 'BBB', '--feed', 'sip');
    expect(imported.stdout).toContain('1 added');
    for (const [flags, message] of [
      [['--feed', 'iex'], 'says that it has 15-minute bars of feed sip, adjusted split; leave out --feed'],
      [['--bar-minutes', '5'], 'leave out --bar-minutes'],
      [['--zone', 'UTC', '--strict'], 'is a Parquet file; --zone and --strict: for bar files only, leave out'],
      [['--symbols', ','], '--symbols is ","; give symbols'],
    ] as const) {
      const { code, errors } = await data('import', 'sip.parquet', 'of-parquet', ...flags);
      expect([code, errors[0]]).toEqual([2, expect.stringContaining(message)]);
    }
  });

  test('a file of which cleaning leaves nothing ends the import, and says what became of its rows', async () => {
    place.file('one/AAA_15min.csv', 'timestamp,open,high,low,close,volume\n2021-01-04 14:30:00,1,1,1,1,1\n');
    const { code, errors } = await data('import', 'one', 'of-one');
    const what = 'AAA_15min.csv: cleaning left none of 1 row (unfinished: dropped 1); examine the folder with';
    expect([code, errors[0]]).toEqual([3, expect.stringContaining(what)]);
  });

  test('what is not there has an error with what to do', async () => {
    expect((await data('verify', 'nothing')).errors[0]).toContain(
      'there is nothing in the store "nothing"; import bars first',
    );
    for (const command of [['list'], ['list', '--json'], ['export', 'x.parquet']]) {
      const [name = '', ...more] = command;
      const { code, errors } = await data(name, 'nothing', ...more);
      expect([code, errors[0]]).toEqual([
        3,
        expect.stringContaining('there is nothing in the store "nothing"; import'),
      ]);
    }
    expect((await data('list', 'mysql://x/y')).errors[0]).toContain('no store for addresses that begin with "mysql:"');
    expect((await data('import', 'nothing', 'store')).errors[0]).toContain('there is no "nothing"');
    expect((await data('list', 'postgres')).errors[0]).toContain('TRADEKIT_DATABASE_URL');
    expect((await data('doctor', 'data', '--bar-minutes', 'x')).errors[0]).toContain('--bar-minutes is "x"');
    expect(existsSync(join(place.folder, 'nothing'))).toBe(false);
  });

  test.each(['many-store', 'many.duckdb', 'many.parquet'])(
    'Ctrl-C on the way into %s leaves nothing half-done',
    async (target) => {
      const command = target.endsWith('.parquet') ? 'export' : 'import';
      if (!existsSync(join(place.folder, 'many'))) {
        const bars = place.text('data/AAA_15min.csv');
        for (let count = 100; count < 500; count++) place.file(`many/S${count}_15min.csv`, bars);
        await data('import', 'many', 'many-origin');
      }
      const { child, ended } = started(place.folder, [
        'data',
        command,
        command === 'import' ? 'many' : 'many-origin',
        target,
      ]);
      child.stderr?.once('data', () => child.kill('SIGINT'));
      const { code, stderr } = await ended;
      expect(code).toBe(130);
      expect(stderr).toContain('\ninterrupted: ');
      if (command === 'import')
        expect((await data('list', target)).errors[0]).toContain('there is nothing in the store');
      const left = readdirSync(place.folder).filter(
        (name) => name.startsWith('many.parquet') || name.endsWith('.lock'),
      );
      expect(left).toEqual([]);
      expect(existsSync(join(place.folder, target, 'store.lock'))).toBe(false);
    },
  );

  test('a place that cannot be written into is told, and bar files never go into a store', async () => {
    await data('import', 'data', 'no-target');
    place.file('a-file', '');
    for (const [command, code, message] of [
      [['doctor', 'data', '--output', 'a-file'], 1, '/a-file" cannot be written into: '],
      [['doctor', 'a-file'], 3, '/a-file" is a file, not a folder; put the bar files there, or name another folder'],
      [['doctor', 'data', '--instruments', 'none.yaml'], 2, '/none.yaml"; name a file that is there'],
      [['import', 'data', 'a-file'], 3, 'a part of it is a file (ENOTDIR); name a folder, or a file NAME.duckdb'],
      [['export', 'no-target', 'a-file'], 1, '/a-file" cannot be written into: '],
      [['export', 'no-target', 'no-target'], 2, '"no-target" is a store; give --to store, or name another folder'],
    ] as const) {
      const ended = await data(...command);
      expect([ended.code, ended.errors[0]]).toEqual([code, expect.stringContaining(message)]);
      expect(ended.errors).toHaveLength(1);
    }
  });

  test('a password is never shown', async () => {
    const ended = await data('list', 'postgres://somebody:s3cret@127.0.0.1:1/none');
    expect(ended.code).not.toBe(0);
    expect(ended.stdout + ended.stderr).not.toContain('s3cret');
    expect(ended.stderr).toContain('127.0.0.1');
  });
});

describe('runs', () => {
  test('over a store, of columns or of DuckDB, are those over its files', async () => {
    await data('import', 'data', 'run-store');
    await data('import', 'data', 'run.duckdb');
    const stored = (store: string): string => config().replace('folder: ./data', `store: ./${store}`);
    place.file('from-columns.yaml', stored('run-store'));
    place.file('from-duckdb.yaml', stored('run.duckdb'));
    const runs = await Promise.all(
      ['config', 'from-columns', 'from-duckdb'].map((name) =>
        tradekit(place.folder, 'run', `${name}.yaml`, '--json', '--output', `out-${name}`),
      ),
    );
    const digests = runs.map(({ stdout }) => digestOf(stdout));
    expect(new Set(digests).size).toBe(1);
    expect(digests[0]).toMatch(/^[0-9a-f]{64}$/);
    // Its resolved config can be run as it is.
    const again = await tradekit(
      place.folder,
      'run',
      'out-from-columns/config.yaml',
      '--json',
      '--output',
      'out-again',
    );
    expect(digestOf(again.stdout)).toBe(digests[0]);
  });

  test('over sick files: strict ends at the first fault, cleaned they run and every repair is in the run folder', async () => {
    const sick = (clean: string): string =>
      config().replace('folder: ./data', `folder: ./sick, clean: ${clean}`).replace('name: small', 'name: sick');
    place.file('strict.yaml', sick('strict'));
    place.file('clean.yaml', sick('standard'));
    place.file('listed.yaml', sick('[impossible, order, { duplicates: { conflicting: first } }]'));
    place.file('wrong.yaml', sick('[impossibel]'));
    const strict = await tradekit(place.folder, 'run', 'strict.yaml', '--output', 'out-strict');
    expect([strict.code, strict.errors.length]).toEqual([3, 1]);
    for (const name of ['clean', 'listed']) {
      const { code } = await tradekit(place.folder, 'run', `${name}.yaml`, '--output', `out-${name}`);
      expect(code).toBe(0);
      const repairs = place.text(`out-${name}/repairs.csv`);
      expect(repairs.match(/,duplicates,dropped,/g)).toHaveLength(4);
      expect(repairs.match(/,impossible,dropped,/g)).toHaveLength(4);
      expect(repairs.match(/,parse,dropped,/g)).toHaveLength(2);
      expect(place.text(`out-${name}/run.json`)).toContain('all in repairs.csv');
    }
    const wrong = await tradekit(place.folder, 'run', 'wrong.yaml');
    expect([wrong.code, wrong.errors[0]]).toEqual([2, expect.stringContaining('did you mean "impossible"?')]);
  });
});
