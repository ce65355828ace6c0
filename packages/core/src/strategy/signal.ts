import type { InstrumentIndex } from '../market/instrument.js';

/** Long, flat or short. */
export type Direction = -1 | 0 | 1;

/**
 * A wish for one instrument. A strategy returns only what changed its mind; repeating a wish is harmless.
 */
export interface Signal {
  readonly instrument: InstrumentIndex;
  readonly direction: Direction;
  /** How much it is wanted, for a risk manager that ranks wishes; it scales nothing. The shipped one reads it only with `competition: 'by-strength'`. */
  readonly strength?: number;
  /** Probability that the wish is right, 0 … 1. */
  readonly probability?: number;
  /** Price at which the position is given up. Snapped to the instrument's tick when it becomes an order. */
  readonly stopPrice?: number;
  /**
   * Makes the stop a trailing one: it stays so many dollars behind the best price since the entry, and never moves back. Without a
   * `stopPrice`, and when a refused wish is tried again, it begins that far from the last close. Repeated without it, the stop goes on
   * trailing; a `stopPrice` then moves nothing.
   */
  readonly trailDistance?: number;
  /** Price at which the gain is taken. */
  readonly targetPrice?: number;
  /** Why, in a few words: it stands in the order and in the reports. */
  readonly reason: string;
}

/**
 * `standing`: worked towards its target. `refused`: a rule said no, tried again by the engine's `retryRefused`.
 * `ended`: closed by anything but its own strategy; asks for nothing until the strategy says flat or the opposite.
 */
export type StanceStatus = 'standing' | 'refused' | 'ended';

/** What has become of a strategy's last wish for an instrument. Sized once, when it was taken. */
export interface Stance {
  readonly direction: Direction;
  readonly status: StanceStatus;
  /** Signed shares that the book is worked towards. */
  readonly target: number;
  /** Signed shares that the book holds. */
  readonly held: number;
  /** Average price of the held shares, `undefined` when flat. */
  readonly entryPrice: number | undefined;
  /** The slice in which the stance was taken. */
  readonly sinceSlice: number;
}
