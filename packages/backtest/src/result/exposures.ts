/** What was held at the close of every session, and the most that it came to within. Entry `k` belongs to the session `k` that was closed. */
export interface SessionExposures {
  /** Signed shares at the official close, by instrument. */
  readonly held: readonly Float64Array[];
  /** Marks then, by instrument; NaN before the first. */
  readonly mark: readonly Float64Array[];
  /**
   * Returns by instrument, official close to official close, splits and dividends taken out; NaN where the instrument did not trade in the
   * session or in the one before it. The same numbers that risk rules see.
   */
  readonly sessionReturn: readonly Float64Array[];
  /**
   * The most over the slices of the session and its official close, as fractions of the equity then: |market value| of one instrument, of
   * one sector, of all; and |longs − shorts|. Held shares at their marks; orders at work are not in it. NaN without an equity above 0.
   */
  readonly position: readonly number[];
  readonly sector: readonly number[];
  readonly gross: readonly number[];
  readonly net: readonly number[];
  /** Instruments held at once. */
  readonly positions: readonly number[];
}
