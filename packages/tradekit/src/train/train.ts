/** A training from a config to the folder that it leaves behind. */
import { join } from 'node:path';
import { isoTime, type Timestamp, TradekitError } from '@tradekit/core';
import { FOLDS, identityHash, type ProbabilityBucket } from '@tradekit/ml';
import type { RunConfig } from '../config/config.js';
import type { RunHooks } from '../run/hooks.js';
import { type Control, controlsOf } from './controls.js';
import { type Figures, figuresBy, figuresOf, tradesOf } from './figures.js';
import { type DoneFold, openFolder } from './fold-store.js';
import { type Preparation, prepared } from './prepare.js';
import { everyPlace, type Tested, testedOf } from './tested.js';
import { lastFold, namedFolds, trainFolds } from './train-folds.js';
import { writeTraining } from './write.js';

/** A fold in the summary. */
export interface FoldSummary extends Figures {
  readonly name: string;
  readonly trainSamples: number;
  /** When the model of the fold could be had, ISO 8601. */
  readonly knownAt: string;
  /** End of its first and its last tested row. */
  readonly firstTest: string;
  readonly lastTest: string;
  readonly rounds: readonly number[];
}

/** Everything that `train.json` says. */
export interface TrainSummary {
  readonly name: string;
  /** Of the bars. */
  readonly data: string;
  /** Of data, feed, features and labels: what stands in every model file. */
  readonly hash: string;
  readonly feed: string;
  readonly features: readonly string[];
  readonly labels: string;
  readonly trainer: string;
  /** Symbols, by their place. */
  readonly symbols: readonly string[];
  readonly samples: number;
  /** Of one side. */
  readonly costBps: number;
  readonly overall: Figures;
  /** The same on labels that nothing can be learned from. */
  readonly controls: readonly Control[];
  readonly trades: readonly ProbabilityBucket[];
  readonly folds: readonly FoldSummary[];
  readonly bySymbol: readonly (readonly [string, Figures])[];
  readonly byHour: readonly (readonly [number, Figures])[];
  readonly importance: readonly {
    readonly feature: string;
    readonly gain: number | null;
    readonly permutation: number | null;
  }[];
  /** When the last model, which has learned from everything, can be had. */
  readonly knownAt: string;
}

/** A training that is done. */
export interface Trained {
  readonly folder: string;
  readonly summary: TrainSummary;
  readonly warnings: readonly string[];
}

/** What everything in the folder is made of. */
export interface TrainingRecord {
  readonly preparation: Preparation;
  readonly tested: Tested;
  readonly summary: TrainSummary;
}

/**
 * Trains every fold and the last model, and writes the model folder. Folds that the same training has stored before are taken as they are, so that one that was killed comes to the same
 * bytes. Throws `ConfigError`, `DataError`, `MlError`, and `TradekitError` `MODEL_FOLDER_WRITE` where the file system refuses.
 */
export async function trainToFolder(config: RunConfig, hooks: Pick<RunHooks, 'progress'> = {}): Promise<Trained> {
  const progress = hooks.progress ?? (() => {});
  const preparation = await prepared(config, hooks);
  const { train, recipe, data, folds, bars } = preparation;
  return written(train.output, async () => {
    openFolder(train.output, preparation.plan);
    const all = [...namedFolds(folds), lastFold(data)];
    const run = { recipe, data, train, isMeasured: true };
    const done = await trainFolds(run, all, join(train.output, FOLDS), (...part) => progress('training', ...part));
    const controls = train.controls ? await controlsOf(preparation, progress) : [];
    progress('measuring', 0, 1, '');
    const tested = testedOf(data, folds, done, bars.history);
    const summary = summaryOf(config, preparation, done, tested, controls);
    writeTraining({ preparation, tested, summary });
    progress('measuring', 1, 1, '');
    return { folder: train.output, summary, warnings: bars.warnings };
  });
}

function summaryOf(
  config: RunConfig,
  { data, bars, train: { costBps } }: Preparation,
  done: readonly DoneFold[],
  tested: Tested,
  controls: readonly Control[],
): TrainSummary {
  const time = (row: number): string => isoTime(data.ends[row]! as Timestamp);
  const symbols = bars.history.universe.instruments.map(({ id }) => id);
  const last = done.at(-1)!;
  const folds = figuresBy(tested, tested.fold, costBps).map(([fold, figures]): FoldSummary => {
    const { note, model } = done[fold]!;
    return {
      name: note.name,
      trainSamples: note.trainSamples,
      knownAt: isoTime(model.identity.knownAt as Timestamp),
      firstTest: time(tested.row[tested.fold.indexOf(fold)]!),
      lastTest: time(tested.row[tested.fold.lastIndexOf(fold)]!),
      rounds: note.rounds,
      ...figures,
    };
  });
  return {
    name: config.name,
    data: data.data,
    hash: identityHash(last.model.identity),
    feed: data.feed,
    features: data.columns.names,
    labels: data.labels.text,
    trainer: last.model.identity.trainer,
    symbols,
    samples: data.samples.rows.length,
    costBps,
    overall: figuresOf(tested, everyPlace(tested), costBps),
    controls,
    trades: tradesOf(tested, costBps),
    folds,
    bySymbol: figuresBy(tested, tested.instrument, costBps).map(([i, figures]) => [symbols[i]!, figures] as const),
    byHour: figuresBy(tested, tested.hour, costBps),
    importance: importanceOf(data.columns.names, done),
    knownAt: isoTime(last.model.identity.knownAt as Timestamp),
  };
}

/** Means over the folds. */
function importanceOf(features: readonly string[], done: readonly DoneFold[]): TrainSummary['importance'] {
  const mean = (lists: readonly (readonly number[])[], k: number): number | null =>
    lists.length === 0 ? null : lists.reduce((sum, own) => sum + own[k]!, 0) / lists.length;
  const gains = done.map(({ note }) => note.gain).filter(({ length }) => length > 0);
  const shuffled = done.map(({ note }) => note.permutation).filter(({ length }) => length > 0);
  return features.map((feature, k) => ({ feature, gain: mean(gains, k), permutation: mean(shuffled, k) }));
}

/** What the file system refuses is told with the folder, and what to do. */
async function written<T>(folder: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    const message = `the model folder "${folder}" cannot be written: ${error.message}; name another one in train.output, or make room`;
    throw new TradekitError('MODEL_FOLDER_WRITE', message, { folder }, { cause: error });
  }
}
