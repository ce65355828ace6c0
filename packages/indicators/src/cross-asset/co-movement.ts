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
/** Of these, sums. */
const SUMS = 5;

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

  step(_bars: Bars, _offset: number, out: Float64Array, base: number): void {
    const ys = this.#ys;
    const atY = this.#atY;
    const xs = this.#xs;
    const atX = this.#atX;
    const cells = this.state[0];
    const places = this.state[1];
    const isBeta = this.#isBeta;
    const period = this.#period;
    const count = this.#instruments;
    const own = 2 * period + OWN;
    for (let i = 0, at = 0; i < count; i++, at += own) {
      const y = ys[atY + i]!;
      const x = xs[atX + i]!;
      if (Number.isNaN(y + x)) {
        out[base + i] = Number.NaN;
        continue;
      }
      const alikeY = y === cells[at + 5]! ? cells[at + 6]! + 1 : 1;
      const alikeX = x === cells[at + 7]! ? cells[at + 8]! + 1 : 1;
      cells[at + 5] = y;
      cells[at + 6] = alikeY;
      cells[at + 7] = x;
      cells[at + 8] = alikeX;
      const place = places[i]!;
      const cell = at + OWN + 2 * (place < 0 ? place + period : place);
      const oldY = cells[cell]!;
      const oldX = cells[cell + 1]!;
      cells[cell] = y;
      cells[cell + 1] = x;
      if (place === -1 || place + 1 === period) {
        makeAnew(cells, at, own);
        places[i] = 0;
      } else {
        cells[at] = cells[at]! + y - oldY;
        cells[at + 1] = cells[at + 1]! + x - oldX;
        cells[at + 2] = cells[at + 2]! + y * y - oldY * oldY;
        cells[at + 3] = cells[at + 3]! + x * x - oldX * oldX;
        cells[at + 4] = cells[at + 4]! + x * y - oldX * oldY;
        places[i] = place + 1;
        if (place < 0) {
          out[base + i] = Number.NaN;
          continue;
        }
      }
      const sumY = cells[at]!;
      const sumX = cells[at + 1]!;
      const xx = alikeX < period ? scatter(cells[at + 3]!, sumX, sumX, period) : 0;
      const xy = scatter(cells[at + 4]!, sumX, sumY, period);
      if (isBeta) out[base + i] = xx > 0 ? xy / xx : Number.NaN;
      else {
        const yy = alikeY < period ? scatter(cells[at + 2]!, sumY, sumY, period) : 0;
        out[base + i] = xx > 0 && yy > 0 ? Math.min(1, Math.max(-1, xy / Math.sqrt(xx * yy))) : Number.NaN;
      }
    }
  }
}

function makeAnew(cells: Float64Array, at: number, own: number): void {
  cells.fill(0, at, at + SUMS);
  for (let k = at + OWN; k < at + own; k += 2) {
    const y = cells[k]!;
    const x = cells[k + 1]!;
    cells[at] = cells[at]! + y;
    cells[at + 1] = cells[at + 1]! + x;
    cells[at + 2] = cells[at + 2]! + y * y;
    cells[at + 3] = cells[at + 3]! + x * x;
    cells[at + 4] = cells[at + 4]! + x * y;
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
