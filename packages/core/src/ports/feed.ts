import type { Timestamp } from '../time/timestamp.js';
import type { FeedStep } from './events.js';

/** Where the market's events come from. Pacing is the feed's: a recorded one may be slowed to the speed of the clock. */
export interface Feed {
  /**
   * The market's next step, `undefined` at the end. Answers not later than `until`: when nothing happens before, the step is
   * a `clock` of that time. Called again only when the step before has been taken.
   */
  next(until: Timestamp): Promise<FeedStep | undefined>;
}
