import { type Trainer, targetsOf, weightsOf } from '../boosting/training-set.js';
import { fail, requireBetween, requireCount } from '../error.js';
import { requireClasses } from '../linear/logistic.js';
import { type ClassTarget, classesOf } from '../linear/options.js';
import { answerColumn, type Model, requireRows } from '../trees/model.js';

/** A feature that base rates are told apart by: each of its values, as of a slot, or buckets of as equal a number of training rows as ties allow. */
export type BaseRateKey =
  | { readonly kind: 'values'; readonly feature: string }
  | { readonly kind: 'quantiles'; readonly feature: string; readonly buckets: number };

/** Options of {@link baseRates}. */
export interface BaseRatesOptions {
  readonly target: ClassTarget;
  /** Default: none, which gives the plain rates of the training rows. */
  readonly by?: readonly BaseRateKey[];
  /** How many rows of the plain rates are added to those of each cell of the table, so that small ones say little. Not negative, default 50. */
  readonly priorRows?: number;
}

/** How often each class came, by features. */
export interface BaseRateModel extends Model {
  /** How often each class came in training, one an output. */
  readonly plain: Float64Array;
  /** Cells of the table that training rows were in. */
  readonly tableCells: number;
}

/** Different values of a feature beyond this are no slots. */
const MOST_VALUES = 1000;

/**
 * The baseline that a model has to beat: how often classes came in training, plainly or by features, (count + prior × plain rate) ÷ (rows + prior) in each cell of the table. Buckets are made from the training rows
 * alone; missing values are a bucket of their own, and a value or cell that training had none of has the plain rates. Knows when bars are flat, and nothing of direction: by slot and
 * past volatility it is most of what models of the next bar learn. A validation set is not used. Throws `MlError` `ML_OPTION` on options out of range.
 *
 * `train` throws `MlError`: `LABEL_MISSING`, `LABEL_CLASS`, `TRAIN_EMPTY`, `TRAIN_WEIGHT`, `TRAIN_SHAPE`, `FEATURES_DIFFER` when it is told apart by a feature that is not there, and
 * `FEATURE_VALUES` when one has more than 1000 values.
 */
export function baseRates(options: BaseRatesOptions): Trainer<BaseRateModel> {
  const { target, by = [], priorRows = 50 } = options;
  const classes = classesOf(target);
  requireCount('baseRates', 'count', classes, 2);
  requireBetween('baseRates', 'priorRows', priorRows, 0, Number.MAX_VALUE);
  for (const key of by) if (key.kind === 'quantiles') requireCount('baseRates', 'buckets', key.buckets, 2);
  return {
    text: `baseRates(${JSON.stringify({ target, by, priorRows })})`,
    train(set) {
      const targets = targetsOf(set);
      requireClasses(targets, classes);
      const weights = weightsOf(set, targets, []);
      const cutters = by.map((key) => cutterOf(key, placeOf(set.features, key.feature), set.columns, set.cells));
      const counts = new Map<string, Float64Array>();
      const all = new Float64Array(classes);
      for (let row = 0; row < targets.length; row++) {
        const cell = set.cells[row]!;
        const key = cutters.map(({ place, bucketOf }) => bucketOf(set.columns[place]![cell]!)).join();
        const count = counts.get(key) ?? new Float64Array(classes);
        count[targets[row]!]! += weights[row]!;
        all[targets[row]!]! += weights[row]!;
        counts.set(key, count);
      }
      const sum = (column: Float64Array): number => column.reduce((total, own) => total + own, 0);
      const plain = all.map((own) => own / sum(all));
      const rates = new Map<string, Float64Array>();
      for (const [key, count] of counts) {
        const rows = sum(count) + priorRows;
        if (rows > 0)
          rates.set(
            key,
            count.map((own, k) => (own + priorRows * plain[k]!) / rows),
          );
      }
      return modelOf(set.features, target, plain, by.length === 0 ? new Map() : rates, cutters);
    },
  };
}

interface Cutter {
  /** Of its feature. */
  readonly place: number;
  readonly bucketOf: (value: number) => string;
}

function modelOf(
  names: readonly string[],
  target: ClassTarget,
  plain: Float64Array,
  rates: ReadonlyMap<string, Float64Array>,
  cutters: readonly Cutter[],
): BaseRateModel {
  const features = [...names];
  const outputs = target.kind === 'classes' ? plain.length : 1;
  return {
    features,
    outputs,
    plain: plain.slice(plain.length - outputs),
    tableCells: rates.size,
    predict(rows, out) {
      requireRows(features, rows);
      const answer = answerColumn(out, rows.rows * outputs);
      for (let row = 0; row < rows.rows; row++) {
        const first = row * features.length;
        const key = cutters.map(({ place, bucketOf }) => bucketOf(rows.values[first + place]!)).join();
        const own = rates.get(key) ?? plain;
        answer.set(outputs === 1 ? own.subarray(1) : own, row * outputs);
      }
      return answer;
    },
  };
}

function placeOf(features: readonly string[], feature: string): number {
  const place = features.indexOf(feature);
  if (place >= 0) return place;
  const message = `there is no feature "${feature}" to tell base rates apart by; name one of ${features.join(', ')}`;
  return fail('FEATURES_DIFFER', message, { feature });
}

function cutterOf(key: BaseRateKey, place: number, columns: readonly Float64Array[], cells: Int32Array): Cutter {
  const column = columns[place]!;
  const values = Float64Array.from(cells, (cell) => column[cell]!).filter((own) => !Number.isNaN(own));
  if (key.kind === 'values') {
    const different = new Set(values).size;
    if (different > MOST_VALUES) {
      const message = `feature "${key.feature}" has ${different} values, more than ${MOST_VALUES}; take quantiles of it`;
      fail('FEATURE_VALUES', message, { feature: key.feature, different });
    }
    return { place, bucketOf: String };
  }
  const sorted = values.sort();
  const quantiles = Array.from(
    { length: key.buckets - 1 },
    (_, k) => sorted[Math.floor(((k + 1) * sorted.length) / key.buckets)] ?? Number.NaN,
  );
  const limits = Float64Array.from(new Set(quantiles)).filter((limit) => limit > sorted[0]!);
  return {
    place,
    bucketOf: (value) => (Number.isNaN(value) ? 'missing' : `${limits.filter((limit) => limit <= value).length}`),
  };
}
