import type { FeatureSpec } from '@tradekit/core';
import { type Input, read, requirePeriod } from '../input.js';

/** Options of {@link ema}. */
export interface EmaOptions {
  readonly period: number;
  /** Default `close`. */
  readonly input?: Input;
}

/**
 * Exponential moving average with smoothing 2 / (period + 1), seeded with the simple average of its first `period` bars (the
 * convention of TA-Lib). A bar that is missing gives NaN and leaves the average as it was. Of logarithms it has no unit: use it
 * in differences. Throws `ConfigError` on a period that is no whole number of at least 1.
 */
export function ema({ period, input = 'close' }: EmaOptions): FeatureSpec {
  requirePeriod('ema', period);
  const unit = input === 'close' ? 'price' : 'none';
  return {
    key: `ema(${period},${input})`,
    unit,
    warmUpBars: period,
    create: ({ instruments }) => emaKernel(period, input, instruments),
  };
}

function emaKernel(period: number, input: Input, instruments: number): ReturnType<FeatureSpec['create']> {
  const alpha = 2 / (period + 1);
  const average = new Float64Array(instruments);
  const seen = new Int32Array(instruments);
  return {
    state: [average, seen],
    step(bars, offset, out, base) {
      for (let i = 0; i < instruments; i++) {
        const value = read(bars, offset + i, input);
        if (Number.isNaN(value)) {
          out[base + i] = Number.NaN;
          continue;
        }
        const count = seen[i]!;
        if (count < period) {
          // The sum of the seed is kept where the average will be.
          average[i] = count + 1 === period ? (average[i]! + value) / period : average[i]! + value;
          seen[i] = count + 1;
        } else average[i] = average[i]! + alpha * (value - average[i]!);
        out[base + i] = seen[i] === period ? average[i]! : Number.NaN;
      }
    },
  };
}
