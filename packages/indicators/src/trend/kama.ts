import type { FeatureKernel } from '@tradekit/core';
import { fading, type Indicator } from '../base/indicator.js';
import { type Input, overInput, type Source } from '../base/input.js';
import { requirePeriod } from '../base/require.js';
import { Window } from '../base/window.js';

/** Options of {@link kama}. */
export interface KamaOptions {
  /** Bars over which the efficiency is measured, default 10. */
  readonly period?: number;
  /** Period of the EMA at full efficiency, default 2. */
  readonly fast?: number;
  /** Period of the EMA without any, default 30. */
  readonly slow?: number;
  /** Default `close`. */
  readonly input?: Input;
}

/**
 * Kaufman's adaptive moving average (Smarter Trading, 1995), as in TA-Lib (KAMA): smoothing is the square of a blend of two
 * EMA factors by efficiency, |change over the period| / sum of the bars' changes; begins at the value before its first. Unit of the
 * input. A missing bar gives NaN and is left out. How soon two starts agree depends on the efficiency; the length given is that
 * without any. Throws `ConfigError` on periods that are no whole numbers of at least 1.
 */
export function kama({ period = 10, fast = 2, slow = 30, input = 'close' }: KamaOptions = {}): Indicator {
  requirePeriod('kama', period);
  requirePeriod('kama', fast, 1, 'fast');
  requirePeriod('kama', slow, 1, 'slow');
  const least = (2 / (slow + 1)) ** 2;
  return overInput(input, {
    name: 'kama',
    parameters: [period, fast, slow],
    bars: period + 1,
    memory: (tolerance) => period + fading(1 - least)(tolerance),
    create: (instruments, source) => kernel(period, 2 / (fast + 1), 2 / (slow + 1), instruments, source),
  });
}

function kernel(period: number, fast: number, slow: number, instruments: number, source: Source): FeatureKernel {
  const window = new Window(period + 1, instruments);
  const { values: kept, next, full } = window;
  const average = new Float64Array(instruments);
  const length = period + 1;
  /** Sum of the changes from bar to bar over a full window, from its oldest on. */
  const pathOf = (i: number): number => {
    let sum = 0;
    let place = next[i]!;
    let last = kept[i * length + place]!;
    for (let k = 1; k < length; k++) {
      place = place + 1 === length ? 0 : place + 1;
      const value = kept[i * length + place]!;
      sum += Math.abs(value - last);
      last = value;
    }
    return sum;
  };
  return {
    state: [...window.state, average],
    step(bars, offset, out, base) {
      const values = source.of(bars);
      const from = source.at(offset);
      for (let i = 0; i < instruments; i++) {
        const value = values[from + i]!;
        if (Number.isNaN(value)) {
          out[base + i] = Number.NaN;
          continue;
        }
        window.push(i, value);
        if (full[i] === 0) {
          average[i] = value;
          out[base + i] = Number.NaN;
          continue;
        }
        const path = pathOf(i);
        const efficiency = path === 0 ? 1 : Math.min(1, Math.abs(value - kept[i * length + next[i]!]!) / path);
        const smoothing = (efficiency * (fast - slow) + slow) ** 2;
        average[i] = average[i]! + smoothing * (value - average[i]!);
        out[base + i] = average[i]!;
      }
    },
  };
}
