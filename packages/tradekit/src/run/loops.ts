/** The two loops of the runner: recorded bars through the synchronous one, or played as a live feed through the asynchronous one. */
import { setImmediate } from 'node:timers/promises';
import type { SimulatedVenue } from '@tradekit/brokers/simulated';
import { type LoopParts, runAsync, runSync } from '@tradekit/core';
import { type Pace, pacedFeed } from './paced-feed.js';

/** Slices between two turns of the event loop: a signal of the process is heard in them. */
const SLICES_A_TURN = 128;

/**
 * Drives a venue to the end of its data with the synchronous loop. It gives the process a turn now and then: the loop's state is
 * in its parts alone, so that going on is calling it again.
 */
export async function runBacktest(parts: LoopParts, venue: SimulatedVenue): Promise<void> {
  let slices = 0;
  let isPaused = true;
  let isOver = false;
  const stopping = (): boolean => {
    slices += 1;
    isOver = parts.stopping?.() === true;
    isPaused = slices % SLICES_A_TURN === 0;
    return isOver || isPaused;
  };
  while (isPaused && !isOver) {
    await setImmediate();
    isPaused = false;
    runSync({ ...parts, stopping }, venue);
  }
}

/** Plays the same data as a live feed, with the venue as the broker, at the pace of a clock. */
export async function runPaper(parts: LoopParts, venue: SimulatedVenue, pace: Pace): Promise<void> {
  await venue.connect();
  try {
    await runAsync(parts, pacedFeed(venue, pace), venue);
  } finally {
    await venue.close();
  }
}
