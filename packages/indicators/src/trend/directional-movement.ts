import type { FeatureKernel } from '@tradekit/core';
import { formula, type Indicator, indicator } from '../base/indicator.js';
import { averaging, overInput, type Source } from '../base/input.js';
import { requirePeriod } from '../base/require.js';
import { trueRange } from '../volatility/true-range.js';

/**
 * Directional movement up or down: how far the high rose above, or the low fell below, that of the bar before, where it is the
 * larger of the two and above zero; else 0. NaN at the first bar and after a hole.
 */
function movement(direction: 'up' | 'down'): Indicator {
  const isUp = direction === 'up';
  return indicator({
    key: `movement(${direction})`,
    unit: 'price',
    bars: 2,
    create({ instruments }): FeatureKernel {
      const highs = new Float64Array(instruments).fill(Number.NaN);
      const lows = new Float64Array(instruments).fill(Number.NaN);
      return {
        state: [highs, lows],
        step({ high, low }, offset, out, base) {
          for (let i = 0; i < instruments; i++) {
            const up = high[offset + i]! - highs[i]!;
            const down = lows[i]! - low[offset + i]!;
            highs[i] = high[offset + i]!;
            lows[i] = low[offset + i]!;
            const own = isUp ? up : down;
            const other = isUp ? down : up;
            out[base + i] = own > 0 && own > other ? own : Number.isNaN(own) ? Number.NaN : 0;
          }
        },
      };
    },
  });
}

/** Wilder's running sum: of the first period − 1 values as it is, then sum − sum / period + value. First value at the `period`-th. */
function wilderSum(period: number, input: Indicator): Indicator {
  return overInput(input, {
    name: 'wilderSum',
    parameters: [period],
    bars: period,
    memory: averaging(input, period, 1 - 1 / period),
    create: (instruments, source) => sumKernel(period, instruments, source),
  });
}

function sumKernel(period: number, instruments: number, source: Source): FeatureKernel {
  const sums = new Float64Array(instruments);
  const seen = new Int32Array(instruments);
  return {
    state: [sums, seen],
    step(bars, offset, out, base) {
      const values = source.of(bars);
      const from = source.at(offset);
      for (let i = 0; i < instruments; i++) {
        const value = values[from + i]!;
        if (Number.isNaN(value)) {
          out[base + i] = Number.NaN;
          continue;
        }
        const sum = sums[i]!;
        const count = seen[i]!;
        sums[i] = count < period - 1 ? sum + value : sum - sum / period + value;
        if (count < period) seen[i] = count + 1;
        out[base + i] = seen[i] === period ? sums[i]! : Number.NaN;
      }
    },
  };
}

function directional(name: string, direction: 'up' | 'down', period: number): Indicator {
  requirePeriod(name, period, 2);
  const inputs = [wilderSum(period, movement(direction)), wilderSum(period, trueRange())];
  return formula({ key: `${name}(${period})`, unit: 'none', inputs }, (out, base, count, inputs) => {
    const { values: moved, base: atMoved } = inputs[0]!;
    const { values: ranged, base: atRanged } = inputs[1]!;
    for (let i = 0; i < count; i++) {
      const range = ranged[atRanged + i]!;
      out[base + i] = range === 0 ? 0 : (100 * moved[atMoved + i]!) / range;
    }
  });
}

/**
 * +DI of Wilder's directional movement system (New Concepts, 1978), in per cent of the true range: both smoothed by Wilder's
 * running sum, as in TA-Lib (PLUS_DI). Without any range it is 0. A missing bar gives NaN, and so does the first one after it,
 * which has no bar before; the sums stay. Throws `ConfigError` on a period that is no whole number of at least 2.
 */
export function plusDi(period = 14): Indicator {
  return directional('plusDi', 'up', period);
}

/** −DI: as {@link plusDi}, of movement down (TA-Lib's MINUS_DI). */
export function minusDi(period = 14): Indicator {
  return directional('minusDi', 'down', period);
}
