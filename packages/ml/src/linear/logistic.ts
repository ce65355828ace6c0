import { type Trainer, type TrainingSet, targetsOf, weightsOf } from '../boosting/training-set.js';
import { fail } from '../error.js';
import { answerColumn, type Model, requireRows } from '../trees/model.js';
import { LinearLoss, toProbabilities } from './loss.js';
import { lowest } from './newton.js';
import { classesOf, type LogisticOptions, logisticSettings } from './options.js';
import { infinite, type Standard, standardised, standardOf } from './standard.js';

/** A linear model of classes, in units of the spread that each feature had in training. */
export interface LogisticModel extends Model {
  /** Of each feature over the training rows; a missing value counts as this. */
  readonly means: Float64Array;
  /** Standard deviation of each feature over the training rows. */
  readonly scales: Float64Array;
  /** One an output. */
  readonly intercepts: Float64Array;
  /** Cell `output * features + feature`: how much the margin rises when a feature rises by its scale. */
  readonly coefficients: Float64Array;
}

/** The numbers that make a {@link LogisticModel}. */
export type LogisticNumbers = Pick<LogisticModel, 'features' | 'means' | 'scales' | 'intercepts' | 'coefficients'>;

/**
 * Logistic regression, binary or multinomial, with a penalty on squared coefficients: Newton's method to a stated tolerance, deterministic. Features are scaled
 * by mean and standard deviation of the training rows alone, by weight, and a missing value counts as the mean: it says nothing. The scaled rows are held in memory, eight bytes a
 * value. A validation set is not used. Throws `MlError` `ML_OPTION` on options out of range.
 *
 * `train` throws `MlError`: `LABEL_MISSING`, `LABEL_CLASS` and `LABEL_ONE_CLASS` for targets, `FEATURES_CONSTANT`, `VALUE_INFINITE`, `TRAIN_EMPTY`, `TRAIN_WEIGHT`,
 * `TRAIN_SHAPE` when columns do not fit, `TRAIN_NO_END` when the tolerance was not reached.
 */
export function logisticRegression(options: LogisticOptions): Trainer<LogisticModel> {
  const settings = logisticSettings(options);
  const { target, l2, classWeights, tolerance, maxSteps } = settings;
  const classes = classesOf(target);
  const outputs = target.kind === 'classes' ? classes : 1;
  return {
    text: `logisticRegression(${JSON.stringify(settings)})`,
    train(set) {
      const targets = targetsOf(set);
      requireClasses(targets, classes);
      const weights = weightsOf(set, targets, classWeights);
      requireTwo(targets, weights);
      const standard = standardOf(set.features, set.columns, set.cells, weights);
      const rows = { values: scaled(set, standard), width: set.columns.length, targets, weights };
      const limit = tolerance * targets.length;
      const parameters = lowest(new LinearLoss(rows, outputs, l2), { limit, maxSteps });
      const width = set.columns.length;
      const numbers = new Float64Array(outputs * width);
      const intercepts = new Float64Array(outputs);
      for (let k = 0; k < outputs; k++) {
        const first = k * (width + 1);
        numbers.set(parameters.subarray(first, first + width), k * width);
        intercepts[k] = parameters[first + width]!;
      }
      return logisticModel({ features: [...set.features], ...standard, intercepts, coefficients: numbers });
    },
  };
}

/** The model of numbers that were fitted before. */
export function logisticModel(numbers: LogisticNumbers): LogisticModel {
  const { features, means, scales, intercepts, coefficients } = numbers;
  const width = features.length;
  const outputs = intercepts.length;
  return {
    ...numbers,
    outputs,
    predict(rows, out) {
      requireRows(features, rows);
      const answer = answerColumn(out, rows.rows * outputs);
      const margins = new Float64Array(outputs);
      for (let row = 0; row < rows.rows; row++) {
        margins.set(intercepts);
        for (let feature = 0; feature < width; feature++) {
          const value = rows.values[row * width + feature]!;
          if (Math.abs(value) === Number.POSITIVE_INFINITY) infinite(features[feature]!);
          const own = standardised(value, means[feature]!, scales[feature]!);
          for (let k = 0; k < outputs; k++) margins[k]! += coefficients[k * width + feature]! * own;
        }
        toProbabilities(margins);
        answer.set(margins, row * outputs);
      }
      return answer;
    },
  };
}

/** Throws `MlError` `LABEL_CLASS` unless targets are whole numbers below `classes`. */
export function requireClasses(targets: Float64Array, classes: number): void {
  const stray = targets.find((own) => !(Number.isInteger(own) && own >= 0 && own < classes));
  if (stray === undefined) return;
  fail('LABEL_CLASS', `the target ${stray} is no class; give whole numbers from 0 to ${classes - 1}`, {
    target: stray,
  });
}

function requireTwo(targets: Float64Array, weights: Float64Array): void {
  const counted = targets.filter((_, row) => weights[row]! > 0);
  if (counted.some((own) => own !== counted[0])) return;
  fail('LABEL_ONE_CLASS', 'all targets are of one class; there is nothing to tell apart');
}

/** The rows of a set in units of their features, row-major. */
function scaled({ columns, cells }: TrainingSet, { means, scales }: Standard): Float64Array {
  const width = columns.length;
  const values = new Float64Array(cells.length * width);
  for (const [feature, column] of columns.entries()) {
    for (let row = 0; row < cells.length; row++) {
      values[row * width + feature] = standardised(column[cells[row]!]!, means[feature]!, scales[feature]!);
    }
  }
  return values;
}
