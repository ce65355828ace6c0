import type { Feed, FeedStep, Timestamp } from '@tradekit/core';
import { expect, test } from 'vitest';
import { pacedFeed } from '../../src/run/paced-feed.js';

const FOREVER = Number.POSITIVE_INFINITY as Timestamp;

/** A feed of clock steps at these times. */
function feedOf(...times: readonly number[]): Feed {
  const steps = times.map((time): FeedStep => ({ kind: 'clock', time: time as Timestamp }));
  return { next: () => Promise.resolve(steps.shift()) };
}

async function timesOf(feed: Feed): Promise<readonly number[]> {
  const times: number[] = [];
  for (let step = await feed.next(FOREVER); step !== undefined; step = await feed.next(FOREVER)) times.push(step.time);
  return times;
}

test('gives the same steps as fast as possible', async () => {
  expect(await timesOf(pacedFeed(feedOf(5, 6, 900_000), { speed: 'max', now: () => 0 }))).toEqual([5, 6, 900_000]);
});

test('gives a step no earlier than its time, divided by the speed', async () => {
  const began = performance.now();
  const feed = pacedFeed(feedOf(0, 30_000, 60_000), { speed: 1000, now: () => performance.now() });
  await feed.next(FOREVER);
  await feed.next(FOREVER);
  expect(performance.now() - began).toBeGreaterThan(28);
  await feed.next(FOREVER);
  expect(performance.now() - began).toBeGreaterThan(58);
});

test('does not drift: a step that was late does not delay the next', async () => {
  let now = 0;
  const feed = pacedFeed(feedOf(0, 1000, 2000), { speed: 1, now: () => now });
  await feed.next(FOREVER);
  now = 5000;
  const began = performance.now();
  await feed.next(FOREVER);
  await feed.next(FOREVER);
  expect(performance.now() - began).toBeLessThan(500);
});

test('ends when it is interrupted while it waits', async () => {
  const controller = new AbortController();
  const feed = pacedFeed(feedOf(0, 3_600_000), { speed: 1, now: () => performance.now(), signal: controller.signal });
  await feed.next(FOREVER);
  setTimeout(() => controller.abort(), 10);
  expect(await feed.next(FOREVER)).toBeUndefined();
});
