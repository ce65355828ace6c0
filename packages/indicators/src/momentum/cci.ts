import type { FeatureKernel } from '@tradekit/core';
import type { Indicator } from '../base/indicator.js';
import { overInput, type Source } from '../base/input.js';
import { requirePeriod } from '../base/require.js';
import { Window } from '../base/window.js';

/**
 * Commodity channel index (Lambert, 1980): (typical price − its mean) / (0.015 × mean absolute deviation) over `period` bars
 * (TA-Lib's CCI); 0 when prices do not deviate. A missing bar gives NaN and is left out. Throws `ConfigError` on a period that is
 * no whole number of at least 2.
 */
export function cci(period = 20): Indicator {
  requirePeriod('cci', period, 2);
  return overInput('typical', {
    name: 'cci',
    parameters: [period],
    unit: 'none',
    bars: period,
    create: (instruments, source) => kernel(period, instruments, source),
  });
}

function kernel(period: number, instruments: number, source: Source): FeatureKernel {
  const window = new Window(period, instruments);
  const { values: kept, full } = window;
  const indexOf = (i: number, value: number): number => {
    // Less the newest value: of equal prices mean and deviation are exactly 0.
    let sum = 0;
    for (let k = i * period; k < (i + 1) * period; k++) sum += kept[k]! - value;
    const mean = sum / period;
    let deviation = 0;
    for (let k = i * period; k < (i + 1) * period; k++) deviation += Math.abs(kept[k]! - value - mean);
    return deviation === 0 ? 0 : -mean / ((0.015 * deviation) / period);
  };
  return {
    state: window.state,
    step(bars, offset, out, base) {
      const values = source.of(bars);
      const from = source.at(offset);
      for (let i = 0; i < instruments; i++) {
        const value = values[from + i]!;
        out[base + i] = Number.NaN;
        if (Number.isNaN(value)) continue;
        window.push(i, value);
        if (full[i] === 1) out[base + i] = indexOf(i, value);
      }
    },
  };
}
