import type { Bars, FeatureKernel } from '@tradekit/core';
import { type Indicator, indicator } from './indicator.js';

/** A number of each bar by itself, without unit; NaN where there is no bar. `row` writes the whole row. */
export function ofBar(
  key: string,
  row: (bars: Bars, offset: number, out: Float64Array, base: number, count: number) => void,
): Indicator {
  return indicator({
    key,
    unit: 'none',
    create: ({ instruments }): FeatureKernel => ({
      state: [],
      step: (bars, offset, out, base) => row(bars, offset, out, base, instruments),
      run: (bars, offset, out, base, rows) => row(bars, offset, out, base, rows * instruments),
    }),
  });
}
