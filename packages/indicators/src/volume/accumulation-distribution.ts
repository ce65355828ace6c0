import type { FeatureKernel } from '@tradekit/core';
import { endless, type Indicator, indicator } from '../base/indicator.js';
import { changeOfSum } from './change-of-sum.js';

/** Volume weighted by where the close lies in the bar's range, −1 … 1; 0 without a range. In shares. */
export function moneyFlowVolume(): Indicator {
  return indicator({
    key: 'moneyFlowVolume',
    unit: 'shares',
    create: ({ instruments }): FeatureKernel => ({
      state: [],
      step({ high, low, close, volume }, offset, out, base) {
        for (let i = 0; i < instruments; i++) {
          const top = high[offset + i]!;
          const bottom = low[offset + i]!;
          const price = close[offset + i]!;
          const range = top - bottom;
          out[base + i] = range === 0 ? 0 : ((price - bottom - (top - price)) / range) * volume[offset + i]!;
        }
      },
    }),
  });
}

/**
 * Accumulation/distribution line (Chaikin): sum over all bars of the volume times where the close lies in the bar's range, −1 … 1 (TA-Lib's
 * AD); a bar without range adds 0. In shares. Never forgets where it began (`convergenceBars` is `Infinity`): as a feature use
 * {@link accumulationDistributionChange}. A missing bar gives NaN and adds nothing.
 */
export function accumulationDistribution(): Indicator {
  return indicator({
    key: 'accumulationDistribution',
    unit: 'shares',
    memory: endless,
    inputs: [moneyFlowVolume()],
    create({ instruments, inputs }): FeatureKernel {
      const total = new Float64Array(instruments);
      const { values, base: at } = inputs[0]!;
      return {
        state: [total],
        step(_bars, _offset, out, base) {
          for (let i = 0; i < instruments; i++) {
            const flow = values[at + i]!;
            if (!Number.isNaN(flow)) total[i] = total[i]! + flow;
            out[base + i] = Number.isNaN(flow) ? Number.NaN : total[i]!;
          }
        },
      };
    },
  });
}

/**
 * Change of the {@link accumulationDistribution} line over `bars` rows, in shares; NaN where either bar is missing. Throws
 * `ConfigError` on a length that is no whole number of at least 1.
 */
export function accumulationDistributionChange(bars: number): Indicator {
  return changeOfSum('accumulationDistributionChange', accumulationDistribution(), bars);
}
