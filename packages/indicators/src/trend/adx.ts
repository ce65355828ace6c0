import type { Bars, FeatureKernel } from '@tradekit/core';
import { fading, type Indicator, indicator } from '../base/indicator.js';
import { requirePeriod } from '../base/require.js';

/**
 * Average directional index (Wilder, New Concepts, 1978), 0 … 100, as in TA-Lib (ADX): Wilder's average over `period` bars of
 * 100 × |+DI − −DI| / (+DI + −DI), seeded with a simple one. Where both are 0 the average stays; while it is seeded they count as
 * 0. A missing bar gives NaN, and so does the first one after it; the averages stay. Throws `ConfigError` on a period that is no
 * whole number of at least 2.
 */
export function adx(period = 14): Indicator {
  requirePeriod('adx', period, 2);
  return indicator({
    key: `adx(${period})`,
    unit: 'none',
    bars: 2 * period,
    memory: (tolerance) => 2 * (period + fading(1 - 1 / period)(tolerance)),
    create: ({ instruments }) => new Kernel(period, instruments),
  });
}

/** Cells of an instrument: a cache line. */
const CELLS = 8;

/**
 * For each instrument the last high, low and close; Wilder's sums of movement up, of movement down and of the true range; the average, a sum until
 * the seed; and the moves so far, 2 × period − 1 at most. One kernel for all: made of those of `plusDi` and `minusDi` it takes four times as long.
 */
class Kernel implements FeatureKernel {
  readonly state: readonly [Float64Array];
  readonly #period: number;
  readonly #instruments: number;

  constructor(period: number, instruments: number) {
    this.#period = period;
    this.#instruments = instruments;
    this.state = [new Float64Array(CELLS * instruments).fill(Number.NaN, 0, 3 * instruments)];
  }

  step(bars: Bars, offset: number, out: Float64Array, base: number): void {
    this.run(bars, offset, out, base, 1);
  }

  run(bars: Bars, offset: number, out: Float64Array, base: number, rows: number): void {
    const { high, low, close } = bars;
    const cells = this.state[0];
    const period = this.#period;
    const count = this.#instruments;
    const end = rows * count;
    for (let i = 0; i < count; i++) {
      let lastTop = cells[i]!;
      let lastBottom = cells[i + count]!;
      let before = cells[i + 2 * count]!;
      let up = cells[i + 3 * count]!;
      let down = cells[i + 4 * count]!;
      let ranges = cells[i + 5 * count]!;
      let average = cells[i + 6 * count]!;
      let seen = cells[i + 7 * count]!;
      for (let k = i; k < end; k += count) {
        const top = high[offset + k]!;
        const bottom = low[offset + k]!;
        const rise = top - lastTop;
        const fall = lastBottom - bottom;
        // Math.max is NaN when one of them is.
        const range = Math.max(top - bottom, Math.abs(before - top), Math.abs(before - bottom));
        lastTop = top;
        lastBottom = bottom;
        before = close[offset + k]!;
        let result = Number.NaN;
        if (!Number.isNaN(range)) {
          if (seen + 1 >= period) {
            up -= up / period;
            down -= down / period;
            ranges -= ranges / period;
          }
          if (rise > fall && rise > 0) up += rise;
          else if (fall > rise && fall > 0) down += fall;
          ranges += range;
          const isSeeded = seen === 2 * period - 1;
          if (!isSeeded) seen++;
          if (seen >= period) {
            const plus = ranges === 0 ? 0 : (100 * up) / ranges;
            const minus = ranges === 0 ? 0 : (100 * down) / ranges;
            const sum = plus + minus;
            const index = sum === 0 ? 0 : (100 * Math.abs(plus - minus)) / sum;
            if (isSeeded) average = sum === 0 ? average : (average * (period - 1) + index) / period;
            else average = seen === 2 * period - 1 ? (average + index) / period : average + index;
            if (seen === 2 * period - 1) result = average;
          }
        }
        out[base + k] = result;
      }
      cells[i] = lastTop;
      cells[i + count] = lastBottom;
      cells[i + 2 * count] = before;
      cells[i + 3 * count] = up;
      cells[i + 4 * count] = down;
      cells[i + 5 * count] = ranges;
      cells[i + 6 * count] = average;
      cells[i + 7 * count] = seen;
    }
  }
}
