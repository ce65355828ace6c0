import type { FeatureKernel } from '@tradekit/core';
import { type Indicator, indicator } from '../base/indicator.js';
import { SESSION_BARS } from '../base/lengths.js';
import { requireOneOf } from '../base/require.js';
import { SessionMark } from '../base/session-mark.js';

/** A price of a whole session. */
export type SessionPrice = 'open' | 'high' | 'low' | 'close';

const PRICES: readonly SessionPrice[] = ['open', 'high', 'low', 'close'];

/**
 * Open, high, low or close of the session before, the same on every bar of this one; the close is that of its last bar. In dollars.
 * NaN when the session before had no bar of the instrument, and where this bar is missing. The first session of the data counts as whole. Lengths
 * are counted in quarter hours of full sessions.
 */
export function previousSession(price: SessionPrice): Indicator {
  requireOneOf('previousSession', 'price', price, PRICES);
  return indicator({
    key: `previousSession(${price})`,
    unit: 'price',
    bars: SESSION_BARS + 1,
    memory: () => 2 * SESSION_BARS,
    create: ({ instruments }) => kernel(price, instruments),
  });
}

function kernel(price: SessionPrice, instruments: number): FeatureKernel {
  const mark = new SessionMark();
  const before = new Float64Array(instruments).fill(Number.NaN);
  const current = new Float64Array(instruments).fill(Number.NaN);
  const isKept = (value: number, kept: number): boolean =>
    (price === 'open' && !Number.isNaN(kept)) ||
    (price === 'high' && value <= kept) ||
    (price === 'low' && value >= kept);
  return {
    state: [...mark.state, before, current],
    step(bars, offset, out, base, moment) {
      if (mark.isNew(moment)) {
        before.set(current);
        current.fill(Number.NaN);
      }
      const values = bars[price];
      for (let i = 0; i < instruments; i++) {
        const value = values[offset + i]!;
        out[base + i] = Number.isNaN(value) ? Number.NaN : before[i]!;
        if (!Number.isNaN(value) && !isKept(value, current[i]!)) current[i] = value;
      }
    },
  };
}
