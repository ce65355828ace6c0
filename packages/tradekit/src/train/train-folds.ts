/** Trains folds, several at once, or takes those that are stored. */
import { availableParallelism } from 'node:os';
import {
  cellsAt,
  type DatedModel,
  type FitProgress,
  type Fold,
  fitBeside,
  gainImportance,
  logLoss,
  permutationImportance,
  type Recipe,
  rowsAt,
  type TrainingData,
  valuesAt,
} from '@tradekit/ml';
import type { TrainContent } from '../config/train-content.js';
import { type DoneFold, type FoldNote, storedFold, storeFold } from './fold-store.js';

/** A fold with its test, and its name. */
export interface NamedFold extends Fold {
  readonly name: string;
}

/** What the folds of a run are trained with. */
export interface FoldsRun {
  readonly recipe: Recipe;
  readonly data: TrainingData;
  readonly train: Pick<TrainContent, 'importance' | 'workers'>;
  /** A feature's importance is measured; controls have no use for it. */
  readonly isMeasured: boolean;
}

/** Folds by number, and at the end the model that is trained on everything and tested on nothing. */
export function namedFolds(folds: readonly Fold[]): readonly NamedFold[] {
  const width = Math.max(2, String(folds.length).length);
  return folds.map((fold, k) => ({ ...fold, name: `fold-${String(k + 1).padStart(width, '0')}` }));
}

/** The model that is trained on everything and tested on nothing. */
export function lastFold({ samples }: TrainingData): NamedFold {
  return { name: 'last', train: Int32Array.from(samples.rows, (_, place) => place), test: new Int32Array(0) };
}

/**
 * Every fold, in the folder when this is over. What is stored there already is not trained again. Rejects with what training throws; folds that were done
 * stay.
 */
export async function trainFolds(
  run: FoldsRun,
  folds: readonly NamedFold[],
  folder: string,
  progress: (done: number, total: number, what: string) => void,
): Promise<readonly DoneFold[]> {
  const { workers = Math.max(1, availableParallelism() - 1) } = run.train;
  const rounds = run.recipe.rounds * run.recipe.members;
  const reached = new Map<string, number>();
  const done: DoneFold[] = [];
  const waiting = folds.entries();
  const serve = async (): Promise<void> => {
    for (const [place, fold] of waiting) {
      const onProgress: FitProgress = (round) => {
        reached.set(fold.name, round);
        const all = [...reached.values()].reduce((sum, own) => sum + own, 0);
        progress(all, rounds * folds.length, fold.name);
      };
      const stored = storedFold(folder, fold.name);
      done[place] = stored ?? (await trainedFold(run, fold, folder, onProgress));
      onProgress(rounds, rounds);
    }
  };
  await Promise.all(Array.from({ length: Math.min(workers, folds.length) }, serve));
  return done;
}

async function trainedFold(run: FoldsRun, fold: NamedFold, folder: string, onProgress: FitProgress): Promise<DoneFold> {
  const { recipe, data } = run;
  const model = await fitBeside(recipe, data, fold.train, onProgress);
  const said = model.predict(rowsAt(data.columns, cellsAt(data, fold.test)));
  const done = { note: noteOf(run, fold, model), model, said };
  storeFold(folder, done);
  return done;
}

function noteOf(run: FoldsRun, fold: NamedFold, model: DatedModel): FoldNote {
  const { data, isMeasured } = run;
  const counts = [0, 0, 0];
  for (const cell of cellsAt(data, fold.train)) counts[data.labels.classes[cell]!]! += 1;
  const gains = model.members.flatMap((member) => ('ensemble' in member ? [gainImportance(member.ensemble)] : []));
  const mean = (k: number): number => gains.reduce((sum, own) => sum + own[k]!, 0) / gains.length;
  return {
    name: fold.name,
    trainSamples: fold.train.length,
    testSamples: fold.test.length,
    rates: counts.map((count) => count / fold.train.length),
    rounds: model.members.map((member) => ('ensemble' in member ? Math.floor(member.ensemble.trees.length / 3) : 0)),
    gain: gains.length === 0 ? [] : model.features.map((_, k) => mean(k)),
    permutation: isMeasured && fold.test.length > 0 ? [...permutation(run, fold.test, model)] : [],
  };
}

/** On test rows at even distances, so many as the plan allows. */
function permutation({ data, train }: FoldsRun, test: Int32Array, model: DatedModel): Float64Array {
  const { repeats, sampleRows } = train.importance;
  const step = Math.max(1, Math.ceil(test.length / sampleRows));
  const places = test.filter((_, k) => k % step === 0);
  const cells = cellsAt(data, places);
  const classes = valuesAt(data.labels.classes, cells);
  return permutationImportance(model, rowsAt(data.columns, cells), {
    loss: (said) => logLoss(said, 3, classes),
    repeats,
  });
}
