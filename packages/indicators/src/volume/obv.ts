import type { Bars, FeatureKernel } from '@tradekit/core';
import { endless, type Indicator, indicator } from '../base/indicator.js';
import { changeOfSum } from './change-of-sum.js';

/**
 * On-balance volume (Granville, 1963): volume added when the close rose, taken away when it fell; begins at the volume of the
 * first bar, bit for bit TA-Lib's OBV. In shares. Never forgets where it began (`convergenceBars` is `Infinity`): as a feature use
 * {@link obvChange}. A missing bar gives NaN; nothing is added across a hole.
 */
export function obv(): Indicator {
  return indicator({
    key: 'obv',
    unit: 'shares',
    memory: endless,
    create: ({ instruments }) => new Kernel(instruments),
  });
}

/** For each instrument the sum, the last close, and 1 once it has begun. */
class Kernel implements FeatureKernel {
  readonly state: readonly [Float64Array];
  readonly #instruments: number;

  constructor(instruments: number) {
    this.#instruments = instruments;
    this.state = [new Float64Array(3 * instruments).fill(Number.NaN, instruments, 2 * instruments)];
  }

  step(bars: Bars, offset: number, out: Float64Array, base: number): void {
    this.run(bars, offset, out, base, 1);
  }

  run(bars: Bars, offset: number, out: Float64Array, base: number, rows: number): void {
    const { close, volume } = bars;
    const cells = this.state[0];
    const count = this.#instruments;
    const end = rows * count;
    for (let i = 0; i < count; i++) {
      let total = cells[i]!;
      let last = cells[i + count]!;
      let hasBegun = cells[i + 2 * count]!;
      for (let k = i; k < end; k += count) {
        const price = close[offset + k]!;
        const move = price - last;
        last = price;
        // A quotient for the sign of the move: nobody can predict a branch on it.
        const size = Math.abs(move);
        if (size > 0) total += (move / size) * volume[offset + k]!;
        else if (hasBegun === 0 && !Number.isNaN(price)) {
          total = volume[offset + k]!;
          hasBegun = 1;
        }
        out[base + k] = Number.isNaN(price) ? Number.NaN : total;
      }
      cells[i] = total;
      cells[i + count] = last;
      cells[i + 2 * count] = hasBegun;
    }
  }
}

/**
 * Change of the {@link obv} over `bars` rows, in shares; NaN where either bar is missing. Throws `ConfigError` on a length that is no
 * whole number of at least 1.
 */
export function obvChange(bars: number): Indicator {
  return changeOfSum('obvChange', obv(), bars);
}
