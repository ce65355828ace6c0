import type { Bars, KernelState } from '@tradekit/core';
import { Window } from '../base/window.js';
import { SwingPoints } from './swing-points.js';

interface Rules {
  readonly left: number;
  readonly right: number;
  readonly swings: number;
  readonly toleranceFraction: number;
  readonly touches: number;
}

/** The last swings of every instrument, and the levels that they make. */
export class SwingLevels {
  readonly state: readonly KernelState[];
  /** Of the level found last. */
  price: number = Number.NaN;
  touches: number = 0;
  age: number = 0;
  readonly #rules: Rules;
  readonly #highs: SwingPoints;
  readonly #lows: SwingPoints;
  /** Prices of the swings, 0 where there is none yet, and the bar at which each was confirmed. */
  readonly #prices: Window;
  readonly #confirmed: Window;
  /** Bars that there were. */
  readonly #count: Float64Array;

  constructor(rules: Rules, instruments: number) {
    this.#rules = rules;
    this.#highs = new SwingPoints('High', rules.left, rules.right, instruments);
    this.#lows = new SwingPoints('Low', rules.left, rules.right, instruments);
    this.#prices = new Window(rules.swings, instruments);
    this.#confirmed = new Window(rules.swings, instruments);
    this.#count = new Float64Array(instruments);
    this.state = [
      ...this.#highs.state,
      ...this.#lows.state,
      ...this.#prices.state,
      ...this.#confirmed.state,
      this.#count,
    ];
  }

  /** Takes a bar of instrument `i`, and the swings that it confirms. */
  push(i: number, bars: Bars, cell: number): void {
    this.#count[i] = this.#count[i]! + 1;
    this.#remember(i, this.#highs.push(i, bars, cell));
    this.#remember(i, this.#lows.push(i, bars, cell));
  }

  #remember(i: number, price: number): void {
    if (Number.isNaN(price)) return;
    this.#prices.push(i, price);
    this.#confirmed.push(i, this.#count[i]!);
  }

  /** Finds the level nearest to a price, at or above it (`sign` 1) or at or below it (−1), and says whether there is one. */
  find(i: number, price: number, sign: number): boolean {
    const { swings, touches } = this.#rules;
    let nearest = Number.POSITIVE_INFINITY;
    for (let k = i * swings; k < (i + 1) * swings; k++) {
      const seed = this.#prices.values[k]!;
      if (seed === 0) continue;
      const level = this.#around(i, seed);
      const distance = sign * (level - price);
      if (this.#touching < touches || distance < 0 || distance >= nearest) continue;
      nearest = distance;
      this.price = level;
      this.touches = this.#touching;
      this.age = this.#count[i]! - this.#oldest;
    }
    return nearest < Number.POSITIVE_INFINITY;
  }

  #touching = 0;
  #oldest = 0;

  /** Mean of the swings near one of them. */
  #around(i: number, seed: number): number {
    const { swings, toleranceFraction } = this.#rules;
    let sum = 0;
    this.#touching = 0;
    this.#oldest = Number.POSITIVE_INFINITY;
    for (let k = i * swings; k < (i + 1) * swings; k++) {
      const price = this.#prices.values[k]!;
      if (price === 0 || Math.abs(price - seed) > toleranceFraction * seed) continue;
      sum += price - seed;
      this.#touching++;
      this.#oldest = Math.min(this.#oldest, this.#confirmed.values[k]!);
    }
    return seed + sum / this.#touching;
  }
}
