/** From a plan and a history to a model that can be had at a time. */
import type { BarFeed, BarHistory } from '@tradekit/core';
import { type FeatureColumns, featureColumns } from '@tradekit/indicators';
import type { TrainingSet } from '../boosting/training-set.js';
import { rowsAt, trainingSet } from '../columns.js';
import { fail } from '../error.js';
import { type DriftBaseline, driftBaseline } from '../evaluation/drift.js';
import { type Samples, samplesOf } from '../folds/samples.js';
import { lastPart } from '../folds/walk-forward.js';
import type { Labels } from '../labels/labels.js';
import { trainAll } from '../workers/train-all.js';
import { fitClasses } from './class-calibration.js';
import { type DatedModel, datedModel, type Member, meanOf } from './dated-model.js';
import { identityFor } from './identify.js';
import type { Recipe } from './plan.js';

/** What there is to train on: features and labels of one history, and the samples that have both. */
export interface TrainingData {
  readonly columns: FeatureColumns;
  readonly labels: Labels;
  readonly samples: Samples;
  /** At cells; `undefined` where all samples count alike. */
  readonly weights: Float64Array | undefined;
  /** End of each row, milliseconds since 1970 UTC. */
  readonly ends: Float64Array;
  /** Hash of the bars. */
  readonly data: string;
  readonly feed: BarFeed;
}

/**
 * Features, labels and samples of a history; `data` is the hash of its bars. Throws `MlError` `SAMPLES_NONE` when no row has both features and a label, with the features
 * that have no value anywhere; and what features and labels throw.
 */
export function trainingData(recipe: Recipe, history: BarHistory, data: string): TrainingData {
  const columns = featureColumns(recipe.features, history);
  return dataOf(recipe, columns, recipe.labels(history), { ends: history.ends, data, feed: history.feed ?? 'unknown' });
}

/** {@link trainingData} of columns that are there already. Throws likewise. */
export function dataOf(
  recipe: Recipe,
  columns: FeatureColumns,
  labels: Labels,
  { ends, data, feed }: Pick<TrainingData, 'ends' | 'data' | 'feed'>,
): TrainingData {
  const isWhole = (cell: number): boolean => columns.columns.every((column) => !Number.isNaN(column[cell]!));
  const hasAny = (cell: number): boolean => columns.columns.some((column) => !Number.isNaN(column[cell]!));
  const samples = samplesOf(labels, recipe.dropsMissing ? isWhole : hasAny);
  if (samples.rows.length === 0) {
    const empty = columns.names.filter((_, k) => columns.columns[k]!.every(Number.isNaN));
    const reason = empty.length === 0 ? '' : `; there is never a value of ${empty.join(', ')}`;
    const message = `no row has all features and a label${reason}; give more data, shorter features or missing: keep`;
    fail('SAMPLES_NONE', message, { rows: labels.rows });
  }
  return { columns, labels, samples, weights: recipe.weights(labels), ends, data, feed };
}

/** Told while a model is trained: rounds done of those asked for, over all members. */
export type FitProgress = (done: number, total: number) => void;

/**
 * Trains on the samples at `places`, ascending: their end is kept for the calibration, the end of the rest for early stopping, and whatever overlaps these is dropped. Throws
 * `MlError` as the trainer and `lastPart` do.
 */
export function fit(recipe: Recipe, data: TrainingData, places: Int32Array, onProgress?: FitProgress): DatedModel {
  const parts = partsOf(recipe, data, places);
  const { members: count, rounds } = recipe;
  const members = Array.from({ length: count }, (_, member) => {
    const trainer = recipe.trainer(member, (round) => onProgress?.(member * rounds + round, count * rounds));
    return trainer.train(parts.train, parts.validation);
  });
  onProgress?.(count * rounds, count * rounds);
  return finished(recipe, data, parts, members);
}

/** {@link fit} with boosted trees grown in a thread beside the caller's: the same model to the bit. Rejects with what `fit` throws, and as `trainAll` does. */
export async function fitBeside(
  recipe: Recipe,
  data: TrainingData,
  places: Int32Array,
  onProgress: FitProgress = () => {},
): Promise<DatedModel> {
  const parts = partsOf(recipe, data, places);
  const { members: count, rounds } = recipe;
  const jobs = Array.from({ length: count }, (_, member) => recipe.options(member)).flatMap((options) =>
    options === undefined
      ? []
      : [{ options, set: parts.train, ...(parts.validation === undefined ? {} : { validation: parts.validation }) }],
  );
  if (jobs.length < count) return fit(recipe, data, places, onProgress);
  const onRound = (member: number, round: number): void => onProgress(member * rounds + round, count * rounds);
  const members = await trainAll(jobs, { workers: 1, onRound });
  onProgress(count * rounds, count * rounds);
  return finished(recipe, data, parts, members);
}

/** What the samples of a training are for. */
interface Parts {
  readonly places: Int32Array;
  readonly train: TrainingSet;
  readonly validation: TrainingSet | undefined;
  /** Cells to calibrate on. */
  readonly judged: Int32Array | undefined;
}

function partsOf({ calibration, validationFraction }: Recipe, data: TrainingData, places: Int32Array): Parts {
  const outer =
    calibration.kind === 'none' ? undefined : lastPart(data.samples, places, { fraction: calibration.fraction });
  const rest = outer?.train ?? places;
  const inner = validationFraction === 0 ? undefined : lastPart(data.samples, rest, { fraction: validationFraction });
  return {
    places,
    train: setAt(data, inner?.train ?? rest),
    validation: inner === undefined ? undefined : setAt(data, inner.test),
    judged: outer === undefined ? undefined : cellsAt(data, outer.test),
  };
}

function finished(
  recipe: Recipe,
  data: TrainingData,
  { places, judged }: Parts,
  members: readonly Member[],
): DatedModel {
  const { calibration: asked } = recipe;
  return datedModel({
    identity: identityFor(recipe, data, places),
    members,
    calibration:
      asked.kind === 'none' || judged === undefined
        ? []
        : fitClasses(asked.kind, meanOf(members, rowsAt(data.columns, judged)), valuesAt(data.labels.classes, judged)),
    drift: data.columns.columns.map((column) => baselineOf(valuesAt(column, cellsAt(data, places)))),
  });
}

/** The cells of samples. */
export function cellsAt({ samples }: TrainingData, places: Int32Array): Int32Array {
  return places.map((place) => samples.cells[place]!);
}

/** A column at some cells. */
export function valuesAt(column: Float64Array, cells: Int32Array): Float64Array {
  const out = new Float64Array(cells.length);
  for (let row = 0; row < cells.length; row++) out[row] = column[cells[row]!]!;
  return out;
}

function setAt(data: TrainingData, places: Int32Array): TrainingSet {
  return trainingSet(data.columns, data.labels, cellsAt(data, places), data.weights);
}

/** Of a feature that is always missing: nothing but the missing part. */
function baselineOf(values: Float64Array): DriftBaseline {
  if (!values.every(Number.isNaN)) return driftBaseline(values);
  return { limits: new Float64Array(0), parts: Float64Array.of(0, 1) };
}
