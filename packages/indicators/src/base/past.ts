import type { KernelState } from '@tradekit/core';

/** The values of the last `rows` rows of all instruments, holes included: what was exactly so many rows ago. */
export class Past {
  readonly values: Float64Array;
  readonly state: readonly KernelState[];
  readonly #instruments: number;
  readonly #next = new Int32Array(1);

  constructor(rows: number, instruments: number) {
    this.values = new Float64Array(rows * instruments).fill(Number.NaN);
    this.#instruments = instruments;
    this.state = [this.values, this.#next];
  }

  /** Where the row stands that is `rows` old. It is to be read and then overwritten with the present one. */
  turn(): number {
    const base = this.#next[0]!;
    const next = base + this.#instruments;
    this.#next[0] = next === this.values.length ? 0 : next;
    return base;
  }
}
