import type { Bars, FeatureKernel } from '@tradekit/core';
import { type Indicator, indicator } from '../base/indicator.js';

/**
 * True range (Wilder, New Concepts, 1978): the largest of high − low, |high − last close| and |low − last close| (TA-Lib's TRANGE). In
 * dollars. The first bar has no last close and gives NaN, and so do a missing bar and the one after it.
 */
export function trueRange(): Indicator {
  return indicator({
    key: 'trueRange',
    unit: 'price',
    bars: 2,
    create: ({ instruments }) => new Kernel(instruments),
  });
}

/** The last close of each instrument. */
class Kernel implements FeatureKernel {
  readonly state: readonly [Float64Array];

  constructor(instruments: number) {
    this.state = [new Float64Array(instruments).fill(Number.NaN)];
  }

  step(bars: Bars, offset: number, out: Float64Array, base: number): void {
    this.run(bars, offset, out, base, 1);
  }

  run(bars: Bars, offset: number, out: Float64Array, base: number, rows: number): void {
    const { high, low, close } = bars;
    const last = this.state[0];
    const count = last.length;
    const end = rows * count;
    for (let i = 0; i < count; i++) {
      let before = last[i]!;
      for (let k = i; k < end; k += count) {
        const top = high[offset + k]!;
        const bottom = low[offset + k]!;
        // Math.max is NaN when one of them is.
        out[base + k] = Math.max(top - bottom, Math.abs(before - top), Math.abs(before - bottom));
        before = close[offset + k]!;
      }
      last[i] = before;
    }
  }
}
