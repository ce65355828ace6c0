import type { BarMoment, FeatureKernel, SessionDay } from '@tradekit/core';
import { ConfigError, parseIsoDate } from '@tradekit/core';
import { band } from '../base/band.js';
import { endless, type Indicator, indicator } from '../base/indicator.js';
import { SESSION_BARS } from '../base/lengths.js';
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
function kernel(which: 'mean' | 'deviation', anchor: Anchor, instruments: number): FeatureKernel {
  // Of typical prices less the first one, so that the deviation is as exact at any price.
  const origin = new Float64Array(instruments);
  const shares = new Float64Array(instruments);
  const sums = new Float64Array(instruments);
  const squares = new Float64Array(instruments);
  const isMean = which === 'mean';
  return {
    state: [...anchor.state, origin, shares, sums, squares],
    step({ high, low, close, volume }, offset, out, base, moment) {
      if (anchor.restarts(moment)) {
        shares.fill(0);
        sums.fill(0);
        squares.fill(0);
      }
      const counts = anchor.counts(moment);
      for (let i = 0; i < instruments; i++) {
        const price = (high[offset + i]! + low[offset + i]! + close[offset + i]!) / 3;
        const traded = volume[offset + i]!;
        out[base + i] = Number.NaN;
        if (Number.isNaN(price) || !counts) continue;
        if (shares[i] === 0) origin[i] = price;
        const distance = price - origin[i]!;
        shares[i] = shares[i]! + traded;
        sums[i] = sums[i]! + traded * distance;
        squares[i] = squares[i]! + traded * distance * distance;
        if (shares[i] === 0) continue;
        const mean = sums[i]! / shares[i]!;
        out[base + i] = isMean ? origin[i]! + mean : Math.sqrt(Math.max(0, squares[i]! / shares[i]! - mean * mean));
      }
    },
  };
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
    create: ({ instruments }) => kernel(which, atSession(), instruments),
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
  requireRange('anchoredVwap', 'minute', minute, 0, 390);
  const day = dayOf(date);
  return indicator({
    key: `anchoredVwap(${date},${minute})`,
    unit: 'price',
    memory: endless,
    create: ({ instruments }) => kernel('mean', atTime(day, minute), instruments),
  });
}

function dayOf(date: string): SessionDay {
  const day = parseIsoDate(date);
  if (day !== undefined) return day;
  const message = `anchoredVwap has the date "${date}"; give a day as in "2024-01-02"`;
  throw new ConfigError('INDICATOR_PARAMETER', message, { date });
}
