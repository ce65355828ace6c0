import type { FeatureSpec } from '@tradekit/core';
import { formula, type Indicator } from '../base/indicator.js';
import { featureOf, type Input, keyOf } from '../base/input.js';
import { outputOf } from '../base/output.js';
import { requirePeriod, requirePositive } from '../base/require.js';
import { meanAndDeviation } from './mean-and-deviation.js';

/** Options of the Bollinger bands. */
export interface BollingerOptions {
  /** Default 20. */
  readonly period?: number;
  /** Distance of the bands in standard deviations, default 2. */
  readonly deviations?: number;
  /** Default `close`. */
  readonly input?: Input;
}

/** Middle, deviation, how many of it the bands are away, and the bands. */
interface Bands {
  readonly line: FeatureSpec;
  readonly width: FeatureSpec;
  readonly widths: number;
  readonly upper: Indicator;
  readonly lower: Indicator;
}

function bandsOf(name: string, { period = 20, deviations = 2, input = 'close' }: BollingerOptions): Bands {
  requirePeriod(name, period, 2);
  requirePositive(name, 'deviations', deviations);
  const { whole, ...keys } = meanAndDeviation({ period, input, deviations });
  return {
    line: outputOf(whole, { key: keys.mean }),
    width: outputOf(whole, { key: keys.deviation }),
    widths: deviations,
    upper: outputOf(whole, { key: keys.upper }),
    lower: outputOf(whole, { key: keys.lower }),
  };
}

/**
 * Upper Bollinger band (Bollinger on Bollinger Bands, 2001): simple average plus 2 standard deviations of a population, both of 20
 * bars (TA-Lib's BBANDS). The middle band is {@link sma}. Unit of the input. A missing bar gives NaN and is left out. Throws
 * `ConfigError` on a period that is no whole number of at least 2 and on deviations that are not above 0.
 */
export function bollingerUpper(options: BollingerOptions = {}): Indicator {
  return bandsOf('bollingerUpper', options).upper;
}

/** Lower Bollinger band: as {@link bollingerUpper}, below the average. */
export function bollingerLower(options: BollingerOptions = {}): Indicator {
  return bandsOf('bollingerLower', options).lower;
}

/** %B: where the input lies between the bands, 0 at the lower and 1 at the upper one. NaN where the bands have no width. */
export function bollingerPercentB(options: BollingerOptions = {}): Indicator {
  const { line, width, widths } = bandsOf('bollingerPercentB', options);
  const { input = 'close' } = options;
  const key = `percentB(${line.key},${widths})`;
  return formula({ key, unit: 'none', inputs: [line, width, featureOf(input)] }, (out, base, count, inputs) => {
    const { values: lines, base: atLine } = inputs[0]!;
    const { values: wide, base: atWidth } = inputs[1]!;
    const { values, base: at } = inputs[2]!;
    for (let i = 0; i < count; i++) {
      const half = widths * wide[atWidth + i]!;
      out[base + i] = half === 0 ? Number.NaN : (values[at + i]! - lines[atLine + i]! + half) / (2 * half);
    }
  });
}

/** Bandwidth: distance of the bands as a fraction of the middle; NaN where the middle is 0. */
export function bollingerBandwidth(options: BollingerOptions = {}): Indicator {
  const { line, width, widths } = bandsOf('bollingerBandwidth', options);
  const key = `bandwidth(${keyOf(line)},${widths})`;
  return formula({ key, unit: 'none', inputs: [line, width] }, (out, base, count, inputs) => {
    const { values: lines, base: atLine } = inputs[0]!;
    const { values: wide, base: atWidth } = inputs[1]!;
    for (let i = 0; i < count; i++) {
      const middle = lines[atLine + i]!;
      out[base + i] = middle === 0 ? Number.NaN : (2 * widths * wide[atWidth + i]!) / middle;
    }
  });
}
