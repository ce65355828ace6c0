import { newYorkMinute, type Timestamp } from '@tradekit/core';
import type { TrainingData } from './fit.js';
import type { ModelIdentity } from './identity.js';
import type { Recipe } from './plan.js';

/** The identity of a model that is trained, stopped and calibrated on the samples at `places`. */
export function identityFor(recipe: Recipe, data: TrainingData, places: Int32Array): ModelIdentity {
  const { labels, samples, ends, columns } = data;
  const sums = [0, 0, 0];
  const counts = [0, 0, 0];
  let lastRow = 0;
  let [earliest, latest] = [Number.POSITIVE_INFINITY, 0];
  for (const place of places) {
    const cell = samples.cells[place]!;
    const own = labels.classes[cell]!;
    sums[own]! += labels.returns[cell]!;
    counts[own]! += 1;
    lastRow = Math.max(lastRow, samples.last[place]!);
    const minute = newYorkMinute(ends[samples.rows[place]!] as Timestamp);
    earliest = Math.min(earliest, minute);
    latest = Math.max(latest, minute);
  }
  return {
    features: columns.text,
    definitions: recipe.definitions,
    labels: labels.text,
    trainer: recipe.text,
    data: data.data,
    feed: data.feed,
    knownAt: ends[lastRow]!,
    horizonBars: recipe.horizonBars,
    classReturns: sums.map((sum, own) => (counts[own] === 0 ? 0 : sum / counts[own]!)),
    minutes: [earliest, latest],
    dropsMissing: recipe.dropsMissing,
  };
}
