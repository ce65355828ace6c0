import { describe, expect, it } from 'vitest';
import {
  BAR_FLAGS,
  type BarColumns,
  type CleanedBars,
  cleanBars,
  cleaningSteps,
  syntheticBars,
} from '../../src/index.js';
import { barsOf, columnsOf, inWords, type MadeBar, quietBars } from './made-bars.js';
import { isRegular, localSigmas, places, plant, random, walk } from './planted-prints.js';

const clean = (columns: BarColumns, parameters: object = {}): CleanedBars =>
  cleanBars(
    columns,
    { symbol: 'AAPL' },
    { steps: cleaningSteps(['order', 'duplicates', { 'bad-prints': parameters }]) },
  );

/** Rows that were flagged. */
const flagged = ({ flags }: CleanedBars): number[] =>
  [...flags.keys()].filter((row) => flags[row] === BAR_FLAGS.badPrint);

const quiet = quietBars('2021-01-04');
const withBar = (row: number, ...prices: readonly [number, number, number, number]): MadeBar[] =>
  quiet.map((bar, place) => (place === row ? [bar[0], ...prices, bar[5]] : bar));

describe('bad prints', () => {
  it('flags a high far beyond the close before and the open after, and leaves the prices alone', () => {
    const bars = withBar(12, 100.1, 105, 99.8, 100);
    const cleaned = clean(columnsOf(bars));
    expect(barsOf(cleaned)).toEqual(bars);
    expect(flagged(cleaned)).toEqual([12]);
    expect(cleaned.ledger.map(inWords)).toEqual([
      expect.stringMatching(
        /^14 bad-prints flagged 2021-01-04 17:30: high 105 is \d+\.\d local sigma above the close before 100.1 and the open after 100$/,
      ),
    ]);
    expect(cleaned.ledger[0]?.after).toEqual(cleaned.ledger[0]?.before);
  });

  it('leaves a move of the same size from which the price does not come back', () => {
    const jumped = quiet.map((bar, row): MadeBar => {
      const by = row > 12 ? 5 : 0;
      return [bar[0], bar[1] + by, bar[2] + by, bar[3] + by, bar[4] + by, bar[5]];
    });
    jumped[12] = ['2021-01-04 17:30', 100.1, 105.3, 99.8, 105.1, 1012];
    expect(clean(columnsOf(jumped)).ledger).toEqual([]);
  });

  it('leaves a reversal among bars that are as wild', () => {
    const wild = quiet.map((bar): MadeBar => [bar[0], bar[1], bar[2] + 3, bar[3] - 3, bar[4], bar[5]]);
    wild[12] = ['2021-01-04 17:30', 100, 106, 96, 100, 1012];
    expect(clean(columnsOf(wild)).ledger).toEqual([]);
  });

  it('clips a high and a low to the body and the prices around', () => {
    const cleaned = clean(columnsOf(withBar(12, 100.2, 105, 95, 100.05)), { action: 'clip' });
    expect(barsOf(cleaned)[12]).toEqual(['2021-01-04 17:30', 100.2, 100.2, 100, 100.05, 1012]);
    expect(cleaned.ledger).toMatchObject([
      { line: 14, action: 'changed', before: { high: 105, low: 95 }, after: { high: 100.2, low: 100 } },
    ]);
    expect(cleaned.flags[12]).toBe(BAR_FLAGS.changed);
  });

  it('drops what clipping cannot mend: a bar that is nothing but the print', () => {
    const cleaned = clean(columnsOf(withBar(12, 93, 93, 93, 93)), { action: 'clip' });
    expect(barsOf(cleaned)).toEqual(quiet.filter((_, row) => row !== 12));
    expect(cleaned.ledger).toMatchObject([{ line: 14, action: 'dropped', after: undefined }]);
  });

  it('drops when it is told to', () => {
    expect(barsOf(clean(columnsOf(withBar(12, 100.1, 105, 99.8, 100)), { action: 'drop' }))).toHaveLength(25);
  });

  it('leaves bars that are allowed, of this symbol only', () => {
    const bars = columnsOf(withBar(12, 100.1, 105, 99.8, 100));
    const time = '2021-01-04T17:30:00Z';
    expect(flagged(clean(bars, { allow: [{ symbol: 'AAPL', time }] }))).toEqual([]);
    expect(flagged(clean(bars, { allow: [{ symbol: 'MSFT', time }] }))).toEqual([12]);
  });

  it('cannot judge the first and the last bar, nor bars without four others', () => {
    for (const row of [0, 25]) expect(clean(columnsOf(withBar(row, 100, 120, 99.8, 100))).ledger).toEqual([]);
    expect(clean(columnsOf(withBar(1, 100, 120, 99.8, 100).slice(0, 4))).ledger).toEqual([]);
    expect(flagged(clean(columnsOf(withBar(1, 100, 120, 99.8, 100).slice(0, 5))))).toEqual([1]);
  });

  it('needs more outside regular hours', () => {
    const evening = Array.from({ length: 12 }, (_, bar): MadeBar => {
      const minute = String((bar % 4) * 15).padStart(2, '0');
      return [`2021-01-04 ${21 + (bar >> 2)}:${minute}`, 100, bar === 6 ? 102 : 100.1, 99.9, 100, 10];
    });
    const strict = { extendedSigmas: 3.75 };
    expect(flagged(clean(columnsOf([...quiet, ...evening])))).toEqual([]);
    expect(flagged(clean(columnsOf([...quiet, ...evening]), strict))).toEqual([32]);
  });

  it('stands whatever the values are', () => {
    const broken = columnsOf(quiet);
    broken.high.fill(Number.NaN, 3, 9);
    broken.close.fill(0, 12, 14);
    expect(() => clean(broken)).not.toThrow();
    expect(clean(columnsOf(quiet.map(([time]): MadeBar => [time, 5, 5, 5, 5, 0]))).ledger).toEqual([]);
  });
});

describe('planted prints', () => {
  const markets = [1, 2, 3].map((seed) => walk(seed, '2021-01-04', '2021-12-31'));

  /** Found of 252 planted, and other bars flagged. */
  function found(sigmas: number, regular: boolean): { recall: number; others: number } {
    const next = random(1000 + sigmas);
    let hits = 0;
    let others = 0;
    let planted = 0;
    for (const market of markets) {
      const rows = places(market, 84, regular, next);
      const flags = flagged(clean(plant(market, rows, sigmas, next)));
      hits += flags.filter((row) => rows.includes(row)).length;
      others += flags.filter((row) => !rows.includes(row)).length;
      planted += rows.length;
    }
    expect(planted).toBe(252);
    return { recall: hits / planted, others };
  }

  it.each([8, 9, 10, 12])('of %d local sigma are found, 99 % and more', (sigmas) => {
    expect(found(sigmas, true).recall).toBeGreaterThanOrEqual(0.99);
    expect(found(sigmas, false).recall).toBeGreaterThanOrEqual(0.99);
  });

  it('of 2 local sigma are mostly left in regular hours, and all of them outside', () => {
    expect(found(2, true).recall).toBeLessThan(0.5);
    expect(found(2, false).recall).toBeLessThan(0.1);
  });

  it('are told by a sigma that a plain reckoning gives too', () => {
    const market = markets[0] as BarColumns;
    const sigmas = localSigmas(market);
    const [row] = places(market, 1, true, random(5));
    const at = row ?? 0;
    const next = { ...market, high: market.high.slice() };
    const top = Math.max(market.close[at - 1] ?? 0, market.open[at + 1] ?? 0);
    const limit = 3.75 * (sigmas[at] ?? 0) * (market.close[at - 1] ?? 0);
    next.high[at] = top + limit * 1.0001;
    expect(flagged(clean(next))).toContain(at);
    next.high[at] = top + limit * 0.9999;
    expect(flagged(clean(next))).not.toContain(at);
  });

  it('are not seen in a clean random walk: at most one bar in a thousand', () => {
    const bars = markets.reduce((sum, { start }) => sum + start.length, 0);
    const alarms = markets.flatMap((market) => flagged(clean(market)).map((row) => isRegular(market.start[row] ?? 0)));
    expect(bars).toBeGreaterThan(30_000);
    expect(alarms.length / bars).toBeLessThan(0.001);
  });

  it('are not seen in the synthetic market: at most one bar in a thousand', () => {
    const instruments = ['AAPL', 'KO', 'TSLA'].map((id) => ({ id, sector: 'Energy' }));
    const { series } = syntheticBars({ instruments, last: '2022-12-30' });
    const bars = series.reduce((sum, { start }) => sum + start.length, 0);
    const alarms = series.reduce((sum, one) => sum + flagged(clean(one)).length, 0);
    expect(alarms / bars).toBeLessThan(0.001);
  });
});
