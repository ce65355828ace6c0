/** Why nothing was done, counted. */
import { isoTime, type Timestamp } from '@tradekit/core';

/** One reason. */
interface Kept {
  count: number;
  readonly first: Timestamp;
  last: Timestamp;
}

/** What a strategy on a model says of the slices in which it abstained. */
export class Abstentions {
  readonly #reasons = new Map<string, Kept>();

  /** One more, at a slice. */
  add(reason: string, time: Timestamp): void {
    const kept = this.#reasons.get(reason);
    if (kept === undefined) {
      this.#reasons.set(reason, { count: 1, first: time, last: time });
      return;
    }
    kept.count += 1;
    kept.last = time;
  }

  /** One sentence a reason, in the order in which they came up. */
  texts(): readonly string[] {
    return [...this.#reasons].map(
      ([reason, { count, first, last }]) =>
        `abstained ${count} times from ${isoTime(first)} to ${isoTime(last)}: ${reason}`,
    );
  }
}
