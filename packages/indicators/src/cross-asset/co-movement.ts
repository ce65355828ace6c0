import type { FeatureKernel, FeatureSpec } from '@tradekit/core';
import { type Indicator, indicator } from '../base/indicator.js';
import { featureOf, type Input, keyOf } from '../base/input.js';
import { requirePeriod } from '../base/require.js';
import { Window } from '../base/window.js';
import { logReturn } from '../returns/log-return.js';
import { groupMean } from './group-moments.js';
import type { Group } from './groups.js';

type Measure = 'correlation' | 'beta';

/** Over the last pairs that there were of `y` and `x`. */
function coMovement(measure: Measure, period: number, y: FeatureSpec, x: FeatureSpec): Indicator {
  requirePeriod(measure, period, 3);
  return indicator({
    key: `${measure}(${period},${keyOf(y)},${keyOf(x)})`,
    unit: 'none',
    bars: period,
    inputs: [y, x],
    create: ({ instruments, inputs }) => {
      const { values: ys, base: atY } = inputs[0]!;
      const { values: xs, base: atX } = inputs[1]!;
      const pairs = new Pairs(period, instruments);
      const isBeta = measure === 'beta';
      const kernel: FeatureKernel = {
        state: pairs.state,
        step(_bars, _offset, out, base) {
          for (let i = 0; i < instruments; i++) {
            const value = ys[atY + i]!;
            const other = xs[atX + i]!;
            out[base + i] = Number.NaN;
            if (Number.isNaN(value + other)) continue;
            pairs.push(i, value, other);
            out[base + i] = isBeta ? pairs.beta(i) : pairs.correlation(i);
          }
        },
      };
      return kernel;
    },
  });
}

/** The last pairs of every instrument and sums of them, made anew once per period, so that rounding never builds up. */
class Pairs {
  readonly state: FeatureKernel['state'];
  readonly #ys: Window;
  readonly #xs: Window;
  /** Sums of y, x, yy, xx, xy: five an instrument. */
  readonly #sums: Float64Array;

  constructor(period: number, instruments: number) {
    this.#ys = new Window(period, instruments);
    this.#xs = new Window(period, instruments);
    this.#sums = new Float64Array(instruments * 5);
    this.state = [...this.#ys.state, ...this.#xs.state, this.#sums];
  }

  push(i: number, y: number, x: number): void {
    const oldY = this.#ys.push(i, y);
    const oldX = this.#xs.push(i, x);
    if (this.#ys.next[i] === 0) {
      this.#sums.fill(0, i * 5, i * 5 + 5);
      const { period, values } = this.#ys;
      for (let k = i * period; k < (i + 1) * period; k++) this.#add(i, values[k]!, this.#xs.values[k]!, 1);
    } else {
      this.#add(i, y, x, 1);
      this.#add(i, oldY, oldX, -1);
    }
  }

  #add(i: number, y: number, x: number, sign: number): void {
    const at = i * 5;
    const sums = this.#sums;
    sums[at] = sums[at]! + sign * y;
    sums[at + 1] = sums[at + 1]! + sign * x;
    sums[at + 2] = sums[at + 2]! + sign * y * y;
    sums[at + 3] = sums[at + 3]! + sign * x * x;
    sums[at + 4] = sums[at + 4]! + sign * x * y;
  }

  /** Sum of products around the means, of the sums at three places; what rounding leaves of a difference is 0. */
  #scatter(i: number, product: number, a: number, b: number): number {
    const at = i * 5;
    const whole = this.#sums[at + product]!;
    const scatter = whole - (this.#sums[at + a]! * this.#sums[at + b]!) / this.#ys.period;
    return Math.abs(scatter) > Math.abs(whole) * 1e-13 ? scatter : 0;
  }

  beta(i: number): number {
    const xx = this.#scatter(i, 3, 1, 1);
    return this.#ys.full[i] === 1 && xx > 0 ? this.#scatter(i, 4, 0, 1) / xx : Number.NaN;
  }

  correlation(i: number): number {
    const xx = this.#scatter(i, 3, 1, 1);
    const yy = this.#scatter(i, 2, 0, 0);
    if (this.#ys.full[i] === 0 || !(xx > 0 && yy > 0)) return Number.NaN;
    return Math.min(1, Math.max(-1, this.#scatter(i, 4, 0, 1) / Math.sqrt(xx * yy)));
  }
}

/**
 * Pearson's correlation of two inputs over the last `period` rows in which both have a value, −1 … 1; NaN where one of them does not vary. A missing value
 * gives NaN and is left out. Throws `ConfigError` on a period that is no whole number of at least 3.
 */
export function rollingCorrelation(period: number, a: Input, b: Input): Indicator {
  return coMovement('correlation', period, featureOf(a), featureOf(b));
}

/**
 * Beta of the first input to the second: covariance over the variance of the second, over the last `period` rows in which both have a value; NaN where the second
 * does not vary. A missing value gives NaN and is left out. Throws `ConfigError` on a period that is no whole number of at least 3.
 */
export function rollingBeta(period: number, of: Input, to: Input): Indicator {
  return coMovement('beta', period, featureOf(of), featureOf(to));
}

/**
 * Correlation of an instrument's log returns from bar to bar with the equal-weight mean of all instruments (default) or of its sector, itself included,
 * over the last `period` bars. Rules of {@link rollingCorrelation} and {@link groupMean}: NaN for an instrument without a sector, and in rows in which
 * fewer than 80 % of the group have a return.
 */
export function groupCorrelation(period: number, group: Group = 'market'): Indicator {
  return rollingCorrelation(period, logReturn(), groupMean(logReturn(), group));
}

/** Beta of an instrument's log returns to those of the market (default) or its sector; see {@link groupCorrelation}. */
export function groupBeta(period: number, group: Group = 'market'): Indicator {
  return rollingBeta(period, logReturn(), groupMean(logReturn(), group));
}
