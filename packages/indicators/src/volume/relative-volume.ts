import type { FeatureKernel } from '@tradekit/core';
import { type Indicator, indicator } from '../base/indicator.js';
import { requirePeriod, requireRange } from '../base/require.js';
import { Window } from '../base/window.js';

/** Options of {@link relativeVolume}. */
export interface RelativeVolumeOptions {
  /** Sessions to compare with, default 20. */
  readonly sessions?: number;
  /** Length of the bars in minutes, default 15. */
  readonly barMinutes?: number;
}

/** Minutes of the longest session. */
const SESSION_MINUTES = 390;

/**
 * Volume of the bar as a multiple of the mean volume of the same time of day in the last `sessions` sessions that had that bar, this one left out. The time is
 * counted from the session's open, so that a half day's last bar is compared with the same time of full days. NaN when nothing was traded
 * in them, and for bars after the 390th minute. A missing bar gives NaN and is left out. Lengths are counted in bars of full sessions.
 * Throws `ConfigError` on counts that are no whole numbers of at least 1.
 */
export function relativeVolume({ sessions = 20, barMinutes = 15 }: RelativeVolumeOptions = {}): Indicator {
  requirePeriod('relativeVolume', sessions, 1, 'sessions');
  requirePeriod('relativeVolume', barMinutes, 1, 'barMinutes');
  requireRange('relativeVolume', 'barMinutes', barMinutes, 1, SESSION_MINUTES);
  const slots = Math.ceil(SESSION_MINUTES / barMinutes);
  return indicator({
    key: `relativeVolume(${sessions},${barMinutes})`,
    unit: 'none',
    bars: sessions * slots + 1,
    create({ instruments }): FeatureKernel {
      // One window for every instrument and time of day.
      const window = new Window(sessions, instruments * slots);
      const { values: kept, next, full } = window;
      // Made anew once per window, so that rounding never builds up.
      const sums = new Float64Array(instruments * slots);
      return {
        state: [...window.state, sums],
        step({ volume }, offset, out, base, { minute }) {
          const slot = Math.ceil(minute / barMinutes) - 1;
          for (let i = 0; i < instruments; i++) {
            const shares = volume[offset + i]!;
            out[base + i] = Number.NaN;
            if (Number.isNaN(shares) || !(slot >= 0 && slot < slots)) continue;
            const place = i * slots + slot;
            const sum = sums[place]!;
            if (full[place] === 1 && sum > 0) out[base + i] = (shares * sessions) / sum;
            const came = sum - window.push(place, shares) + shares;
            sums[place] = next[place] === 0 ? sumOf(kept, place * sessions, sessions) : came;
          }
        },
      };
    },
  });
}

function sumOf(values: Float64Array, from: number, count: number): number {
  let sum = 0;
  for (let k = from; k < from + count; k++) sum += values[k]!;
  return sum;
}
