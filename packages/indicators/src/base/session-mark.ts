import type { BarMoment, KernelState } from '@tradekit/core';

/** Remembers in which session the last row was. */
export class SessionMark {
  readonly state: readonly KernelState[];
  readonly #session = new Float64Array(1).fill(Number.NaN);

  constructor() {
    this.state = [this.#session];
  }

  /** This row is the first of its session. */
  isNew({ session }: BarMoment): boolean {
    if (this.#session[0] === session) return false;
    this.#session[0] = session;
    return true;
  }
}
