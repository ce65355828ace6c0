import { describe, expect, test } from 'vitest';
import { type Grid, returnsOf, SLOTS, slotOf } from './grid.js';
import { drawdown, equalWeight, largest } from './market-facts.js';
import {
  autocorrelation,
  correlation,
  deviation,
  excessKurtosis,
  mean,
  median,
  quantile,
  rootMeanSquare,
  skewness,
} from './statistics.js';
import { logRealisedVolatility, sessionAutocorrelation, symbolFacts, volatilitySmile } from './symbol-facts.js';

describe('statistics, by hand', () => {
  test('mean, deviation and root mean square have the divisor n and leave NaN out', () => {
    expect(mean([1, Number.NaN, 2, 3, 4])).toBe(2.5);
    expect(deviation([1, 2, 3, Number.NaN, 4])).toBe(Math.sqrt(1.25));
    expect(rootMeanSquare([3, Number.NaN, 4])).toBe(Math.sqrt(12.5));
  });

  test('excess kurtosis of 1 2 3 4: fourth moment 2.5625 over 1.25² less 3', () => {
    expect(excessKurtosis([1, 2, 3, 4])).toBeCloseTo(-1.36, 14);
  });

  test('skewness of 0 0 3: third moment 2 over 2^1.5', () => {
    expect(skewness([0, 0, 3])).toBeCloseTo(Math.SQRT1_2, 14);
  });

  test('quantiles are linear between the sorted values', () => {
    expect(quantile([40, 10, Number.NaN, 30, 20], 0.1)).toBe(13);
    expect(median([4, 1, 3, 2])).toBe(2.5);
  });

  test('correlation of 1 2 3 with 1 2 4: 3 / √(2 × 14/3), pairs with NaN left out', () => {
    expect(correlation([1, 2, Number.NaN, 3, 9], [1, 2, 5, 4, Number.NaN])).toBeCloseTo(3 / Math.sqrt(28 / 3), 14);
  });

  test('autocorrelation of 1 2 4 3 at lag 1: of 1 2 4 with 2 4 3', () => {
    expect(autocorrelation(Float64Array.of(1, 2, 4, 3), 1)).toBeCloseTo(correlation([1, 2, 4], [2, 4, 3]), 14);
    expect(correlation([1, 2, 4], [2, 4, 3])).toBeCloseTo(1 / Math.sqrt((14 / 3) * 2), 14);
  });

  test('the largest eigenvalue of 2 1 / 1 2 is 3, along the diagonal', () => {
    const { value, vector } = largest([
      [2, 1],
      [1, 2],
    ]);
    expect(value).toBeCloseTo(3, 12);
    expect(vector[0]).toBeCloseTo(Math.SQRT1_2, 12);
  });

  test('the book is the mean of those that have a return; its fall is measured from the peak', () => {
    expect([...equalWeight([Float64Array.of(1, Number.NaN), Float64Array.of(3, 5)])]).toEqual([2, 5]);
    expect(drawdown([0.1, -0.5, 0.2])).toBeCloseTo(Math.log(0.5), 14);
  });
});

describe('returns of a grid, by hand', () => {
  const day = (values: readonly number[]): number[] => [
    ...values,
    ...new Array<number>(SLOTS - values.length).fill(Number.NaN),
  ];
  const grid: Grid = {
    id: 'A',
    sector: 'S',
    slots: Uint8Array.of(2, 2),
    open: Float64Array.from([...day([100, 110]), ...day([121, 121])]),
    high: Float64Array.from([...day([110, 110]), ...day([121, 121])]),
    low: Float64Array.from([...day([100, 99]), ...day([110, 100])]),
    close: Float64Array.from([...day([110, 99]), ...day([110, 121])]),
    volume: Float64Array.from([...day([100, 300]), ...day([200, 200])]),
    official: Float64Array.of(110, 121),
  };

  test('a first bar counts from its open, the others from the close before', () => {
    const { bar } = returnsOf(grid);
    expect(bar[0]).toBeCloseTo(Math.log(1.1), 14);
    expect(bar[1]).toBeCloseTo(Math.log(0.9), 14);
    expect(bar[2]).toBeNaN();
  });

  test('nights and days go from official close to official close', () => {
    const { overnight, intraday, daily } = returnsOf(grid);
    expect(overnight[0]).toBeNaN();
    expect(overnight[1]).toBeCloseTo(Math.log(1.1), 14);
    expect(intraday[1]).toBeCloseTo(0, 14);
    expect(daily[1]).toBeCloseTo(Math.log(1.1), 14);
  });
});

describe('facts of a symbol, by hand', () => {
  /** Two full sessions: the closes alternate by 1 % from bar to bar, twice as much in the first slot. */
  const swing = (cell: number): number => (cell % SLOTS === 0 ? 0.02 : cell % 2 === 0 ? 0.01 : -0.01);
  const bar = Float64Array.from({ length: 2 * SLOTS }, (_, cell) => swing(cell));
  const none = new Float64Array(0);
  const returns = { bar, overnight: none, intraday: none, daily: none };

  test('realised volatility is the root of the sum of squares, for whole sessions only', () => {
    const holed = bar.with(SLOTS, Number.NaN);
    const [first, second] = logRealisedVolatility({ ...returns, bar: holed });
    expect(first).toBeCloseTo(Math.log(Math.sqrt(0.02 ** 2 + 25 * 0.01 ** 2)), 14);
    expect(second).toBeNaN();
  });

  test('the smile has mean square 1', () => {
    const level = Math.sqrt((0.02 ** 2 + 25 * 0.01 ** 2) / 26);
    const smile = volatilitySmile(Uint8Array.of(SLOTS, SLOTS), bar);
    expect(smile[0]).toBeCloseTo(0.02 / level, 12);
    expect(smile[25]).toBeCloseTo(0.01 / level, 12);
  });

  test('autocorrelation in a session pairs no bar with one of the next session', () => {
    const blocks = Float64Array.from({ length: 2 * SLOTS }, (_, cell) => (cell % SLOTS < SLOTS / 2 ? 1 : -1));
    // 25 pairs a session: 12 of + +, 12 of − −, one of + −; across the sessions there would be a pair of − +.
    const [x, y] = [1 / 25, -1 / 25];
    expect(sessionAutocorrelation(blocks, 1)).toBeCloseTo((23 / 25 - x * y) / (1 - x * x), 12);
  });

  test('slots are taken from full sessions', () => {
    const cells = Float64Array.from({ length: 2 * SLOTS }, (_, cell) => cell);
    expect([...slotOf(cells, Uint8Array.of(14, SLOTS), 3)]).toEqual([SLOTS + 3]);
  });

  test('a smile of volume, a half day, official closes and opens are read off the bars', () => {
    const price = new Float64Array(2 * SLOTS).fill(100);
    const half = (cell: number): boolean => cell >= SLOTS;
    const shares = Float64Array.from(price, (_, cell) => (half(cell) ? (cell < SLOTS + 14 ? 1 : Number.NaN) : 2));
    const cells = price.map((value, cell) => (Number.isNaN(shares[cell] ?? Number.NaN) ? Number.NaN : value));
    const open = cells.with(1, 100.01);
    const grid = { id: 'A', sector: 'S', slots: Uint8Array.of(SLOTS, 14), open, high: open, low: cells, close: cells };
    const facts = symbolFacts({ ...grid, volume: shares, official: Float64Array.of(100, 101) });
    expect(facts['volume smile 1']).toBeCloseTo(100 / 26, 12);
    expect(facts['half-day volume smile 14']).toBeCloseTo(100 / 14, 12);
    expect(facts['half-day volume']).toBeCloseTo(14 / 52, 12);
    expect(facts['open equal']).toBeCloseTo(37 / 38, 12);
    expect(facts['bars without range']).toBeCloseTo(39 / 40, 12);
    expect(facts['official p95 bp']).toBeCloseTo(0.95 * 10_000 * Math.log(1.01), 8);
    expect(facts['tick bp']).toBe(1);
  });
});
