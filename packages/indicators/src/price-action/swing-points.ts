import type { Bars, KernelState } from '@tradekit/core';
import { Window } from '../base/window.js';

/** Bars around a swing. */
export interface SwingOptions {
  /** Bars before the swing that must not reach it, default 3. */
  readonly left?: number;
  /** Bars after it that must not go beyond it, default 3: the swing is known only after them. */
  readonly right?: number;
}

/**
 * Finds swings: a high above those of the `left` bars before it and not below those of the `right` bars after it, and lows the
 * other way round. Of equal highs side by side the first is the swing. Bars are those that there were.
 */
export class SwingPoints {
  readonly state: readonly KernelState[];
  readonly #highs: Window;
  readonly #lows: Window;
  readonly #right: number;

  constructor(left: number, right: number, instruments: number) {
    this.#right = right;
    this.#highs = new Window(left + right + 1, instruments);
    this.#lows = new Window(left + right + 1, instruments);
    this.state = [...this.#highs.state, ...this.#lows.state];
  }

  /** Takes a bar of instrument `i`. */
  push(i: number, { high, low }: Bars, cell: number): void {
    this.#highs.push(i, high[cell]!);
    this.#lows.push(i, -low[cell]!);
  }

  /** The high that the newest bar has confirmed, else NaN. */
  high(i: number): number {
    return this.#confirmed(this.#highs, i);
  }

  /** The low that the newest bar has confirmed, else NaN. */
  low(i: number): number {
    return -this.#confirmed(this.#lows, i);
  }

  #confirmed({ period, values, next, full }: Window, i: number): number {
    if (full[i] === 0) return Number.NaN;
    const first = i * period;
    const newest = next[i]! + period - 1;
    const value = values[first + ((newest - this.#right) % period)]!;
    for (let age = 0; age < period; age++) {
      const other = values[first + ((newest - age) % period)]!;
      if (age < this.#right ? other > value : age > this.#right && other >= value) return Number.NaN;
    }
    return value;
  }
}
