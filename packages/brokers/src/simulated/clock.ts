import type { Timestamp } from '@tradekit/core';

/** Where a simulated venue stands in its data. One object, moved by the venue, read by its order book and its matcher. */
export class VenueClock {
  now: Timestamp = 0 as Timestamp;
  /** The row whose open comes next, or whose inside runs. */
  nextRow = 0;
  isInside = false;
  /** Place of the session whose bars are matched. */
  tradingSession = 0;
  /** Place of the session that a day order sent now belongs to. */
  session = 0;
}
