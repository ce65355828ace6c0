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
  /** The level around each swing, the swings in it, 0 where there is no swing yet, and the bar at which the oldest of them was confirmed. */
  readonly #levels: Float64Array;
  readonly #touching: Float64Array;
  readonly #oldest: Float64Array;
  /** Bars that there were. */
  readonly #count: Float64Array;

  constructor(rules: Rules, instruments: number) {
    this.#rules = rules;
    this.#highs = new SwingPoints('High', rules.left, rules.right, instruments);
    this.#lows = new SwingPoints('Low', rules.left, rules.right, instruments);
    this.#prices = new Window(rules.swings, instruments);
    this.#confirmed = new Window(rules.swings, instruments);
    this.#levels = new Float64Array(rules.swings * instruments);
    this.#touching = new Float64Array(rules.swings * instruments);
    this.#oldest = new Float64Array(rules.swings * instruments);
    this.#count = new Float64Array(instruments);
    this.state = [
      ...this.#highs.state,
      ...this.#lows.state,
      ...this.#prices.state,
      ...this.#confirmed.state,
      this.#levels,
      this.#touching,
      this.#oldest,
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
    // Only a new swing makes other levels: most bars confirm none.
    const { swings } = this.#rules;
    for (let k = i * swings; k < (i + 1) * swings; k++) this.#remake(i, k);
  }

  /** Finds the level nearest to a price, at or above it (`sign` 1) or at or below it (−1), and says whether there is one. */
  find(i: number, price: number, sign: number): boolean {
    const { swings, touches } = this.#rules;
    let nearest = Number.POSITIVE_INFINITY;
    for (let k = i * swings; k < (i + 1) * swings; k++) {
      const level = this.#levels[k]!;
      const distance = sign * (level - price);
      if (this.#touching[k]! < touches || distance < 0 || distance >= nearest) continue;
      nearest = distance;
      this.price = level;
      this.touches = this.#touching[k]!;
      this.age = this.#count[i]! - this.#oldest[k]!;
    }
    return nearest < Number.POSITIVE_INFINITY;
  }

  /** The level around the swing in cell `k`: mean of the swings near it. */
  #remake(i: number, k: number): void {
    const { swings, toleranceFraction } = this.#rules;
    const prices = this.#prices.values;
    const seed = prices[k]!;
    if (seed === 0) return;
    let sum = 0;
    let touching = 0;
    let oldest = Number.POSITIVE_INFINITY;
    for (let other = i * swings; other < (i + 1) * swings; other++) {
      const price = prices[other]!;
      if (price === 0 || Math.abs(price - seed) > toleranceFraction * seed) continue;
      sum += price - seed;
      touching++;
      oldest = Math.min(oldest, this.#confirmed.values[other]!);
    }
    this.#levels[k] = seed + sum / touching;
    this.#touching[k] = touching;
    this.#oldest[k] = oldest;
  }
}
