import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BarStore, type ColumnStoreReader, columnStore, openColumnStore } from '../../src/index.js';
import { describeBarStoreContract } from '../../src/testing/index.js';
import { importer } from './child.js';
import { IDENTITY, KILLS, KILLS_TIME, killedImports } from './killed-imports.js';
import { madeSeries } from './made-series.js';

const isRoot = process.getuid?.() === 0;
const NOBODY = { uid: 65534, gid: 65534 };

const temporary = mkdtempSync(join(tmpdir(), 'tradekit-columns-'));
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

let folder: string;
let store: BarStore;
let reader: ColumnStoreReader;
beforeEach(() => {
  folder = join(mkdtempSync(join(temporary, 'store-')), 'bars');
  store = columnStore(folder);
  reader = openColumnStore(folder);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describeBarStoreContract('column files', () => {
  const place = mkdtempSync(join(temporary, 'contract-'));
  return { open: () => columnStore(join(place, 'bars')) };
});

const code = (read: () => unknown): string | undefined => {
  try {
    read();
  } catch (error) {
    return (error as { code?: string }).code;
  }
  return undefined;
};

const shell = (command: string) => spawnSync('sh', ['-c', command], { encoding: 'utf8' });

const barFiles = (): readonly string[] => readdirSync(folder).filter((name) => name.endsWith('.bars'));

describe('reading without waiting', () => {
  it('gives what the store gives', async () => {
    await store.import(IDENTITY, madeSeries(3, 1500));
    expect(reader.identity()).toEqual(IDENTITY);
    expect(reader.list()).toEqual(await store.list());
    expect(reader.read('S0001')).toEqual(await store.read('S0001'));
    const start = reader.list()[0]?.last;
    if (start === undefined) throw new Error('the store is empty');
    expect(reader.slice(start)).toEqual(await store.slice(start));
    expect(reader.verify()).toEqual({ series: 3, rows: 4500, faults: [] });
  });

  it('sees what another import has put there since', async () => {
    await store.import(IDENTITY, madeSeries(1, 1500));
    const [before] = reader.list();
    await store.import(IDENTITY, madeSeries(2, 1500, 1));
    expect(reader.list()).toHaveLength(2);
    expect(reader.list()[0]?.checksum).not.toBe(before?.checksum);
    expect(reader.read('S0000').close[0]).toBeCloseTo(50 + 1 / 3, 9);
  });
});

describe('a byte that is not what was written', () => {
  const symbols = ['S0000', 'S0001'];

  /** Codes of what reading and verifying say; `undefined` where nothing was noticed. */
  function noticed(): { readonly read: string | undefined; readonly verified: string | undefined } {
    const fresh = openColumnStore(folder);
    const read = code(() => symbols.map((symbol) => fresh.read(symbol)));
    return { read, verified: fresh.verify().faults[0]?.code };
  }

  /** Flips one bit of every byte of a file in turn, and puts it back. */
  function unnoticed(name: string): readonly number[] {
    const path = join(folder, name);
    const whole = readFileSync(path);
    const missed: number[] = [];
    for (let place = 0; place < whole.length; place++) {
      const spoilt = Buffer.from(whole);
      spoilt[place] = (spoilt[place] ?? 0) ^ (1 << (place % 8));
      writeFileSync(path, spoilt);
      const { read, verified } = noticed();
      if (![read, verified].every((found) => found === 'STORE_DAMAGED' || found === 'STORE_SCHEMA')) missed.push(place);
    }
    writeFileSync(path, whole);
    return missed;
  }

  beforeEach(() => store.import(IDENTITY, madeSeries(2, 40)));

  it('is noticed wherever it is in a file of bars: header, index and block', () => {
    const [name = ''] = barFiles();
    expect(readFileSync(join(folder, name)).length).toBeGreaterThan(40 * 48);
    expect(unnoticed(name)).toEqual([]);
    expect(noticed()).toEqual({ read: undefined, verified: undefined });
  });

  it('is noticed wherever it is in the manifest', () => {
    expect(unnoticed('store.json')).toEqual([]);
    expect(noticed()).toEqual({ read: undefined, verified: undefined });
  });

  it('is named with its file, its symbol and what to do', () => {
    const [name = ''] = barFiles();
    const bytes = readFileSync(join(folder, name));
    bytes.writeDoubleLE(1, bytes.length - 8);
    writeFileSync(join(folder, name), bytes);
    const { faults } = reader.verify();
    expect(faults).toEqual([
      {
        code: 'STORE_DAMAGED',
        symbol: 'S0000',
        message: `${join(folder, name)}: block 0 does not match its checksum; nothing of it was handed out: import the series again, which mends it`,
      },
    ]);
    expect(reader.read('S0001').start.length).toBe(40);
  });

  it('is noticed by a range and a slice of its own block, which others need not', async () => {
    await store.import(IDENTITY, madeSeries(1, 3000));
    const name = barFiles().find((found) => found.startsWith('S0000')) ?? '';
    const bytes = readFileSync(join(folder, name));
    bytes[bytes.length - 8] = (bytes[bytes.length - 8] ?? 0) ^ 1;
    writeFileSync(join(folder, name), bytes);
    const { first, last } = openColumnStore(folder).list()[0] ?? {};
    if (first === undefined || last === undefined) throw new Error('the store is empty');
    expect(code(() => reader.slice(last))).toBe('STORE_DAMAGED');
    expect(code(() => reader.read('S0000', { from: last }))).toBe('STORE_DAMAGED');
    expect(reader.slice(first).symbols).toEqual(['S0000', 'S0001']);
  });

  it('is mended by importing the series again', async () => {
    const [name = ''] = barFiles();
    writeFileSync(join(folder, name), 'nothing');
    const report = await store.import(IDENTITY, madeSeries(2, 40));
    expect(report).toEqual({ added: [], replaced: ['S0000'], unchanged: ['S0001'], rows: 80 });
    expect(await store.verify()).toEqual({ series: 2, rows: 80, faults: [] });
  });

  it('a file cut short at any place, too long, missing or another one is noticed', () => {
    const [name = '', other = ''] = barFiles();
    const path = join(folder, name);
    const whole = readFileSync(path);
    for (let length = 0; length < whole.length; length += 7) {
      writeFileSync(path, whole.subarray(0, length));
      expect(noticed()).toEqual({ read: 'STORE_DAMAGED', verified: 'STORE_DAMAGED' });
    }
    writeFileSync(path, Buffer.concat([whole, Buffer.alloc(1)]));
    expect(noticed()).toEqual({ read: 'STORE_DAMAGED', verified: 'STORE_DAMAGED' });
    copyFileSync(join(folder, other), path);
    expect(noticed()).toEqual({ read: 'STORE_DAMAGED', verified: 'STORE_DAMAGED' });
    rmSync(path);
    expect(noticed()).toEqual({ read: 'STORE_DAMAGED', verified: 'STORE_DAMAGED' });
  });

  it('a manifest that is missing beside files of bars is noticed, by an import too', async () => {
    rmSync(join(folder, 'store.json'));
    expect(noticed()).toEqual({ read: 'STORE_DAMAGED', verified: 'STORE_DAMAGED' });
    await expect(store.import(IDENTITY, madeSeries(1, 4))).rejects.toMatchObject({ code: 'STORE_DAMAGED' });
  });

  it('another schema version is named as such', () => {
    const path = join(folder, 'store.json');
    writeFileSync(path, readFileSync(path, 'utf8').replace('"schema": 1', '"schema": 2'));
    expect(() => reader.list()).toThrow('has schema version 2, and this tradekit knows 1; update tradekit');
  });
});

describe('an import', () => {
  const child = importer();
  const task = { kind: 'columns', symbols: 4, rows: 3000, edition: 1 } as const;

  it(
    'killed at random moments leaves the old state or the new one',
    async () => {
      const kills = await killedImports(child, { kind: 'columns', place: folder }, () => columnStore(folder));
      console.log(`column files, ${KILLS} kills: ${JSON.stringify(kills)}`);
      expect(kills.old + kills.new).toBe(KILLS);
      // Nothing is left of what was cut off: the manifest, and one file a symbol.
      expect(barFiles()).toHaveLength(10);
      expect(readdirSync(folder).filter((name) => !name.startsWith('store.lock.'))).toHaveLength(11);
    },
    KILLS_TIME,
  );

  it('goes on with what a cut off one has written, when it is whole', async () => {
    const cutOff = function* () {
      yield* madeSeries(3, 40);
      throw new Error('cut off');
    };
    await expect(store.import(IDENTITY, cutOff())).rejects.toThrow('cut off');
    expect(barFiles()).toHaveLength(3);
    expect(await store.list()).toEqual([]);
    const [first = '', second = ''] = barFiles();
    writeFileSync(join(folder, first), 'torn');
    const before = readFileSync(join(folder, second));
    await store.import(IDENTITY, madeSeries(3, 40));
    expect(readFileSync(join(folder, second))).toEqual(before);
    expect(await store.verify()).toEqual({ series: 3, rows: 120, faults: [] });
  });

  it('removes what belongs to nothing any more', async () => {
    await store.import(IDENTITY, madeSeries(2, 40));
    writeFileSync(join(folder, 'S0009-0000000000000000.bars.tmp'), 'cut off');
    await store.import(IDENTITY, madeSeries(2, 40, 1));
    expect(barFiles()).toHaveLength(2);
    expect(readdirSync(folder)).toHaveLength(3);
  });

  it('is refused while another one runs, and its lock is taken over when that one is dead', async () => {
    await store.import(IDENTITY, madeSeries(1, 40));
    const nested = async function* () {
      await expect(columnStore(folder).import(IDENTITY, [])).rejects.toMatchObject({ code: 'STORE_LOCKED' });
      yield* madeSeries(1, 40);
    };
    expect((await store.import(IDENTITY, nested())).unchanged).toEqual(['S0000']);

    const running = await child.start({ ...task, place: folder, symbols: 500 });
    while (!existsSync(join(folder, 'store.lock'))) await new Promise((resolve) => setTimeout(resolve, 1));
    const refused = store.import(IDENTITY, madeSeries(1, 40));
    await expect(refused).rejects.toThrow(/another import is at work.*remove that file/);
    running.child.kill('SIGKILL');
    await running.result;
    expect(existsSync(join(folder, 'store.lock'))).toBe(true);
    expect((await store.import(IDENTITY, madeSeries(1, 40))).unchanged).toEqual(['S0000']);
    expect(existsSync(join(folder, 'store.lock'))).toBe(false);
  });

  it('does not take effect when its lock was taken away', async () => {
    await store.import(IDENTITY, madeSeries(1, 40));
    const robbed = function* () {
      yield* madeSeries(1, 40, 1);
      writeFileSync(join(folder, 'store.lock'), JSON.stringify({ pid: 1, host: 'elsewhere', token: 'theirs' }));
    };
    await expect(store.import(IDENTITY, robbed())).rejects.toMatchObject({ code: 'STORE_LOCKED' });
    expect((await store.read('S0000')).close[0]).toBe(50);
  });

  it('with no room for its files ends in a clear error, and the old state stays', async () => {
    await store.import(IDENTITY, madeSeries(2, 40));
    const before = await store.list();
    const { result } = await child.start({ ...task, place: folder }, { before: 'ulimit -f 100;' });
    expect(await result).toMatchObject({
      code: 'STORE_DISK_FULL',
      message: expect.stringContaining('make room and start the import again'),
    });
    expect(await store.list()).toEqual(before);
    expect(await store.verify()).toEqual({ series: 2, rows: 80, faults: [] });
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it.skipIf(!isRoot)('on a disk that is full ends in a clear error, and goes on when there is room', async () => {
    mkdirSync(folder);
    const mounted = shell(`mount -t tmpfs -o size=1m tmpfs '${folder}'`);
    if (mounted.status !== 0) return console.warn(`no tmpfs here: ${mounted.stderr}`);
    try {
      await store.import(IDENTITY, madeSeries(1, 3000));
      const before = await store.list();
      await expect(store.import(IDENTITY, madeSeries(9, 3000, 1))).rejects.toMatchObject({ code: 'STORE_DISK_FULL' });
      expect(await store.list()).toEqual(before);
      expect((await store.verify()).faults).toEqual([]);
      expect(shell(`mount -o remount,size=8m '${folder}'`).status).toBe(0);
      await store.import(IDENTITY, madeSeries(9, 3000, 1));
      expect(await store.verify()).toEqual({ series: 9, rows: 27_000, faults: [] });
    } finally {
      shell(`umount '${folder}'`);
    }
  });

  it('into a folder that may not be written is a clear error', async () => {
    await store.import(IDENTITY, madeSeries(1, 40));
    for (const path of [temporary, join(folder, '..')]) chmodSync(path, 0o755);
    chmodSync(folder, 0o555);
    try {
      const { result } = await child.start({ ...task, place: folder }, isRoot ? NOBODY : {});
      expect(await result).toMatchObject({
        code: 'STORE_NO_ACCESS',
        message: expect.stringContaining('give this user the right to it'),
      });
      const nowhere = await child.start({ ...task, place: join(folder, 'below') }, isRoot ? NOBODY : {});
      expect(await nowhere.result).toMatchObject({ code: 'STORE_NO_ACCESS' });
    } finally {
      chmodSync(folder, 0o755);
    }
    expect(await store.verify()).toEqual({ series: 1, rows: 40, faults: [] });
  });
});
