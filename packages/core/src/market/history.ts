import type { Session } from '../calendar/session.js';
import type { CorporateAction } from '../ports/events.js';
import type { SessionDay } from '../time/timestamp.js';
import type { Bars } from './bars.js';
import type { Universe } from './instrument.js';

/** Whose trades the bars are made of: `sip` all US exchanges together, `iex` one of them with some 2 % of the volume. */
export type BarFeed = 'sip' | 'iex' | 'unknown';

/** What has been taken out of prices: nothing, splits, or splits and distributions. */
export type PriceAdjustment = 'raw' | 'split' | 'total-return';

/** A corporate action of a recorded market: it takes effect before the first match of its session, or of the next one. */
export interface DatedAction {
  readonly session: SessionDay;
  /** Id of the instrument. */
  readonly instrument: string;
  readonly action: CorporateAction;
}

/**
 * Recorded bars of a universe on the grid of a calendar: one row for every bar of every session in the range, whether or
 * not anybody traded. It is what a simulated venue draws from, and never reaches a strategy.
 */
export interface BarHistory {
  readonly universe: Universe;
  readonly barMs: number;
  /** Ascending; every session has at least one row. */
  readonly sessions: readonly Session[];
  /** First row of each session, and at the end the count of rows: `sessions.length + 1` entries. */
  readonly firstRow: Int32Array;
  /** Start of each row's bars, milliseconds since 1970 UTC. */
  readonly starts: Float64Array;
  /** End of each row's bars. */
  readonly ends: Float64Array;
  /** Time-major columns: cell `row * universe.size + instrument`. */
  readonly bars: Bars;
  /** Official close of session `k`, cell `k * universe.size + instrument`; NaN where the data has none. */
  readonly official: Float64Array;
  /** What happens to shares during the bars and has not been taken out of their prices. Default: nothing. */
  readonly actions?: readonly DatedAction[];
  /** Default `unknown`. */
  readonly feed?: BarFeed;
  /** What has been taken out of the prices. Default `split`. */
  readonly adjusted?: PriceAdjustment;
}
