import type { FeatureKernel } from '@tradekit/core';
import { type Indicator, indicator } from '../base/indicator.js';
import { SESSION_BARS, SESSION_MINUTES } from '../base/lengths.js';
import { requirePeriod, requireRange } from '../base/require.js';
import { SessionMark } from '../base/session-mark.js';

const BAR_MINUTES = 15;

function openingRange(side: 'High' | 'Low', minutes: number): Indicator {
  const name = `openingRange${side}`;
  requirePeriod(name, minutes, 1, 'minutes');
  requireRange(name, 'minutes', minutes, 1, SESSION_MINUTES);
  return indicator({
    key: `${name}(${minutes})`,
    unit: 'price',
    bars: Math.ceil(minutes / BAR_MINUTES),
    memory: () => SESSION_BARS,
    create: ({ instruments }) => kernel(side === 'High', minutes, instruments),
  });
}

function kernel(isHigh: boolean, minutes: number, instruments: number): FeatureKernel {
  const mark = new SessionMark();
  const edge = new Float64Array(instruments).fill(Number.NaN);
  return {
    state: [...mark.state, edge],
    step({ high, low }, offset, out, base, moment) {
      if (mark.isNew(moment)) edge.fill(Number.NaN);
      const values = isHigh ? high : low;
      const isInside = moment.minute <= minutes;
      for (let i = 0; i < instruments; i++) {
        const value = values[offset + i]!;
        // A comparison with NaN is false: what is missing changes nothing, and the first value is taken.
        if (isInside && !Number.isNaN(value) && !(isHigh ? value <= edge[i]! : value >= edge[i]!)) edge[i] = value;
        out[base + i] = Number.isNaN(value) || moment.minute < minutes ? Number.NaN : edge[i]!;
      }
    },
  };
}

/**
 * Highest price of the first minutes of the session (default 30), of the bars that end within them; known from the bar on that ends with them, to the
 * session's end. In dollars. NaN before, where this bar is missing, and when no bar was in the range: always, where bars are longer than it. Lengths are counted in quarter hours. Throws
 * `ConfigError` on minutes that are no whole number from 1 to 390.
 */
export function openingRangeHigh(minutes = 30): Indicator {
  return openingRange('High', minutes);
}

/** Lowest price of the first minutes of the session; see {@link openingRangeHigh}. */
export function openingRangeLow(minutes = 30): Indicator {
  return openingRange('Low', minutes);
}
