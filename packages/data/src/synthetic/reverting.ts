import type { RandomStream } from './random.js';

/** How a mean-reverting series moves. */
export interface ReversionSpec {
  /** Correlation of one value with the next, 0 … 1. */
  readonly persistence: number;
  /** Standard deviation of the values in the long run. */
  readonly deviation: number;
  /** Weight of the squared shock: 0 for normal values, above it for rare large rises. */
  readonly skew: number;
}

/** A first-order autoregression around zero, started at a draw with its long-run mean and deviation. */
export class Reverting {
  readonly #spec: ReversionSpec;
  readonly #shock: number;
  value: number;

  constructor(spec: ReversionSpec, random: RandomStream) {
    this.#spec = spec;
    this.#shock = spec.deviation * Math.sqrt(1 - spec.persistence * spec.persistence);
    this.value = spec.deviation * random.normal();
  }

  /** Moves on by one standard normal `shock` and answers the new value. */
  step(shock: number): number {
    const { persistence, skew } = this.#spec;
    const skewed = skew === 0 ? shock : (shock + skew * (shock * shock - 1)) / Math.sqrt(1 + 2 * skew * skew);
    this.value = persistence * this.value + this.#shock * skewed;
    return this.value;
  }
}

/**
 * What to take off sums of `factor` times such series as log volatilities, so that the mean variance is 1: half the logarithm
 * of E exp(2 x), from the second and third cumulants of x. The skewed shock z + c (z² − 1) has the third cumulant 6 c + 8 c³.
 */
export function varianceShift(factor: number, ...specs: readonly ReversionSpec[]): number {
  let shift = 0;
  for (const { persistence, deviation, skew } of specs) {
    const ratio = Math.sqrt((1 - persistence * persistence) / (1 + 2 * skew * skew));
    const third =
      ((6 * skew + 8 * skew * skew * skew) * ratio * ratio * ratio) / (1 - persistence * persistence * persistence);
    const scaled = factor * deviation;
    shift += scaled * scaled + (2 / 3) * third * scaled * scaled * scaled;
  }
  return shift;
}
