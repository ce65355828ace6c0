import type { BarMoment, Bars, FeatureKernel, SessionDay } from '@tradekit/core';
import { ConfigError, parseIsoDate } from '@tradekit/core';
import { band } from '../base/band.js';
import { endless, type Indicator, indicator } from '../base/indicator.js';
import { SESSION_BARS, SESSION_MINUTES } from '../base/lengths.js';
import { requirePositive, requireRange } from '../base/require.js';
import { SessionMark } from '../base/session-mark.js';

/** When sums begin. */
interface Anchor {
  readonly state: FeatureKernel['state'];
  /** What was summed before is forgotten at this row. */
  restarts(moment: BarMoment): boolean;
  /** Bars of this row count. */
  counts(moment: BarMoment): boolean;
}

const atSession = (): Anchor => {
  const mark = new SessionMark();
  return { state: mark.state, restarts: (moment) => mark.isNew(moment), counts: () => true };
};

const atTime = (day: SessionDay, minute: number): Anchor => ({
  state: [],
  restarts: () => false,
  counts: (moment) => moment.session > day || (moment.session === day && moment.minute > minute),
});

/** Volume-weighted mean of the typical price, or its volume-weighted deviation. */
class Kernel implements FeatureKernel {
  readonly state: FeatureKernel['state'];
  /**
   * For each instrument the first typical price, shares, and sums of shares × distance from that price and of shares × its square: so that the
   * deviation is as exact at any price.
   */
  readonly #cells: Float64Array;
  readonly #isMean: boolean;
  readonly #anchor: Anchor;

  constructor(which: 'mean' | 'deviation', anchor: Anchor, instruments: number) {
    this.#cells = new Float64Array(4 * instruments);
    this.#isMean = which === 'mean';
    this.#anchor = anchor;
    this.state = [...anchor.state, this.#cells];
  }

  step(bars: Bars, offset: number, out: Float64Array, base: number, moment: BarMoment): void {
    const { high, low, close, volume } = bars;
    const cells = this.#cells;
    const isMean = this.#isMean;
    const count = cells.length / 4;
    if (this.#anchor.restarts(moment)) cells.fill(0);
    if (!this.#anchor.counts(moment)) {
      out.fill(Number.NaN, base, base + count);
      return;
    }
    for (let i = 0, at = 0; i < count; i++, at += 4) {
      const price = (high[offset + i]! + low[offset + i]! + close[offset + i]!) / 3;
      if (Number.isNaN(price)) {
        out[base + i] = Number.NaN;
        continue;
      }
      const traded = volume[offset + i]!;
      const before = cells[at + 1]!;
      const origin = before === 0 ? price : cells[at]!;
      const distance = price - origin;
      const shares = before + traded;
      const sum = cells[at + 2]! + traded * distance;
      const square = cells[at + 3]! + traded * distance * distance;
      cells[at] = origin;
      cells[at + 1] = shares;
      cells[at + 2] = sum;
      cells[at + 3] = square;
      const mean = sum / shares;
      if (shares === 0) out[base + i] = Number.NaN;
      else out[base + i] = isMean ? origin + mean : Math.sqrt(Math.max(0, square / shares - mean * mean));
    }
  }
}

/**
 * Volume-weighted average price of the session so far: typical price × volume over volume, begun anew with the first bar of every session
 * (09:30 New York for regular bars). In dollars. NaN while nothing was traded in the session. A missing bar gives NaN, and the
 * sums go on with the next one.
 */
export function vwap(): Indicator {
  return sessionIndicator('mean');
}

const sessionIndicator = (which: 'mean' | 'deviation'): Indicator =>
  indicator({
    key: which === 'mean' ? 'vwap' : 'vwapDeviation',
    unit: 'price',
    memory: () => SESSION_BARS,
    create: ({ instruments }) => new Kernel(which, atSession(), instruments),
  });

/** Volume-weighted standard deviation of the typical price around the {@link vwap}, of a population, in dollars; 0 at the session's first bar. */
export function vwapDeviation(): Indicator {
  return sessionIndicator('deviation');
}

/** {@link vwap} plus a number of {@link vwapDeviation}s (default 2). Throws `ConfigError` on a number that is not above 0. */
export function vwapUpper(deviations = 2): Indicator {
  requirePositive('vwapUpper', 'deviations', deviations);
  return band('upper', vwap(), vwapDeviation(), deviations);
}

/** {@link vwap} less a number of {@link vwapDeviation}s (default 2). Throws `ConfigError` on a number that is not above 0. */
export function vwapLower(deviations = 2): Indicator {
  requirePositive('vwapLower', 'deviations', deviations);
  return band('lower', vwap(), vwapDeviation(), -deviations);
}

/** Where an {@link anchoredVwap} begins. */
export interface VwapAnchor {
  /** New York date, `2024-01-02`. */
  readonly date: string;
  /** Minutes since that session's open, default 0: with its first bar. */
  readonly minute?: number;
}

/**
 * Volume-weighted average price since an anchor, which never begins anew: {@link vwap} over all bars that end after it. NaN before the anchor,
 * and while nothing was traded since. A kernel that begins after the anchor never agrees with one that has seen all of it
 * (`convergenceBars` is `Infinity`). Throws `ConfigError` on a date that is none and a minute outside the session.
 */
export function anchoredVwap({ date, minute = 0 }: VwapAnchor): Indicator {
  requireRange('anchoredVwap', 'minute', minute, 0, SESSION_MINUTES);
  const day = dayOf(date);
  return indicator({
    key: `anchoredVwap(${date},${minute})`,
    unit: 'price',
    memory: endless,
    create: ({ instruments }) => new Kernel('mean', atTime(day, minute), instruments),
  });
}

function dayOf(date: string): SessionDay {
  const day = parseIsoDate(date);
  if (day !== undefined) return day;
  const message = `anchoredVwap has the date "${date}"; give a day as in "2024-01-02"`;
  throw new ConfigError('INDICATOR_PARAMETER', message, { date });
}
