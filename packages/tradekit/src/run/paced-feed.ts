/** A recorded feed at the speed of a clock. */
import { setImmediate, setTimeout } from 'node:timers/promises';
import type { Feed, FeedStep, Timestamp } from '@tradekit/core';

/** How a feed is paced. */
export interface Pace {
  /** How many times real time; `max` as fast as it goes. */
  readonly speed: number | 'max';
  /** Milliseconds of the clock that is waited for. */
  readonly now: () => number;
  /** Ends a wait, and with it the feed. */
  readonly signal?: AbortSignal;
}

/** Steps between two turns of the event loop: signals and timers of the process are heard in them. */
const STEPS_A_TURN = 256;

/**
 * The same steps, each given when its time has come: the time since the first one, divided by the speed. Steps and their order
 * are those of the feed, so that a run comes to the same at any speed.
 */
export function pacedFeed(feed: Feed, pace: Pace): Feed {
  return pace.speed === 'max' ? unpaced(feed) : new PacedFeed(feed, pace, pace.speed);
}

function unpaced(feed: Feed): Feed {
  let steps = 0;
  return {
    async next(until) {
      steps += 1;
      if (steps % STEPS_A_TURN === 0) await setImmediate();
      return feed.next(until);
    },
  };
}

class PacedFeed implements Feed {
  readonly #feed: Feed;
  readonly #pace: Pace;
  readonly #speed: number;
  #first: { readonly time: Timestamp; readonly at: number } | undefined;

  constructor(feed: Feed, pace: Pace, speed: number) {
    this.#feed = feed;
    this.#pace = pace;
    this.#speed = speed;
  }

  async next(until: Timestamp): Promise<FeedStep | undefined> {
    const step = await this.#feed.next(until);
    if (step === undefined) return undefined;
    const now = this.#pace.now();
    this.#first ??= { time: step.time, at: now };
    const due = this.#first.at + (step.time - this.#first.time) / this.#speed;
    return (await this.#waited(due - now)) ? step : undefined;
  }

  /** Waits at least for one turn of the event loop; `false` when it was ended. */
  async #waited(ms: number): Promise<boolean> {
    const { signal } = this.#pace;
    try {
      await setTimeout(Math.max(0, ms), undefined, signal === undefined ? {} : { signal });
      return true;
    } catch (error) {
      if (signal?.aborted === true) return false;
      throw error;
    }
  }
}
