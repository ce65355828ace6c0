import type { Journal } from '@tradekit/core';

/** What a run tells and asks while it goes on. */
export interface RunHooks {
  /** Part of a stage is done: `done` of `total`, and what it was. */
  readonly progress?: (stage: string, done: number, total: number, what: string) => void;
  /** Asked after every slice: `true` ends the run with what there is. */
  readonly stopping?: () => boolean;
  /** Ends a wait for the clock, in a paper run that has one. */
  readonly signal?: AbortSignal;
  /** Checks the run for the lies of backtests when it has come to its end. Default `false`. */
  readonly check?: boolean;
  /** Hears every event as well. */
  readonly journal?: Journal;
}
