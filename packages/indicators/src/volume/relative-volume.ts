import type { BarMoment, Bars, FeatureKernel } from '@tradekit/core';
import { type Indicator, indicator } from '../base/indicator.js';
import { SESSION_MINUTES } from '../base/lengths.js';
import { requirePeriod, requireRange } from '../base/require.js';
import { sumOf } from '../base/rolling-sum.js';

/** Options of {@link relativeVolume}. */
export interface RelativeVolumeOptions {
  /** Sessions to compare with, default 20. */
  readonly sessions?: number;
  /** Length of the bars in minutes, default 15. */
  readonly barMinutes?: number;
}

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
    create: ({ instruments }) => new Kernel(sessions, barMinutes, slots, instruments),
  });
}

class Kernel implements FeatureKernel {
  /**
   * For each time of day the sums of all instruments, made anew once per window so that rounding never builds up, and one session of all after the other:
   * side by side, since the rest of the day comes in between. And the place of the next volume: below 0 in the first turn, −sessions … −1.
   */
  readonly state: readonly [Float64Array, Int32Array];
  readonly #sessions: number;
  readonly #barMinutes: number;
  readonly #slots: number;
  readonly #instruments: number;

  constructor(sessions: number, barMinutes: number, slots: number, instruments: number) {
    this.#sessions = sessions;
    this.#barMinutes = barMinutes;
    this.#slots = slots;
    this.#instruments = instruments;
    const all = slots * instruments;
    this.state = [new Float64Array((sessions + 1) * all), new Int32Array(all).fill(-sessions)];
  }

  step(bars: Bars, offset: number, out: Float64Array, base: number, moment: BarMoment): void {
    const { volume } = bars;
    const cells = this.state[0];
    const places = this.state[1];
    const sessions = this.#sessions;
    const count = this.#instruments;
    const slot = Math.ceil(moment.minute / this.#barMinutes) - 1;
    if (!(slot >= 0 && slot < this.#slots)) {
      out.fill(Number.NaN, base, base + count);
      return;
    }
    const first = slot * count;
    const sums = first * (sessions + 1);
    const window = sums + count;
    for (let i = 0; i < count; i++) {
      const shares = volume[offset + i]!;
      if (Number.isNaN(shares)) {
        out[base + i] = Number.NaN;
        continue;
      }
      const place = places[first + i]!;
      const sum = cells[sums + i]!;
      out[base + i] = place >= 0 && sum > 0 ? (shares * sessions) / sum : Number.NaN;
      const cell = window + (place < 0 ? place + sessions : place) * count + i;
      const came = sum - cells[cell]! + shares;
      cells[cell] = shares;
      const isTurn = place === -1 || place + 1 === sessions;
      places[first + i] = isTurn ? 0 : place + 1;
      cells[sums + i] = isTurn ? sumOf(cells, window + i, sessions, count) : came;
    }
  }
}
