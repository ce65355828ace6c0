/** What a model was trained on: it stands in every file of it, and is compared before the model is asked anything. */
import { createHash } from 'node:crypto';
import type { BarFeed } from '@tradekit/core';
import { type FeatureDefinition, featureSet } from '@tradekit/indicators';
import { fail } from '../error.js';

/** Where a model comes from. */
export interface ModelIdentity {
  /** `FeatureSet.text` of its features: equal texts are equal numbers. */
  readonly features: string;
  /** The list that its features were made of. */
  readonly definitions: readonly FeatureDefinition[];
  /** `Labels.text` of its labels. */
  readonly labels: string;
  /** The trainer and everything else that was asked for. */
  readonly trainer: string;
  /** Hash of the bars, as 64 hexadecimal digits. */
  readonly data: string;
  /** Whose trades the bars were made of. */
  readonly feed: BarFeed;
  /** When the last row that it has learned from had ended, milliseconds since 1970 UTC: before, nobody could have had it. */
  readonly knownAt: number;
  /** Bars from entry to exit of its labels. */
  readonly horizonBars: number;
  /** Mean return of the training samples that went down, stayed flat and went up, as fractions before costs. */
  readonly classReturns: readonly number[];
  /** The New York minutes of the day at which its first and last decision of a session were trained. */
  readonly minutes: readonly [first: number, last: number];
  /** A row with a missing feature was left out of its training. */
  readonly dropsMissing: boolean;
}

/** SHA-256 over data, feed, features and labels: what a model may not be parted from. */
export function identityHash({ data, feed, features, labels }: ModelIdentity): string {
  return createHash('sha256')
    .update(JSON.stringify([data, feed, features, labels]))
    .digest('hex');
}

/**
 * Throws `MlError` `FEATURES_DIFFER` unless features are computed as those that a model was trained on, whatever their names, with the first that differs.
 */
export function requireFeatures({ features }: ModelIdentity, text: string): void {
  if (features === text) return;
  const trained = features.split('\n');
  const given = text.split('\n');
  const place = trained.findIndex((line, k) => line !== given[k]);
  const [was, is] = [trained[place] ?? 'nothing more', given[place < 0 ? trained.length : place] ?? 'nothing'];
  fail('FEATURES_DIFFER', `the model was trained on the feature "${was}" and is given "${is}"; train it again`, {
    was,
    is,
  });
}

/** Throws `MlError` `FEED_DIFFERS` when bars are of another feed than a model was trained on, unless that is listed. */
export function requireFeed({ feed: trained }: ModelIdentity, feed: BarFeed, listed: readonly BarFeed[] = []): void {
  if (feed === trained || listed.includes(feed)) return;
  const message = `the model was trained on bars of the feed "${trained}" and is given "${feed}"; train it on these, or list "${feed}" in feeds if you know them to be alike`;
  fail('FEED_DIFFERS', message, { trained, feed });
}

/** An identity as the attributes of a model file. */
export function attributesOf(identity: ModelIdentity): Readonly<Record<string, string>> {
  return { 'tradekit.identity': JSON.stringify(identity), 'tradekit.hash': identityHash(identity) };
}

/**
 * The identity in the attributes of a model file. Throws `MlError` `MODEL_IDENTITY` when there is none, or one that does not fit its own hash; `FEATURES_DIFFER`
 * when its list of features does not make the features it names, as after an indicator has changed.
 */
export function identityOf(attributes: Readonly<Record<string, string>>): ModelIdentity {
  const text = attributes['tradekit.identity'];
  if (text === undefined) {
    return fail('MODEL_IDENTITY', 'the model file does not say what it was trained on; use one that training has left');
  }
  const identity = JSON.parse(text) as ModelIdentity;
  if (identityHash(identity) !== attributes['tradekit.hash']) {
    fail(
      'MODEL_IDENTITY',
      'what the model file says of its training does not fit its hash; it is damaged: train again',
    );
  }
  requireFeatures(identity, featureSet(identity.definitions).text);
  return identity;
}
