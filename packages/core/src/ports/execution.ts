import type { Side } from '../orders/request.js';
import type { Timestamp } from '../time/timestamp.js';

/** An entry that is being worked, as an execution algorithm sees it. */
export interface ExecutionProgress {
  readonly side: Side;
  /** Shares that the stance wants in all, and how many of them are held or working already. */
  readonly total: number;
  readonly done: number;
  /** When the stance was taken, and now. */
  readonly startedAt: Timestamp;
  readonly now: Timestamp;
  /** Last mark. */
  readonly price: number;
}

/** What may be ordered now, and when to ask again. */
export interface ExecutionStep {
  /** Shares, at least 0; more than is missing counts as all of it. */
  readonly quantity: number;
  /** When to ask again; `undefined`: at the next event that concerns the book. */
  readonly again: Timestamp | undefined;
}

/**
 * Cuts an entry into child orders. A pure value: the same progress gives the same step, so that nothing has to be remembered over
 * a restart. Children are approved one by one like every other order, and a halt, a flat or a reversal ends the rest of them.
 */
export interface ExecutionAlgorithm {
  readonly name: string;
  /** Smallest time between two steps. A run whose bars are longer refuses it: the data could not show what it does. */
  readonly intervalMs: number;
  /** The next step of an entry. Asked after every event that concerns its book, and when `again` has come. */
  next(progress: ExecutionProgress): ExecutionStep;
}
