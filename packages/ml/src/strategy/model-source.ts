/** Where the model of a slice comes from. */
import type { BarFeed, MarketView } from '@tradekit/core';
import type { FeatureDefinition } from '@tradekit/indicators';
import { fail } from '../error.js';
import { type DatedModel, modelAt } from '../folder/dated-model.js';
import { requireFeed } from '../folder/identity.js';

/** Models by time. */
export interface ModelSource {
  /** The features that all of them are given. */
  readonly definitions: readonly FeatureDefinition[];
  /** The model to ask in a slice; `undefined` while there is none. Called once a decision slice, in their order. */
  at(market: MarketView): DatedModel | undefined;
}

/**
 * Models that were trained before, for bars of a feed: in each slice the newest of those that could be had by then. Throws `MlError` `FEED_DIFFERS` when one was trained on another feed
 * that is not listed, `FEATURES_DIFFER` when they were not all trained on the same features, `MODEL_MEMBERS` when there is none.
 */
export function trainedModels(
  models: readonly DatedModel[],
  feed: BarFeed,
  listed: readonly BarFeed[] = [],
): ModelSource {
  const [first] = models;
  if (first === undefined) return fail('MODEL_MEMBERS', 'there is no model to trade on; train one');
  for (const { identity } of models) {
    requireFeed(identity, feed, listed);
    if (identity.features === first.identity.features) continue;
    fail('FEATURES_DIFFER', 'the models were trained on different features; keep those of one training together');
  }
  return { definitions: first.identity.definitions, at: ({ time }) => modelAt(models, time) };
}
