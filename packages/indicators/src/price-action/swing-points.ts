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
 * Finds swings of one side: highs above those of the `left` bars before them and not below those of the `right` bars after them, or lows the
 * other way round. Of equal highs side by side the first is the swing. Bars are those that there were.
 */
export class SwingPoints {
  readonly state: readonly KernelState[];
  readonly #isHigh: boolean;
  readonly #right: number;
  /** Highs, or lows below 0: the swing is always the highest. */
  readonly #window: Window;

  constructor(side: 'High' | 'Low', left: number, right: number, instruments: number) {
    this.#isHigh = side === 'High';
    this.#right = right;
    this.#window = new Window(left + right + 1, instruments);
    this.state = this.#window.state;
  }

  /** Takes a bar of instrument `i` and returns the swing that it confirms, else NaN. */
  push(i: number, { high, low }: Bars, cell: number): number {
    this.#window.push(i, this.#isHigh ? high[cell]! : -low[cell]!);
    const swing = this.#confirmed(i);
    return this.#isHigh ? swing : -swing;
  }

  #confirmed(i: number): number {
    const { period, values, next, full } = this.#window;
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
