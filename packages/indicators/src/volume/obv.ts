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
    this.state = [new Float64Array(3 * instruments).map((_, k) => (k % 3 === 1 ? Number.NaN : 0))];
  }

  step({ close, volume }: Bars, offset: number, out: Float64Array, base: number): void {
    const cells = this.state[0];
    const count = this.#instruments;
    for (let i = 0, at = 0; i < count; i++, at += 3) {
      const price = close[offset + i]!;
      const move = price - cells[at + 1]!;
      cells[at + 1] = price;
      if (Number.isNaN(move)) {
        if (cells[at + 2] === 0 && !Number.isNaN(price)) {
          cells[at] = volume[offset + i]!;
          cells[at + 2] = 1;
        }
        out[base + i] = Number.isNaN(price) ? Number.NaN : cells[at]!;
        continue;
      }
      // A quotient for the sign of the move: nobody can predict a branch on it.
      const size = Math.abs(move);
      const total = size === 0 ? cells[at]! : cells[at]! + (move / size) * volume[offset + i]!;
      cells[at] = total;
      out[base + i] = total;
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
