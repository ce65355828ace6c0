import type { FeatureKernel } from '@tradekit/core';
import { type Indicator, indicator } from '../base/indicator.js';
import { requirePeriod } from '../base/require.js';

/**
 * Standard deviation (n − 1) of the last `period` logarithmic returns from bar to bar, the night included. A return is taken
 * only between two bars that follow each other on the grid: over a hole there is none, and the window is the last `period`
 * returns that there were. A missing bar gives NaN. Sums are made anew once per period, so that rounding never builds up.
 * Throws `ConfigError` on a period that is no whole number of at least 2.
 */
export function returnDeviation(period: number): Indicator {
  requirePeriod('returnDeviation', period, 2);
  return indicator({
    key: `returnDeviation(${period})`,
    unit: 'none',
    bars: period + 1,
    create: ({ instruments }) => new Kernel(period, instruments),
  });
}

class Kernel implements FeatureKernel {
  readonly #period: number;
  readonly #instruments: number;
  readonly #window: Float64Array;
  readonly #sum: Float64Array;
  readonly #squares: Float64Array;
  readonly #seen: Int32Array;
  readonly #next: Int32Array;
  /** Logarithm of the close of the row before; NaN after a hole. */
  readonly #last: Float64Array;
  readonly state: FeatureKernel['state'];

  constructor(period: number, instruments: number) {
    this.#period = period;
    this.#instruments = instruments;
    this.#window = new Float64Array(period * instruments);
    this.#sum = new Float64Array(instruments);
    this.#squares = new Float64Array(instruments);
    this.#seen = new Int32Array(instruments);
    this.#next = new Int32Array(instruments);
    this.#last = new Float64Array(instruments).fill(Number.NaN);
    this.state = [this.#window, this.#sum, this.#squares, this.#seen, this.#next, this.#last];
  }

  step({ close }: { readonly close: Float64Array }, offset: number, out: Float64Array, base: number): void {
    for (let i = 0; i < this.#instruments; i++) {
      const log = Math.log(close[offset + i]!);
      const change = log - this.#last[i]!;
      this.#last[i] = log;
      if (!Number.isNaN(change)) this.#take(i, change);
      out[base + i] = Number.isNaN(log) || this.#seen[i]! < this.#period ? Number.NaN : this.#deviation(i);
    }
  }

  #take(i: number, change: number): void {
    const place = this.#next[i]!;
    const cell = i * this.#period + place;
    const old = this.#window[cell]!;
    this.#window[cell] = change;
    this.#sum[i] = this.#sum[i]! + change - old;
    this.#squares[i] = this.#squares[i]! + change * change - old * old;
    this.#next[i] = place + 1;
    if (place + 1 === this.#period) this.#makeAnew(i);
    if (this.#seen[i]! < this.#period) this.#seen[i] = this.#seen[i]! + 1;
  }

  #makeAnew(i: number): void {
    this.#next[i] = 0;
    let sum = 0;
    let squares = 0;
    for (let k = i * this.#period; k < (i + 1) * this.#period; k++) {
      sum += this.#window[k]!;
      squares += this.#window[k]! * this.#window[k]!;
    }
    this.#sum[i] = sum;
    this.#squares[i] = squares;
  }

  #deviation(i: number): number {
    const mean = this.#sum[i]! / this.#period;
    return Math.sqrt(Math.max(0, this.#squares[i]! - mean * this.#sum[i]!) / (this.#period - 1));
  }
}
