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
    this.state = [new Float64Array(CELLS * instruments).map((_, k) => (k % CELLS < 3 ? Number.NaN : 0))];
  }

  step(bars: Bars, offset: number, out: Float64Array, base: number): void {
    const { high, low, close } = bars;
    const cells = this.state[0];
    const period = this.#period;
    const count = this.#instruments;
    for (let i = 0, at = 0; i < count; i++, at += CELLS) {
      const top = high[offset + i]!;
      const bottom = low[offset + i]!;
      const before = cells[at + 2]!;
      const rise = top - cells[at]!;
      const fall = cells[at + 1]! - bottom;
      cells[at] = top;
      cells[at + 1] = bottom;
      cells[at + 2] = close[offset + i]!;
      // Math.max is NaN when one of them is.
      const range = Math.max(top - bottom, Math.abs(before - top), Math.abs(before - bottom));
      out[base + i] = Number.NaN;
      if (Number.isNaN(range)) continue;
      const seen = cells[at + 7]! + 1;
      let up = cells[at + 3]!;
      let down = cells[at + 4]!;
      let ranges = cells[at + 5]!;
      if (seen >= period) {
        up -= up / period;
        down -= down / period;
        ranges -= ranges / period;
      }
      if (rise > fall && rise > 0) up += rise;
      else if (fall > rise && fall > 0) down += fall;
      ranges += range;
      cells[at + 3] = up;
      cells[at + 4] = down;
      cells[at + 5] = ranges;
      if (seen < 2 * period) cells[at + 7] = seen;
      if (seen < period) continue;
      const plus = ranges === 0 ? 0 : (100 * up) / ranges;
      const minus = ranges === 0 ? 0 : (100 * down) / ranges;
      const sum = plus + minus;
      const last = cells[at + 6]!;
      if (seen >= 2 * period) {
        const next = sum === 0 ? last : (last * (period - 1) + (100 * Math.abs(plus - minus)) / sum) / period;
        cells[at + 6] = next;
        out[base + i] = next;
        continue;
      }
      const seeded = last + (sum === 0 ? 0 : (100 * Math.abs(plus - minus)) / sum);
      const isSeeded = seen === 2 * period - 1;
      cells[at + 6] = isSeeded ? seeded / period : seeded;
      if (isSeeded) out[base + i] = cells[at + 6]!;
    }
  }
}
