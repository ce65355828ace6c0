import type { Timeframe } from '@tradekit/core';

/** Bars of a full session of quarter hours, in which indicators that restart with the session give their lengths. */
export const SESSION_BARS = 26;

/** Minutes of a full session. */
export const SESSION_MINUTES: number = 15 * SESSION_BARS;

/** Quarter hours until a number of longer bars are known. A day and a week are known from the next bar on, when the official close is. */
export function quarterHours(bars: number, timeframe: Timeframe | undefined): number {
  switch (timeframe) {
    case '30min':
      return 2 * bars;
    case 'hour':
      return 4 * bars;
    case 'day':
      return SESSION_BARS * bars + 1;
    case 'week':
      return 5 * SESSION_BARS * bars + 1;
    default:
      return bars;
  }
}
