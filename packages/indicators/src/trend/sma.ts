import type { FeatureSpec } from '@tradekit/core';
import { requirePeriod } from '../input.js';

/**
 * Simple moving average: the mean of the last `period` closes. First value at the `period`-th bar. A bar that is missing gives
 * NaN and is left out: the window is the last `period` bars that there were. The running sum is made anew once per period, so
 * that rounding never builds up. Throws `ConfigError` on a period that is no whole number of at least 1.
 */
export function sma(period: number): FeatureSpec {
  requirePeriod('sma', period);
  return {
    key: `sma(${period})`,
    unit: 'price',
    warmUpBars: period,
    create: ({ instruments }) => smaKernel(period, instruments),
  };
}

function smaKernel(period: number, instruments: number): ReturnType<FeatureSpec['create']> {
  const window = new Float64Array(period * instruments);
  const sums = new Float64Array(instruments);
  const next = new Int32Array(instruments);
  const isFull = new Uint8Array(instruments);
  return {
    state: [window, sums, next, isFull],
    step({ close }, offset, out, base) {
      for (let i = 0; i < instruments; i++) {
        const value = close[offset + i]!;
        if (Number.isNaN(value)) {
          out[base + i] = Number.NaN;
          continue;
        }
        const place = next[i]!;
        const cell = i * period + place;
        let sum = sums[i]! + value - window[cell]!;
        window[cell] = value;
        if (place + 1 === period) {
          next[i] = 0;
          isFull[i] = 1;
          sum = sumOf(window, i * period, period);
        } else next[i] = place + 1;
        sums[i] = sum;
        out[base + i] = isFull[i] === 1 ? sum / period : Number.NaN;
      }
    },
  };
}

function sumOf(values: Float64Array, from: number, count: number): number {
  let sum = 0;
  for (let k = from; k < from + count; k++) sum += values[k]!;
  return sum;
}
