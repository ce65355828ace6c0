import { DAY_MS, MINUTE_MS, type Timestamp } from '@tradekit/core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { BarColumns } from '../csv/columns.js';
import { columnsOf, seriesChecksum } from '../stores/series.js';
import type { BarSetIdentity, BarStore, ImportProgress, SeriesInput } from '../stores/store.js';

/** A place where a store can be: a folder, a file, a schema. It is empty when it is made. */
export interface BarStorePlace {
  /** Opens the store that is there. The contract closes what it opened. */
  open(): Promise<BarStore> | BarStore;
  /** Takes the place away. */
  remove?(): Promise<void> | void;
}

/** What of the contract a store does not keep, and why. A reason is printed with the skipped test. */
export interface BarStoreContractOptions {
  readonly skip?: readonly { readonly test: string; readonly reason: string }[];
}

/** Runs the contract of the `BarStore` port, every test over a fresh place. */
export function describeBarStoreContract(
  name: string,
  make: () => Promise<BarStorePlace> | BarStorePlace,
  { skip = [] }: BarStoreContractOptions = {},
): void {
  const claim = (title: string, check: (tried: Tried) => Promise<void>): void => {
    const skipped = skip.find((entry) => entry.test === title);
    if (skipped === undefined) test(title, () => check(current()));
    else test.skip(`${title} (${skipped.reason})`, () => undefined);
  };
  let tried: Tried | undefined;
  const current = (): Tried => {
    if (tried === undefined) throw new Error('the store was not made');
    return tried;
  };

  describe(`the bar store contract: ${name}`, () => {
    beforeEach(async () => {
      tried = new Tried(await make());
    });
    afterEach(async () => {
      await tried?.end();
      tried = undefined;
    });

    claim('a new store is empty and says so', async (it) => {
      const store = await it.open();
      expect(await store.identity()).toBeUndefined();
      expect(await store.list()).toEqual([]);
      expect(await store.slice(at(3))).toMatchObject({ start: at(3), symbols: [] });
      expect(await store.verify()).toEqual({ series: 0, rows: 0, faults: [] });
      await expect(store.read('AAPL')).rejects.toMatchObject({ name: 'DataError', code: 'STORE_NO_SYMBOL' });
    });

    claim('gives back every bit of what was imported, after closing too', async (it) => {
      await (await it.open()).import(IDENTITY, [series('AAPL', 3000), series('BRK.B', 3000, 1e9)]);
      for (const open of [() => it.open(), () => it.reopen()]) {
        const store = await open();
        expect(await store.identity()).toEqual(IDENTITY);
        expectSame(await store.read('AAPL'), bars(3000));
        expectSame(await store.read('BRK.B'), bars(3000, 1e9));
      }
    });

    claim('lists its series by symbol, with rows, span and the checksum that every store gives', async (it) => {
      const store = await it.open();
      await store.import(IDENTITY, [series('MSFT', 40), series('AAPL', 1)]);
      expect(await store.list()).toEqual([
        { symbol: 'AAPL', rows: 1, first: at(0), last: at(0), checksum: seriesChecksum(bars(1)) },
        { symbol: 'MSFT', rows: 40, first: at(0), last: at(39), checksum: CHECKSUM_OF_40 },
      ]);
    });

    claim('reads a range from its first instant on and before its last', async (it) => {
      const store = await it.open();
      await store.import(IDENTITY, [series('AAPL', 5000)]);
      const whole = bars(5000);
      const expectRange = async (from: number, to: number): Promise<void> =>
        expectSame(await store.read('AAPL', { from: at(from), to: at(to) }), rowsOf(whole, from, to));
      await expectRange(0, 5000);
      await expectRange(1023, 1025);
      await expectRange(2048, 4097);
      await expectRange(4999, 9000);
      expectSame(await store.read('AAPL', { from: at(4000) }), rowsOf(whole, 4000, 5000));
      expectSame(await store.read('AAPL', { to: at(1) }), rowsOf(whole, 0, 1));
      expectSame(await store.read('AAPL', { from: (at(7) + 1) as Timestamp, to: at(9) }), rowsOf(whole, 8, 9));
    });

    claim('a range without bars is empty, and one that ends before it begins an error', async (it) => {
      const store = await it.open();
      await store.import(IDENTITY, [series('AAPL', 10)]);
      expectSame(await store.read('AAPL', { from: at(3), to: at(3) }), bars(0));
      expectSame(await store.read('AAPL', { from: at(11) }), bars(0));
      const backwards = store.read('AAPL', { from: at(4), to: at(3) });
      await expect(backwards).rejects.toMatchObject({ name: 'ConfigError', code: 'STORE_RANGE' });
    });

    claim('a slice has every symbol that has a bar there, and no other', async (it) => {
      const store = await it.open();
      await store.import(IDENTITY, [series('MSFT', 2000, 7), series('AAPL', 2000), series('LATE', 10, 1, 1500)]);
      const { symbols, bars: columns, start } = await store.slice(at(1501));
      expect({ symbols, start }).toEqual({ symbols: ['AAPL', 'LATE', 'MSFT'], start: at(1501) });
      const [apple, late, microsoft] = [bars(2000), bars(10, 1, 1500), bars(2000, 7)];
      expect([...columns.open]).toEqual([apple.open[1501], late.open[1], microsoft.open[1501]]);
      expect([...columns.high]).toEqual([apple.high[1501], late.high[1], microsoft.high[1501]]);
      expect([...columns.low]).toEqual([apple.low[1501], late.low[1], microsoft.low[1501]]);
      expect([...columns.close]).toEqual([apple.close[1501], late.close[1], microsoft.close[1501]]);
      expect([...columns.volume]).toEqual([apple.volume[1501], late.volume[1], microsoft.volume[1501]]);
      expect((await store.slice(at(0))).symbols).toEqual(['AAPL', 'MSFT']);
      expect((await store.slice((at(0) + 1) as Timestamp)).symbols).toEqual([]);
    });

    claim('importing the same again changes nothing and says so', async (it) => {
      const store = await it.open();
      await store.import(IDENTITY, [series('AAPL', 50), series('MSFT', 60)]);
      const before = await store.list();
      const report = await store.import(IDENTITY, [series('MSFT', 60), series('AAPL', 50)]);
      expect(report).toEqual({ added: [], replaced: [], unchanged: ['AAPL', 'MSFT'], rows: 110 });
      expect(await store.list()).toEqual(before);
    });

    claim('replaces the series that are named and keeps the others', async (it) => {
      const store = await it.open();
      await store.import(IDENTITY, [series('AAPL', 50), series('MSFT', 60)]);
      const report = await store.import(IDENTITY, [series('NVDA', 5), series('AAPL', 20, 3)]);
      expect(report).toEqual({ added: ['NVDA'], replaced: ['AAPL'], unchanged: [], rows: 25 });
      expectSame(await store.read('AAPL'), bars(20, 3));
      expectSame(await store.read('MSFT'), bars(60));
      expect((await store.list()).map(({ symbol, rows }) => [symbol, rows])).toEqual([
        ['AAPL', 20],
        ['MSFT', 60],
        ['NVDA', 5],
      ]);
      expect(await store.verify()).toEqual({ series: 3, rows: 85, faults: [] });
    });

    claim('tells how far an import is, series by series, and takes them as they come', async (it) => {
      const store = await it.open();
      await store.import(IDENTITY, [series('AAPL', 50)]);
      const told: ImportProgress[] = [];
      await store.import(IDENTITY, arriving(series('AAPL', 50), series('MSFT', 2)), {
        onProgress: (progress) => void told.push(progress),
      });
      expect(told).toEqual([
        { symbol: 'AAPL', outcome: 'unchanged', series: 1, rows: 50 },
        { symbol: 'MSFT', outcome: 'added', series: 2, rows: 52 },
      ]);
    });

    claim('an import that fails leaves the store as it was, and can be started again', async (it) => {
      const store = await it.open();
      await store.import(IDENTITY, [series('AAPL', 50)]);
      const before = await store.list();
      const failing = store.import(IDENTITY, interrupted(series('AAPL', 70), series('MSFT', 60)));
      await expect(failing).rejects.toThrow('the source failed');
      for (const open of [() => it.open(), () => it.reopen()]) {
        const opened = await open();
        expect(await opened.list()).toEqual(before);
        expectSame(await opened.read('AAPL'), bars(50));
        expect((await opened.slice(at(60))).symbols).toEqual([]);
        expect((await opened.verify()).faults).toEqual([]);
      }
      const again = await it.open();
      const report = await again.import(IDENTITY, [series('AAPL', 70), series('MSFT', 60)]);
      expect(report).toMatchObject({ added: ['MSFT'], replaced: ['AAPL'] });
      expectSame(await again.read('AAPL'), bars(70));
    });

    claim('failures of the source and of the callback come out as they are', async (it) => {
      const store = await it.open();
      // As the failure of a disk or a database would look.
      const failure = Object.assign(new Error('Failed: connection terminated'), { code: 'ENOENT', syscall: 'open' });
      const fail = (): never => {
        throw failure;
      };
      const source = (async function* (): AsyncGenerator<SeriesInput> {
        yield series('AAPL', 5);
        fail();
      })();
      await expect(store.import(IDENTITY, source)).rejects.toBe(failure);
      await expect(store.import(IDENTITY, [series('AAPL', 5)], { onProgress: fail })).rejects.toBe(failure);
      expect(await store.list()).toEqual([]);
    });

    claim('refuses bars of another identity', async (it) => {
      const store = await it.open();
      await store.import(IDENTITY, [series('AAPL', 50)]);
      for (const other of [{ barMinutes: 5 }, { feed: 'iex' }, { adjusted: 'split' }] as const) {
        const importing = store.import({ ...IDENTITY, ...other }, [series('AAPL', 50)]);
        await expect(importing).rejects.toMatchObject({ name: 'DataError', code: 'STORE_OTHER_IDENTITY' });
      }
      const senseless = store.import({ ...IDENTITY, barMinutes: 0 }, []);
      await expect(senseless).rejects.toMatchObject({ name: 'ConfigError', code: 'STORE_IDENTITY' });
      expect(await store.identity()).toEqual(IDENTITY);
    });

    for (const [what, spoil] of BAD_BARS) {
      claim(`refuses bars with ${what}`, async (it) => {
        const store = await it.open();
        const importing = store.import(IDENTITY, [series('GOOD', 3), { symbol: 'BAD', bars: spoil(bars(5)) }]);
        await expect(importing).rejects.toMatchObject({ name: 'DataError', code: 'STORE_BAD_BARS' });
        expect(await store.list()).toEqual([]);
      });
    }

    claim('refuses a symbol that cannot be one, or that comes twice', async (it) => {
      const store = await it.open();
      for (const symbol of ['', '../AAPL', 'A B', "A'", '.A', 'A'.repeat(33)]) {
        const importing = store.import(IDENTITY, [series(symbol, 5)]);
        await expect(importing).rejects.toMatchObject({ name: 'DataError', code: 'STORE_BAD_SYMBOL' });
      }
      const twice = store.import(IDENTITY, [series('AAPL', 5), series('AAPL', 6)]);
      await expect(twice).rejects.toMatchObject({ name: 'DataError', code: 'STORE_BAD_SYMBOL' });
      expect(await store.list()).toEqual([]);
    });

    claim('an unknown symbol is an error that names the nearest one', async (it) => {
      const store = await it.open();
      await store.import(IDENTITY, [series('BRK.B', 5)]);
      const reading = store.read('BRK-B');
      await expect(reading).rejects.toMatchObject({ code: 'STORE_NO_SYMBOL', context: { symbol: 'BRK-B' } });
      await expect(reading).rejects.toThrow('did you mean "BRK.B"');
    });

    claim('keeps what it cannot name apart: symbols that differ in case', async (it) => {
      const store = await it.open();
      await store.import(IDENTITY, [series('BACpK', 5), series('BACPK', 6)]);
      expect((await store.list()).map(({ symbol, rows }) => [symbol, rows])).toEqual([
        ['BACPK', 6],
        ['BACpK', 5],
      ]);
    });

    claim('verifies what is whole', async (it) => {
      const store = await it.open();
      await store.import(IDENTITY, [series('AAPL', 2500), series('MSFT', 60)]);
      expect(await store.verify()).toEqual({ series: 2, rows: 2560, faults: [] });
    });

    claim('a closed store answers with an error', async (it) => {
      const store = await it.open();
      await store.import(IDENTITY, [series('AAPL', 5)]);
      await store.close();
      await store.close();
      await expect(store.list()).rejects.toMatchObject({ code: 'STORE_CLOSED' });
      await expect(store.read('AAPL')).rejects.toMatchObject({ code: 'STORE_CLOSED' });
      await expect(store.import(IDENTITY, [])).rejects.toMatchObject({ code: 'STORE_CLOSED' });
    });
  });
}

const IDENTITY: BarSetIdentity = { barMinutes: 15, feed: 'sip', adjusted: 'raw' };

/** SHA-256 of `bars(40)`: a store that keeps something else in this order is another store. */
const CHECKSUM_OF_40 = '157c3a2761358f19b34c4bd20556b008c70eb698313269a0a14a60b5b543fe79';

const FIRST = Date.UTC(2021, 0, 4, 14, 30);
const BARS_IN_DAY = 26;

/** Start of a row: quarter hours of days of 26 bars. */
function at(row: number): Timestamp {
  return (FIRST + Math.floor(row / BARS_IN_DAY) * DAY_MS + (row % BARS_IN_DAY) * 15 * MINUTE_MS) as Timestamp;
}

/** Bars whose numbers use every bit of a double. */
function bars(rows: number, scale = 1, firstRow = 0): BarColumns {
  const column = (of: (row: number) => number): Float64Array =>
    Float64Array.from({ length: rows }, (_, row) => of(row + firstRow));
  const middle = (row: number): number => scale * (100 + (row % 89) / 7);
  return {
    start: column(at),
    open: column((row) => middle(row) + scale / 3),
    high: column((row) => middle(row) + scale),
    low: column((row) => middle(row) - scale * 0.1),
    close: column((row) => middle(row)),
    // Fractions, counts that fill the mantissa, and nothing.
    volume: column((row) => [0, 1 / 3 + row, 2 ** 53 - 1 - row, 1e15 + 0.5, 5e-324][row % 5] ?? 0),
  };
}

function series(symbol: string, rows: number, scale = 1, firstRow = 0): SeriesInput {
  return { symbol, bars: bars(rows, scale, firstRow) };
}

function rowsOf(whole: BarColumns, from: number, to: number): BarColumns {
  const [start, open, high, low, close, volume] = columnsOf(whole).map((column) => column.slice(from, to));
  return { start, open, high, low, close, volume } as BarColumns;
}

/** Compares the bits: quick for thousands of bars, and 0 is not -0. */
function expectSame(found: BarColumns, wanted: BarColumns): void {
  expect(found.start.length).toBe(wanted.start.length);
  expect(seriesChecksum(found)).toBe(seriesChecksum(wanted));
}

async function* arriving(...all: readonly SeriesInput[]): AsyncGenerator<SeriesInput> {
  yield* all;
}

function* interrupted(...all: readonly SeriesInput[]): Generator<SeriesInput> {
  yield* all;
  throw new Error('the source failed');
}

type Field = keyof BarColumns;

function withCell(field: Field, row: number, value: number): (bars: BarColumns) => BarColumns {
  return (whole) => {
    whole[field][row] = value;
    return whole;
  };
}

const BAD_BARS: readonly (readonly [string, (bars: BarColumns) => BarColumns])[] = [
  ['no row', (whole) => rowsOf(whole, 0, 0)],
  ['columns of different lengths', (whole) => ({ ...whole, volume: whole.volume.slice(1) })],
  ['a start twice', withCell('start', 2, at(1))],
  ['starts out of order', withCell('start', 2, at(0))],
  ['a start between milliseconds', withCell('start', 2, at(2) + 0.5)],
  ['a start before 1970', withCell('start', 0, -1000)],
  ['a start that is NaN', withCell('start', 2, Number.NaN)],
  ['a price that is NaN', withCell('close', 2, Number.NaN)],
  ['a price of zero', withCell('low', 2, 0)],
  ['an infinite price', withCell('high', 2, Number.POSITIVE_INFINITY)],
  ['a high below the close', withCell('high', 2, 100)],
  ['a low above the open', withCell('low', 2, 101)],
  ['a volume below zero', withCell('volume', 2, -1)],
  ['a volume that is NaN', withCell('volume', 2, Number.NaN)],
  ['an infinite volume', withCell('volume', 2, Number.POSITIVE_INFINITY)],
];

/** A store while it is tried: closes what was opened. */
class Tried {
  readonly #place: BarStorePlace;
  #store: BarStore | undefined;

  constructor(place: BarStorePlace) {
    this.#place = place;
  }

  /** The store; opened when it is not. */
  async open(): Promise<BarStore> {
    this.#store ??= await this.#place.open();
    return this.#store;
  }

  /** The store, closed and opened again. */
  async reopen(): Promise<BarStore> {
    await this.#store?.close();
    this.#store = undefined;
    return this.open();
  }

  async end(): Promise<void> {
    await this.#store?.close();
    await this.#place.remove?.();
  }
}
