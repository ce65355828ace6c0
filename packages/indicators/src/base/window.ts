import type { KernelState } from '@tradekit/core';

/**
 * The last `period` values of every instrument, each with a place of its own to write to: a hole in one moves no other. Its
 * arrays are public for loops over them; only `push` writes.
 */
export class Window {
  readonly period: number;
  /** Cell `i * period + k` of instrument `i`; zeros until it is full. */
  readonly values: Float64Array;
  /** Place of the next value, which is that of the oldest: 0 … period − 1. 0 right after the last place was written. */
  readonly next: Int32Array;
  /** 1 once there have been `period` values. */
  readonly full: Uint8Array;
  readonly state: readonly KernelState[];

  constructor(period: number, instruments: number) {
    this.period = period;
    this.values = new Float64Array(period * instruments);
    this.next = new Int32Array(instruments);
    this.full = new Uint8Array(instruments);
    this.state = [this.values, this.next, this.full];
  }

  /** Takes a value in and returns the one that falls out; 0 while there is none. */
  push(i: number, value: number): number {
    const place = this.next[i]!;
    const cell = i * this.period + place;
    const old = this.values[cell]!;
    this.values[cell] = value;
    if (place + 1 === this.period) {
      this.next[i] = 0;
      this.full[i] = 1;
    } else this.next[i] = place + 1;
    return old;
  }
}
