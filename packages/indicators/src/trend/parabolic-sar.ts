import type { Bars, FeatureKernel } from '@tradekit/core';
import { endless, type Indicator, indicator } from '../base/indicator.js';
import { requireRange } from '../base/require.js';
import { directionOf, levelOf, type Signed } from '../base/signed.js';

/** Options of {@link parabolicSar} and {@link parabolicSarDirection}. */
export interface ParabolicSarOptions {
  /** Acceleration at the start and for every new extreme, default 0.02. */
  readonly acceleration?: number;
  /** Largest acceleration, default 0.2. */
  readonly maximum?: number;
}

/**
 * Parabolic stop and reverse (Wilder, New Concepts, 1978), as in TA-Lib (SAR): begins long unless the second bar moved down more
 * than up; the stop is never within the range of the last two bars. In dollars. A missing bar gives NaN and is left out. Where
 * two starts agree depends on turns of the price: no bound. Throws `ConfigError` unless 0 < acceleration ≤ maximum ≤ 1.
 */
export function parabolicSar(options: ParabolicSarOptions = {}): Indicator {
  const { parameters, line } = signed(options);
  return levelOf(`parabolicSar(${parameters})`, line);
}

/** Direction of {@link parabolicSar}: 1 long (the stop is below the price), −1 short. */
export function parabolicSarDirection(options: ParabolicSarOptions = {}): Indicator {
  const { parameters, line } = signed(options);
  return directionOf(`parabolicSarDirection(${parameters})`, line);
}

/** The stop, below zero while short, and its parameters as text. */
function signed({ acceleration = 0.02, maximum = 0.2 }: ParabolicSarOptions): Signed {
  requireRange('parabolicSar', 'maximum', maximum, Number.MIN_VALUE, 1);
  requireRange('parabolicSar', 'acceleration', acceleration, Number.MIN_VALUE, maximum);
  const parameters = `${acceleration},${maximum}`;
  const line = indicator({
    key: `signedSar(${parameters})`,
    unit: 'price',
    bars: 2,
    memory: endless,
    create: ({ instruments }) => new Kernel(acceleration, maximum, instruments),
  });
  return { parameters, line };
}

/** A short position is a long one of prices turned over, −high for low: every price is kept with the sign of the position. */
class Kernel implements FeatureKernel {
  readonly state: FeatureKernel['state'];
  readonly #acceleration: number;
  readonly #maximum: number;
  /** Of the bar before, as they were. */
  readonly #high: Float64Array;
  readonly #low: Float64Array;
  /** 0 before the second bar, then 1 or −1. */
  readonly #sign: Float64Array;
  /** Stop of the next bar, furthest price since the turn, and acceleration. */
  readonly #stop: Float64Array;
  readonly #extreme: Float64Array;
  readonly #factor: Float64Array;

  constructor(acceleration: number, maximum: number, instruments: number) {
    this.#acceleration = acceleration;
    this.#maximum = maximum;
    const column = (): Float64Array => new Float64Array(instruments);
    this.#high = column().fill(Number.NaN);
    this.#low = column().fill(Number.NaN);
    this.#sign = column();
    this.#stop = column();
    this.#extreme = column();
    this.#factor = column();
    this.state = [this.#high, this.#low, this.#sign, this.#stop, this.#extreme, this.#factor];
  }

  step({ high, low }: Bars, offset: number, out: Float64Array, base: number): void {
    for (let i = 0; i < this.#sign.length; i++) {
      const top = high[offset + i]!;
      const bottom = low[offset + i]!;
      out[base + i] = Number.isNaN(top) ? Number.NaN : this.#next(i, top, bottom);
      if (Number.isNaN(top)) continue;
      this.#high[i] = top;
      this.#low[i] = bottom;
    }
  }

  #next(i: number, top: number, bottom: number): number {
    if (Number.isNaN(this.#high[i]!)) return Number.NaN;
    if (this.#sign[i] === 0) this.#begin(i, top, bottom);
    const sign = this.#sign[i]!;
    // Worst price of a bar for the position, with its sign.
    const worst = sign > 0 ? bottom : -top;
    const stop = this.#stop[i]!;
    if (worst <= sign * stop) return this.#turn(i, sign, top, bottom);
    const best = sign > 0 ? top : -bottom;
    if (best > sign * this.#extreme[i]!) {
      this.#extreme[i] = sign * best;
      this.#factor[i] = Math.min(this.#maximum, this.#factor[i]! + this.#acceleration);
    }
    const lastWorst = sign > 0 ? this.#low[i]! : -this.#high[i]!;
    const moved = stop + this.#factor[i]! * (this.#extreme[i]! - stop);
    this.#stop[i] = sign * Math.min(sign * moved, lastWorst, worst);
    return sign * stop;
  }

  /** The second bar: the stop begins at the first bar's end, and only the second counts as the one before. */
  #begin(i: number, top: number, bottom: number): void {
    const fell = this.#low[i]! - bottom;
    const isShort = fell > 0 && fell > top - this.#high[i]!;
    this.#sign[i] = isShort ? -1 : 1;
    this.#stop[i] = isShort ? this.#high[i]! : this.#low[i]!;
    this.#extreme[i] = isShort ? bottom : top;
    this.#factor[i] = this.#acceleration;
    this.#high[i] = top;
    this.#low[i] = bottom;
  }

  #turn(i: number, sign: number, top: number, bottom: number): number {
    const lastBest = sign > 0 ? this.#high[i]! : -this.#low[i]!;
    const best = sign > 0 ? top : -bottom;
    const stop = Math.max(sign * this.#extreme[i]!, lastBest, best);
    const extreme = sign > 0 ? bottom : -top;
    const moved = stop + this.#acceleration * (extreme - stop);
    this.#sign[i] = -sign;
    this.#extreme[i] = sign * extreme;
    this.#factor[i] = this.#acceleration;
    this.#stop[i] = sign * Math.max(moved, lastBest, best);
    return -stop;
  }
}
