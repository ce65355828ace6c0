import { pathToFileURL } from 'node:url';
import type { AsyncTrainer } from '../async-ports.js';
import { type TrainingSet, targetsOf } from '../boosting/training-set.js';
import { fail } from '../error.js';
import { requireClasses } from '../linear/logistic.js';
import { entryOf } from '../optional-package.js';
import { find, listAt, parseJson } from '../trees/document.js';
import { type ReadOptions, requireLength, unsupported } from '../trees/limits.js';
import { type TreeModel, treeModel } from '../trees/tree-model.js';
import { ensembleOfBinary } from './binary.js';
import { inChild } from './child.js';
import { type MlXgboostOptions, type MlXgboostSettings, mlXgboostSettings, packageOptions } from './options.js';
import { isTrainAnswer, PROGRAM, type TrainAnswer, type TrainRequest } from './program.js';

const PACKAGE = 'ml-xgboost';
/** Values and targets together that the package can copy: it has five megabytes for both, and beyond them writes over other memory. */
const MOST_NUMBERS = 1_300_000;
/** What the package takes for missing, and cannot be told otherwise. */
const MISSING = -1;
/** The next number below it in single precision: a value of exactly −1 is trained on as this one, which no threshold parts from it. */
const BESIDE_MISSING = -1 - 2 ** -23;
/** Rows whose answers by the package are compared with ours. */
const CHECK_ROWS = 200;

/**
 * The npm package `ml-xgboost` 1.1 (XGBoost 0.7, `hist`), which the user installs, in a child process that is killed when it takes too long: the package can crash
 * the process it is in. Only for small data: rows × (features + 1) is at most 1,300,000. It knows no weights, no validation set (one is not used) and no progress.
 * The trees are read out of its model and scored by ours, so nothing but training needs the package, and `writeXgboostJson` saves them. Throws `MlError` `ML_OPTION` on options out of range.
 *
 * `train` rejects with `MlError`: `PACKAGE_MISSING`, `TRAIN_TOO_LARGE`, `TRAIN_WEIGHT` when the set has weights, `LABEL_MISSING`, `LABEL_CLASS`, `LABEL_ONE_CLASS`, `TRAIN_EMPTY`, `TRAIN_SHAPE`,
 * `VALUE_INFINITE`, `CHILD_CRASHED`, `CHILD_TIMEOUT`, `ML_XGBOOST_FAILED` with what the package said, and `MODEL_DIFFERS` when its answers are not those of the trees read.
 */
export function mlXgboost(options: MlXgboostOptions): AsyncTrainer<TreeModel> {
  const settings = mlXgboostSettings(options);
  const { timeoutMs, ...trained } = settings;
  return {
    text: `mlXgboost(${JSON.stringify(trained)})`,
    async train(set) {
      const targets = checked(set, settings);
      const mean = targets.reduce((sum, own) => sum + own, 0) / targets.length;
      const request: TrainRequest = {
        entry: pathToFileURL(entryOf(PACKAGE, import.meta.url)).href,
        options: packageOptions(settings, mean),
        values: valuesOf(set),
        width: set.features.length,
        targets,
        checkRows: Math.min(CHECK_ROWS, targets.length),
      };
      const answer = await inChild({ of: PACKAGE, program: PROGRAM, request, timeoutMs });
      if (!isTrainAnswer(answer)) return failed('it answered nothing that can be read');
      if (answer.kind === 'failed') return failed(answer.message);
      const model = treeModel(ensembleOfBinary(answer.model, { features: [...set.features] }));
      requireSame(model, set, answer);
      return model;
    },
  };
}

/**
 * Reads a model of `ml-xgboost`, the text of its `toJSON()`. The package takes −1 for missing: give NaN here. Throws `MlError` as `readXgboostJson`, and `MODEL_SYNTAX` when it holds no
 * model of that package.
 */
export function readMlXgboostJson(text: string, options: ReadOptions = {}): TreeModel {
  requireLength(text.length, options);
  const document = parseJson(text);
  const name = find(document, 'name');
  if (name !== PACKAGE) unsupported(`${name}`, `read a file of ${PACKAGE}`);
  const bytes = listAt(document, 'model');
  const stray = bytes.findIndex((own) => !(Number.isInteger(own) && Math.abs(Number(own)) < 256));
  if (stray >= 0) fail('MODEL_FIELD', `the model file has no byte at "model.${stray}"; it is damaged`);
  return treeModel(ensembleOfBinary(Uint8Array.from(bytes, Number), options));
}

/** The targets of a set that the package can be given. */
function checked(set: TrainingSet, { target }: MlXgboostSettings): Float64Array {
  const rows = set.cells.length;
  const numbers = rows * (set.features.length + 1);
  if (numbers > MOST_NUMBERS) {
    const message = `${rows} rows of ${set.features.length} features and a target are ${numbers} numbers, and ${PACKAGE} can take ${MOST_NUMBERS}; give fewer rows, or train with boosting`;
    fail('TRAIN_TOO_LARGE', message, { rows, features: set.features.length, most: MOST_NUMBERS });
  }
  const targets = targetsOf(set);
  if (set.weights !== undefined) fail('TRAIN_WEIGHT', `${PACKAGE} knows no weights; leave them out`);
  if (target.kind === 'number') return targets;
  requireClasses(targets, target.kind === 'classes' ? target.count : 2);
  if (targets.every((own) => own === targets[0])) {
    fail('LABEL_ONE_CLASS', 'all targets are of one class; there is nothing to tell apart');
  }
  return targets;
}

/** The rows of a set in single precision, with missing values as the package wants them. */
function valuesOf({ features, columns, cells }: TrainingSet): Float32Array {
  const width = columns.length;
  const values = new Float32Array(cells.length * width);
  for (const [feature, column] of columns.entries()) {
    for (let row = 0; row < cells.length; row++) {
      const value = Math.fround(column[cells[row]!]!);
      if (Math.abs(value) === Number.POSITIVE_INFINITY) {
        const name = features[feature]!;
        fail('VALUE_INFINITE', `feature "${name}" is infinite in single precision; give NaN where a value is missing`, {
          feature: name,
        });
      }
      values[row * width + feature] = Number.isNaN(value) ? MISSING : value === MISSING ? BESIDE_MISSING : value;
    }
  }
  return values;
}

function failed(message: string): never {
  return fail('ML_XGBOOST_FAILED', `${PACKAGE} could not train: ${message}; train with boosting`, { said: message });
}

/** Throws `MlError` `MODEL_DIFFERS` unless the trees that were read answer what the package answers. */
function requireSame(
  model: TreeModel,
  { features, columns, cells }: TrainingSet,
  { said }: Extract<TrainAnswer, { kind: 'trained' }>,
): void {
  const rows = said.length / model.outputs;
  const values = Float64Array.from({ length: rows * features.length }, (_, k) => {
    const cell = cells[Math.floor(k / features.length)]!;
    return columns[k % features.length]![cell]!;
  });
  const ours = model.predict({ names: model.features, values, rows });
  const place = ours.findIndex((own, k) => !(Math.abs(own - said[k]!) <= 1e-5 * Math.max(1, Math.abs(own))));
  if (place < 0) return;
  const message = `the trees of ${PACKAGE} answer ${ours[place]} where it answers ${said[place]}; install version 1.1.2 of it`;
  fail('MODEL_DIFFERS', message, { place });
}
