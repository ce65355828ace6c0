/** From a config to what is trained: data, recipe, folds, and a hash of all that decides the result. */
import { createHash } from 'node:crypto';
import { ConfigError } from '@tradekit/core';
import { historyHash, type LoadedBars } from '@tradekit/data';
import {
  expandingFolds,
  type Fold,
  purgedFolds,
  type Recipe,
  recipeOf,
  rollingFolds,
  type Samples,
  type TrainingData,
  trainingData,
} from '@tradekit/ml';
import type { RunConfig } from '../config/config.js';
import type { FoldsContent, TrainContent } from '../config/train-content.js';
import { barsOf } from '../run/assemble.js';
import { given } from '../run/given.js';
import type { RunHooks } from '../run/hooks.js';
import { version } from '../version.js';

/** Everything that a training is made of. */
export interface Preparation {
  readonly train: TrainContent;
  readonly bars: LoadedBars;
  readonly recipe: Recipe;
  readonly data: TrainingData;
  readonly folds: readonly Fold[];
  /** What is written down before anything is trained: equal texts come to equal bytes. */
  readonly plan: string;
}

/** Rows with samples before the first test, or in each training, where the config does not say. */
const TRAIN_FRACTION = 0.4;

/** Loads the bars, fills features and labels, and cuts folds. Throws `ConfigError` without a `train` part, `DataError`, `MlError`. */
export async function prepared(config: RunConfig, hooks: Pick<RunHooks, 'progress'>): Promise<Preparation> {
  const { train, file } = config;
  if (train === undefined) {
    const message = `"${file}" has no train part; add one, for example train: {}`;
    throw new ConfigError('TRAIN_MISSING', message, { file });
  }
  const bars = await barsOf(config, hooks);
  const recipe = recipeOf(train.plan);
  hooks.progress?.('features and labels', 0, 1, '');
  const data = trainingData(recipe, bars.history, historyHash(bars.history));
  hooks.progress?.('features and labels', 1, 1, '');
  const { importance, controls, costBps } = train;
  const rest = { version: version(), folds: train.folds, importance, controls, costBps };
  const { labels, columns, feed } = data;
  const decides = { ...rest, data: data.data, feed, features: columns.text, labels: labels.text, trainer: recipe.text };
  const hash = createHash('sha256').update(JSON.stringify(decides)).digest('hex');
  return {
    train,
    bars,
    recipe,
    data,
    folds: foldsOf(data.samples, train.folds),
    plan: `${JSON.stringify({ hash, ...decides }, null, 2)}\n`,
  };
}

/** The folds that a config asks for. Throws `MlError`. */
export function foldsOf(samples: Samples, content: FoldsContent): readonly Fold[] {
  const rows = Math.max(1, Math.floor(new Set(samples.rows).size * TRAIN_FRACTION));
  const { folds } = content;
  switch (content.kind) {
    case 'expanding':
      return expandingFolds(samples, { folds, minTrainRows: content.minTrainRows ?? rows });
    case 'rolling':
      return rollingFolds(samples, { folds, trainRows: content.trainRows ?? rows });
    case 'purged': {
      const { embargoRows, embargoAfter } = content;
      return purgedFolds(samples, { folds, ...given({ embargoRows, embargoAfter }) });
    }
  }
}
