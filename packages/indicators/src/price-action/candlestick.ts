import type { Bars, FeatureKernel } from '@tradekit/core';
import { type Indicator, indicator } from '../base/indicator.js';
import { requireOneOf } from '../base/require.js';

/** Bars that the patterns are made of. */
const BARS: Readonly<Record<CandlestickPattern, number>> = {
  doji: 1,
  hammer: 1,
  'shooting-star': 1,
  marubozu: 1,
  engulfing: 2,
  harami: 2,
  'inside-bar': 2,
  star: 3,
};

/** A pattern of {@link candlestick}. */
export type CandlestickPattern =
  | 'doji'
  | 'hammer'
  | 'shooting-star'
  | 'marubozu'
  | 'engulfing'
  | 'harami'
  | 'inside-bar'
  | 'star';

/** Open, high, low, close of one bar. */
type Cell = 0 | 1 | 2 | 3;

/**
 * A candlestick pattern (Nison, Japanese Candlestick Charting Techniques, 1991) in shapes alone, without a look at the trend: 1 bullish,
 * −1 bearish, 0 none. The body is |close − open|, the range high − low.
 *
 * - `doji` (1): body at most a tenth of the range
 * - `hammer` (1), `shooting-star` (−1): the shadow below (above) at least twice the body, the other at most a tenth of the range
 * - `marubozu` (±1): body at least 95 % of the range
 * - `engulfing` (±1): the body contains that of the bar before, of the other colour
 * - `harami` (±1): the body lies in that of the bar before, of the other colour and at least half of its range
 * - `inside-bar` (1): the range lies in that of the bar before
 * - `star` (±1): morning and evening star: a body of at least half its range, then one at most a third of the first that lies on its far
 *   side, then one of the other colour that closes beyond the first's middle
 *
 * Bars follow each other on the grid: NaN where one of the pattern's is missing. A bar without range has no pattern (0). Throws `ConfigError`
 * on a pattern that there is not.
 */
export function candlestick(pattern: CandlestickPattern): Indicator {
  requireOneOf('candlestick', 'pattern', pattern, Object.keys(BARS));
  const bars = BARS[pattern];
  return indicator({
    key: `candlestick(${pattern})`,
    unit: 'none',
    bars,
    create: ({ instruments }) => new Kernel(pattern, bars, instruments),
  });
}

class Kernel implements FeatureKernel {
  readonly state: FeatureKernel['state'];
  readonly #pattern: CandlestickPattern;
  readonly #bars: number;
  /** The last bars, the newest first: 4 numbers each, 12 an instrument. */
  readonly #cells: Float64Array;

  constructor(pattern: CandlestickPattern, bars: number, instruments: number) {
    this.#pattern = pattern;
    this.#bars = bars;
    this.#cells = new Float64Array(instruments * 12).fill(Number.NaN);
    this.state = [this.#cells];
  }

  step({ open, high, low, close }: Bars, offset: number, out: Float64Array, base: number): void {
    const cells = this.#cells;
    for (let i = 0; i * 12 < cells.length; i++) {
      const at = i * 12;
      // A loop: `copyWithin` costs more than the rest of a bar.
      for (let k = at + 11; k >= at + 4; k--) cells[k] = cells[k - 4]!;
      cells[at] = open[offset + i]!;
      cells[at + 1] = high[offset + i]!;
      cells[at + 2] = low[offset + i]!;
      cells[at + 3] = close[offset + i]!;
      let isWhole = true;
      for (let k = 0; k < this.#bars; k++) if (Number.isNaN(cells[at + 4 * k]!)) isWhole = false;
      out[base + i] = isWhole ? this.#judge(at) : Number.NaN;
    }
  }

  /** A price of the bar that is `age` bars old. */
  #price(at: number, age: number, cell: Cell): number {
    return this.#cells[at + 4 * age + cell]!;
  }

  /** Close less open. */
  #body(at: number, age: number): number {
    return this.#price(at, age, 3) - this.#price(at, age, 0);
  }

  #range(at: number, age: number): number {
    return this.#price(at, age, 1) - this.#price(at, age, 2);
  }

  #top(at: number, age: number): number {
    return Math.max(this.#price(at, age, 0), this.#price(at, age, 3));
  }

  #bottom(at: number, age: number): number {
    return Math.min(this.#price(at, age, 0), this.#price(at, age, 3));
  }

  #judge(at: number): number {
    const range = this.#range(at, 0);
    if (range === 0) return 0;
    const body = this.#body(at, 0);
    const size = Math.abs(body);
    const above = this.#price(at, 0, 1) - this.#top(at, 0);
    const below = this.#bottom(at, 0) - this.#price(at, 0, 2);
    switch (this.#pattern) {
      case 'doji':
        return size <= range / 10 ? 1 : 0;
      case 'hammer':
        return size > 0 && below >= 2 * size && above <= range / 10 ? 1 : 0;
      case 'shooting-star':
        return size > 0 && above >= 2 * size && below <= range / 10 ? -1 : 0;
      case 'marubozu':
        return size >= 0.95 * range ? Math.sign(body) : 0;
      case 'inside-bar':
        return this.#price(at, 0, 1) <= this.#price(at, 1, 1) && this.#price(at, 0, 2) >= this.#price(at, 1, 2) ? 1 : 0;
      case 'engulfing':
        return this.#isTurn(at) && this.#contains(at, 0, 1) ? Math.sign(body) : 0;
      case 'harami':
        return this.#isTurn(at) && this.#isLong(at, 1) && this.#contains(at, 1, 0) ? Math.sign(body) : 0;
      case 'star':
        return this.#star(at);
    }
  }

  /** The newest bar and the one before have different colours. */
  #isTurn(at: number): boolean {
    return this.#body(at, 0) * this.#body(at, 1) < 0;
  }

  #isLong(at: number, age: number): boolean {
    return Math.abs(this.#body(at, age)) >= this.#range(at, age) / 2;
  }

  #contains(at: number, outer: number, inner: number): boolean {
    return this.#top(at, outer) >= this.#top(at, inner) && this.#bottom(at, outer) <= this.#bottom(at, inner);
  }

  #star(at: number): number {
    const first = this.#body(at, 2);
    const isDown = first < 0;
    const isSmall = Math.abs(this.#body(at, 1)) <= Math.abs(first) / 3;
    if (first === 0 || !this.#isLong(at, 2) || !isSmall || this.#body(at, 0) * first >= 0) return 0;
    const middle = (this.#price(at, 2, 0) + this.#price(at, 2, 3)) / 2;
    const close = this.#price(at, 0, 3);
    if (isDown) return this.#top(at, 1) <= this.#bottom(at, 2) && close > middle ? 1 : 0;
    return this.#bottom(at, 1) >= this.#top(at, 2) && close < middle ? -1 : 0;
  }
}
