/** What models say of samples that they were not trained on: the only thing that weights and stacks can be fitted to. */
import type { AsyncTrainer } from '../async-ports.js';
import type { Trainer, TrainingSet } from '../boosting/training-set.js';
import { rowsAt } from '../columns.js';
import { fail } from '../error.js';
import type { Fold, Samples } from '../folds/samples.js';
import type { Model } from '../trees/model.js';
import { requireFolds } from './fold-check.js';

/** A training set without its cells: the samples have them. */
export type FoldColumns = Omit<TrainingSet, 'cells'>;

let sealed: (predictions: Predictions) => OutOfFold;

/** What is in {@link OutOfFold}. */
interface Predictions {
  readonly features: readonly string[];
  readonly outputs: number;
  readonly cells: Int32Array;
  readonly rows: Int32Array;
  readonly last: Int32Array;
  readonly answers: Float64Array;
}

/**
 * Predictions of samples by models that had been trained on others, none of whose labels overlaps theirs. Only {@link outOfFold} and {@link outOfFoldAsync} make
 * them: they train the models themselves, so predictions of what was trained on cannot be passed off as these.
 */
export class OutOfFold {
  readonly #predictions: Predictions;

  private constructor(predictions: Predictions) {
    this.#predictions = predictions;
  }

  static {
    sealed = (predictions) => new OutOfFold(predictions);
  }

  /** Whether a value is one, and not only of its shape. */
  static is(value: unknown): value is OutOfFold {
    return typeof value === 'object' && value !== null && #predictions in value;
  }

  /** Names of the features that the models were trained on, in their order. */
  get features(): readonly string[] {
    return this.#predictions.features;
  }
  /** Numbers a sample: one, or one a class. */
  get outputs(): number {
    return this.#predictions.outputs;
  }
  /** The cells of the samples, in their order. */
  get cells(): Int32Array {
    return this.#predictions.cells.slice();
  }
  /** The rows of their decisions. */
  get rows(): Int32Array {
    return this.#predictions.rows.slice();
  }
  /** The last rows that their labels look at. */
  get last(): Int32Array {
    return this.#predictions.last.slice();
  }
  /** What was said, cell `sample * outputs + output`. */
  get answers(): Float64Array {
    return this.#predictions.answers.slice();
  }
}

/**
 * Trains for every fold and predicts what it tests. Throws what the trainer throws, and `MlError` `FOLD_OVERLAP` when a label that is trained on looks at a row that a tested one looks at,
 * `FOLD_SAMPLES` when a sample is tested twice or does not exist, `FOLD_EMPTY` when there is no fold, `MEMBERS_DIFFER` when folds have models of other outputs.
 */
export function outOfFold(
  trainer: Trainer,
  columns: FoldColumns,
  samples: Samples,
  folds: readonly Fold[],
  validation?: TrainingSet,
): OutOfFold {
  const tested = requireFolds(samples, folds);
  const answers = folds.map((fold) =>
    answerOf(trainer.train(setAt(columns, samples, fold.train), validation), columns, samples, fold),
  );
  return joined(columns, samples, folds, tested, answers);
}

/** {@link outOfFold} with a trainer that trains elsewhere, fold after fold. Rejects likewise. */
export async function outOfFoldAsync(
  trainer: AsyncTrainer,
  columns: FoldColumns,
  samples: Samples,
  folds: readonly Fold[],
  validation?: TrainingSet,
): Promise<OutOfFold> {
  const tested = requireFolds(samples, folds);
  const answers: Answer[] = [];
  for (const fold of folds) {
    const model = await trainer.train(setAt(columns, samples, fold.train), validation);
    answers.push(answerOf(model, columns, samples, fold));
  }
  return joined(columns, samples, folds, tested, answers);
}

interface Answer {
  readonly outputs: number;
  readonly numbers: Float64Array;
}

function setAt(columns: FoldColumns, { cells }: Samples, places: Int32Array): TrainingSet {
  return { ...columns, cells: places.map((place) => cells[place]!) };
}

function answerOf(model: Model, columns: FoldColumns, samples: Samples, { test }: Fold): Answer {
  const cells = test.map((place) => samples.cells[place]!);
  const numbers = model.predict(rowsAt({ names: columns.features, columns: columns.columns }, cells));
  return { outputs: model.outputs, numbers };
}

function joined(
  { features }: FoldColumns,
  samples: Samples,
  folds: readonly Fold[],
  tested: Int32Array,
  answers: readonly Answer[],
): OutOfFold {
  const outputs = answers[0]!.outputs;
  if (answers.some((own) => own.outputs !== outputs)) {
    fail('MEMBERS_DIFFER', 'the models of folds answer other counts of numbers; use one trainer for all');
  }
  const all = new Float64Array(samples.cells.length * outputs);
  for (const [index, { test }] of folds.entries()) {
    const { numbers } = answers[index]!;
    for (const [row, place] of test.entries()) {
      all.set(numbers.subarray(row * outputs, (row + 1) * outputs), place * outputs);
    }
  }
  const said = new Float64Array(tested.length * outputs);
  for (const [row, place] of tested.entries()) {
    said.set(all.subarray(place * outputs, (place + 1) * outputs), row * outputs);
  }
  return sealed({
    features: [...features],
    outputs,
    cells: tested.map((place) => samples.cells[place]!),
    rows: tested.map((place) => samples.rows[place]!),
    last: tested.map((place) => samples.last[place]!),
    answers: said,
  });
}
