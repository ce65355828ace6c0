import type { Bars, FeatureInput, FeatureKernel, FeatureSpec } from '@tradekit/core';
import { type Indicator, indicator } from '../base/indicator.js';
import { featureOf, type Input, keyOf } from '../base/input.js';
import { requirePeriod } from '../base/require.js';
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
    create: ({ instruments, inputs }) => new Pairs(measure === 'beta', period, instruments, inputs[0]!, inputs[1]!),
  });
}

/** Cells of an instrument before its pairs. */
const OWN = 9;

class Pairs implements FeatureKernel {
  /**
   * For each instrument sums of y, x, yy, xx and xy, made anew once per period, so that rounding never builds up; the last y, how many of the last are
   * equal, and the same of x: such a side does not vary, whatever rounding has left of it; and the last pairs. And the place of the next pair:
   * below 0 in the first turn, −period … −1.
   */
  readonly state: readonly [Float64Array, Int32Array];
  readonly #isBeta: boolean;
  readonly #period: number;
  readonly #instruments: number;
  readonly #ys: Float64Array;
  readonly #atY: number;
  readonly #xs: Float64Array;
  readonly #atX: number;

  constructor(isBeta: boolean, period: number, instruments: number, y: FeatureInput, x: FeatureInput) {
    this.#isBeta = isBeta;
    this.#period = period;
    this.#instruments = instruments;
    this.#ys = y.values;
    this.#atY = y.base;
    this.#xs = x.values;
    this.#atX = x.base;
    this.state = [new Float64Array((2 * period + OWN) * instruments), new Int32Array(instruments).fill(-period)];
  }

  step(bars: Bars, offset: number, out: Float64Array, base: number): void {
    this.run(bars, offset, out, base, 1);
  }

  run(_bars: Bars, _offset: number, out: Float64Array, base: number, rows: number): void {
    const ys = this.#ys;
    const atY = this.#atY;
    const xs = this.#xs;
    const atX = this.#atX;
    const cells = this.state[0];
    const places = this.state[1];
    const isBeta = this.#isBeta;
    const period = this.#period;
    const count = this.#instruments;
    const end = rows * count;
    const own = 2 * period + OWN;
    for (let i = 0; i < count; i++) {
      let sumY = cells[i]!;
      let sumX = cells[i + count]!;
      let sumYY = cells[i + 2 * count]!;
      let sumXX = cells[i + 3 * count]!;
      let sumXY = cells[i + 4 * count]!;
      let place = places[i]!;
      for (let k = i; k < end; k += count) {
        const y = ys[atY + k]!;
        const x = xs[atX + k]!;
        let result = Number.NaN;
        if (!Number.isNaN(y + x)) {
          const cell = i + (OWN + 2 * (place < 0 ? place + period : place)) * count;
          const oldY = cells[cell]!;
          const oldX = cells[cell + count]!;
          cells[cell] = y;
          cells[cell + count] = x;
          sumY = sumY + y - oldY;
          sumX = sumX + x - oldX;
          sumYY = sumYY + y * y - oldY * oldY;
          sumXX = sumXX + x * x - oldX * oldX;
          sumXY = sumXY + x * y - oldX * oldY;
          if (place === -1 || place + 1 === period) {
            sumY = 0;
            sumX = 0;
            sumYY = 0;
            sumXX = 0;
            sumXY = 0;
            for (let c = i + OWN * count; c < own * count; c += 2 * count) {
              const keptY = cells[c]!;
              const keptX = cells[c + count]!;
              sumY += keptY;
              sumX += keptX;
              sumYY += keptY * keptY;
              sumXX += keptX * keptX;
              sumXY += keptX * keptY;
            }
            place = 0;
          } else place++;
          const alikeX = x === cells[i + 7 * count]! ? cells[i + 8 * count]! + 1 : 1;
          cells[i + 7 * count] = x;
          cells[i + 8 * count] = alikeX;
          const xx = alikeX < period ? scatter(sumXX, sumX, sumX, period) : 0;
          const xy = scatter(sumXY, sumX, sumY, period);
          if (isBeta) {
            if (place >= 0 && xx > 0) result = xy / xx;
          } else {
            const alikeY = y === cells[i + 5 * count]! ? cells[i + 6 * count]! + 1 : 1;
            cells[i + 5 * count] = y;
            cells[i + 6 * count] = alikeY;
            const yy = alikeY < period ? scatter(sumYY, sumY, sumY, period) : 0;
            if (place >= 0 && xx > 0 && yy > 0) result = Math.min(1, Math.max(-1, xy / Math.sqrt(xx * yy)));
          }
        }
        out[base + k] = result;
      }
      cells[i] = sumY;
      cells[i + count] = sumX;
      cells[i + 2 * count] = sumYY;
      cells[i + 3 * count] = sumXX;
      cells[i + 4 * count] = sumXY;
      places[i] = place;
    }
  }
}

/** A sum of products less what the means account for; what rounding leaves of the difference is 0. */
function scatter(products: number, a: number, b: number, period: number): number {
  const around = products - (a * b) / period;
  return Math.abs(around) > Math.abs(products) * 1e-13 ? around : 0;
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
