import type { FeatureSpec } from '@tradekit/core';
import { formula, type Indicator } from '../base/indicator.js';
import { SESSION_BARS } from '../base/lengths.js';
import { ofBar } from '../base/of-bar.js';
import { requirePeriod, requirePositive } from '../base/require.js';
import { rollingSum } from '../base/rolling-sum.js';
import { barGap } from '../returns/bar-gap.js';
import { standardDeviation } from './standard-deviation.js';

/** Quarter hours of a year of 252 full sessions. */
const QUARTER_HOURS = 252 * SESSION_BARS;

/** Options of the volatilities. */
export interface VolatilityOptions {
  /** Bars, at least 2. */
  readonly period: number;
  /** Bars of a year, by which it is annualised. Default 6,552: quarter hours of 252 sessions; 252 for days. */
  readonly barsPerYear?: number;
}

/** Checks the options of a volatility and names its parameters. */
export function volatilityOptions(
  name: string,
  { period, barsPerYear = QUARTER_HOURS }: VolatilityOptions,
): Required<VolatilityOptions> {
  requirePeriod(name, period, 2);
  requirePositive(name, 'barsPerYear', barsPerYear);
  return { period, barsPerYear };
}

/** Annualised root of the mean of a daily variance. */
function rootOfMean(name: string, variance: FeatureSpec, options: VolatilityOptions): Indicator {
  const { period, barsPerYear } = volatilityOptions(name, options);
  const key = `${name}(${period},${barsPerYear})`;
  const factor = barsPerYear / period;
  return formula({ key, unit: 'none', inputs: [rollingSum(period, variance)] }, (out, base, count, inputs) => {
    const { values, base: at } = inputs[0]!;
    for (let i = 0; i < count; i++) out[base + i] = Math.sqrt(Math.max(0, values[at + i]!) * factor);
  });
}

/**
 * Parkinson's volatility (The Extreme Value Method, Journal of Business 53, 1980), annualised, as a fraction: the root of the mean of
 * ln(high / low)² / (4 ln 2). Knows nothing of gaps between bars. A missing bar gives NaN and is left out. Throws `ConfigError` on a
 * period that is no whole number of at least 2 and on `barsPerYear` that are not above 0.
 */
export function parkinsonVolatility(options: VolatilityOptions): Indicator {
  const variance = ofBar('parkinsonVariance', ({ high, low }, offset, out, base, count) => {
    for (let i = 0; i < count; i++)
      out[base + i] = Math.log(high[offset + i]! / low[offset + i]!) ** 2 / (4 * Math.LN2);
  });
  return rootOfMean('parkinsonVolatility', variance, options);
}

/**
 * Garman and Klass's volatility (Journal of Business 53, 1980), annualised, as a fraction: the root of the mean of
 * ½ ln(high / low)² − (2 ln 2 − 1) ln(close / open)². Knows nothing of gaps between bars. Options, holes and errors as for
 * {@link parkinsonVolatility}.
 */
export function garmanKlassVolatility(options: VolatilityOptions): Indicator {
  const variance = ofBar('garmanKlassVariance', ({ open, high, low, close }, offset, out, base, count) => {
    for (let i = 0; i < count; i++) {
      const range = Math.log(high[offset + i]! / low[offset + i]!);
      const move = Math.log(close[offset + i]! / open[offset + i]!);
      out[base + i] = range ** 2 / 2 - (2 * Math.LN2 - 1) * move ** 2;
    }
  });
  return rootOfMean('garmanKlassVolatility', variance, options);
}

/** Rogers and Satchell's variance of one bar: free of drift. */
const rogersSatchell = (): Indicator =>
  ofBar('rogersSatchellVariance', ({ open, high, low, close }, offset, out, base, count) => {
    for (let i = 0; i < count; i++) {
      const opening = Math.log(open[offset + i]!);
      const up = Math.log(high[offset + i]!) - opening;
      const down = Math.log(low[offset + i]!) - opening;
      const move = Math.log(close[offset + i]!) - opening;
      out[base + i] = up * (up - move) + down * (down - move);
    }
  });

const barMove = (): Indicator =>
  ofBar('barMove', ({ open, close }, offset, out, base, count) => {
    for (let i = 0; i < count; i++) out[base + i] = Math.log(close[offset + i]! / open[offset + i]!);
  });

/**
 * Yang and Zhang's volatility (Journal of Business 73, 2000), annualised, as a fraction: variance (n − 1) of the gaps between bars +
 * k × variance (n − 1) of open to close + (1 − k) × mean of Rogers and Satchell's, k = 0.34 / (1.34 + (n + 1) / (n − 1)). A gap is
 * taken only between bars that follow each other on the grid: the bar after a hole gives NaN, as the missing one does. Options and
 * errors as for {@link parkinsonVolatility}.
 */
export function yangZhangVolatility(options: VolatilityOptions): Indicator {
  const { period, barsPerYear } = volatilityOptions('yangZhangVolatility', options);
  const k = 0.34 / (1.34 + (period + 1) / (period - 1));
  const key = `yangZhangVolatility(${period},${barsPerYear})`;
  const inputs = [
    standardDeviation({ period, input: barGap(), sample: true }),
    standardDeviation({ period, input: barMove(), sample: true }),
    rollingSum(period, rogersSatchell()),
  ];
  return formula({ key, unit: 'none', inputs }, (out, base, count, parts) => {
    const { values: gaps, base: atGap } = parts[0]!;
    const { values: moves, base: atMove } = parts[1]!;
    const { values: sums, base: atSum } = parts[2]!;
    for (let i = 0; i < count; i++) {
      const ranges = Math.max(0, sums[atSum + i]!) / period;
      const variance = gaps[atGap + i]! ** 2 + k * moves[atMove + i]! ** 2 + (1 - k) * ranges;
      out[base + i] = Math.sqrt(variance * barsPerYear);
    }
  });
}
