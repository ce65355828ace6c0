import { fail } from '../error.js';
import { generator, sample } from '../random.js';
import type { Tree } from '../trees/ensemble.js';
import { type TreeModel, treeModel } from '../trees/tree-model.js';
import { type BinnedRows, binned, limitsOf } from './bins.js';
import { Grower } from './grow.js';
import type { GrownTree } from './grown-tree.js';
import type { RowBuffer } from './kernel.js';
import { type Loss, lossOf } from './losses.js';
import { type BoostingOptions, type Settings, settingsOf } from './options.js';
import { type Trainer, type TrainingSet, targetsOf, weightsOf } from './training-set.js';

/** A model of boosted trees, and how its training went. */
export interface BoostedModel extends TreeModel {
  /** Rounds whose trees are in the model. */
  readonly rounds: number;
  /** The loss on the validation set after each round that was done; empty without one. */
  readonly validationLosses: Float64Array;
}

/**
 * Gradient boosting of trees over histograms, in the way of XGBoost's `hist`. Deterministic: sets, options and seed decide every bit. Thresholds and leaves are in single
 * precision, so `writeXgboostJson` loses nothing. Throws `MlError` on options out of range.
 *
 * `train` throws `MlError`: `LABEL_MISSING`, `LABEL_CLASS` and `LABEL_ONE_CLASS` for targets, `FEATURES_CONSTANT`, `VALUE_INFINITE`, `TRAIN_EMPTY`, `TRAIN_WEIGHT`,
 * `TRAIN_SHAPE` when columns do not fit, `FEATURES_DIFFER` when the validation set has others.
 */
export function boosting(options: BoostingOptions): Trainer<BoostedModel> {
  const settings = settingsOf(options);
  const { onRound: _, ...plain } = settings;
  const text = `boosting(${JSON.stringify(plain, (_key, value) => (value === Number.POSITIVE_INFINITY ? 'none' : value))})`;
  return { text, train: (set, validation) => new Training(settings, set, validation).run() };
}

/** Rows with what is known of them, and their margins so far. */
interface Part {
  readonly rows: BinnedRows;
  readonly targets: Float64Array;
  readonly weights: Float64Array;
  readonly margins: Float64Array;
  /** 0, 1, 2 … */
  readonly every: Int32Array;
}

class Training {
  readonly #settings: Settings;
  readonly #set: TrainingSet;
  readonly #loss: Loss;
  readonly #base: Float64Array;
  readonly #train: Part;
  readonly #validation: Part | undefined;
  readonly #grower: Grower;
  readonly #derivatives: readonly Float64Array[];
  readonly #random: () => number;

  constructor(settings: Settings, set: TrainingSet, validation: TrainingSet | undefined) {
    this.#settings = settings;
    this.#set = set;
    this.#loss = lossOf(settings.target);
    const targets = targetsOf(set);
    const weights = weightsOf(set, targets, settings.classWeights);
    this.#base = this.#loss.base(targets, weights);
    const signs = signsOf(settings, set.features);
    const limits = limitsOf(set, settings.maxBins);
    this.#train = this.#part(set, limits, targets, weights);
    this.#validation = validation === undefined ? undefined : this.#validationPart(validation, limits);
    this.#grower = new Grower(this.#train.rows, limits, signs, settings);
    this.#derivatives = Array.from({ length: this.#loss.outputs }, () => new Float64Array(2 * targets.length));
    this.#random = generator(settings.seed);
  }

  #part(set: TrainingSet, limits: readonly Float64Array[], targets: Float64Array, weights: Float64Array): Part {
    const { outputs } = this.#loss;
    return {
      rows: binned(set, limits),
      targets,
      weights,
      margins: Float64Array.from({ length: targets.length * outputs }, (_, cell) => this.#base[cell % outputs]!),
      every: Int32Array.from({ length: targets.length }, (_, row) => row),
    };
  }

  #validationPart(validation: TrainingSet, limits: readonly Float64Array[]): Part {
    const { features } = this.#set;
    if (validation.features.length !== features.length || features.some((name, k) => name !== validation.features[k])) {
      fail(
        'FEATURES_DIFFER',
        'the validation set has other features than the training set; give the same in its order',
      );
    }
    const targets = targetsOf(validation);
    const weights = weightsOf(validation, targets, this.#settings.classWeights);
    if (this.#loss.objective !== 'squared') {
      const stray = targets.find(
        (own) => !(Number.isInteger(own) && own >= 0 && own < Math.max(2, this.#loss.outputs)),
      );
      if (stray !== undefined) fail('LABEL_CLASS', `the validation target ${stray} is no class`, { target: stray });
    }
    return this.#part(validation, limits, targets, weights);
  }

  run(): BoostedModel {
    const { rounds, patienceRounds, onRound } = this.#settings;
    const trees: Tree[] = [];
    const losses: number[] = [];
    let best = 0;
    let round = 0;
    while (round < rounds && !(losses.length > 0 && round - 1 - best >= patienceRounds)) {
      for (const [output, tree] of this.#round().entries()) trees.push(tree.finished(output));
      const loss = this.#validationLoss();
      if (loss !== undefined) {
        losses.push(loss);
        if (loss < losses[best]!) best = round;
      }
      round++;
      onRound(round, loss);
    }
    const kept = this.#validation === undefined ? round : best + 1;
    const { features } = this.#set;
    const model = treeModel({
      objective: this.#loss.objective,
      features: [...features],
      base: this.#base,
      trees: trees.slice(0, kept * this.#loss.outputs),
      precision: 'float32',
      missing: features.map(() => 'nan'),
    });
    return { ...model, rounds: kept, validationLosses: Float64Array.from(losses) };
  }

  /** One tree an output, all on the derivatives of the margins before them. */
  #round(): readonly GrownTree[] {
    const { margins, targets, weights, rows: all } = this.#train;
    const { rowFraction, columnFraction } = this.#settings;
    const { outputs } = this.#loss;
    this.#loss.derivatives(margins, targets, weights, this.#derivatives);
    const rows = this.#sampled(all.rows, rowFraction);
    return this.#derivatives.map((derivatives, output) => {
      const columns = this.#sampled(all.features, columnFraction);
      const addLeaf = ({ ids }: RowBuffer, from: number, to: number, value: number): void => {
        for (let place = from; place < to; place++) margins[ids[place]! * outputs + output]! += value;
      };
      // Rows outside the sample are in no leaf while the tree grows: then all are walked through it.
      const tree = this.#grower.grow({ derivatives, rows, columns }, rows === undefined ? addLeaf : () => {});
      if (rows !== undefined) tree.addTo(margins, all, this.#train.every, outputs, output);
      const checked = this.#validation;
      if (checked !== undefined) tree.addTo(checked.margins, checked.rows, checked.every, outputs, output);
      return tree;
    });
  }

  #sampled(count: number, fraction: number): Int32Array | undefined {
    return fraction === 1 ? undefined : sample(count, Math.max(1, Math.round(count * fraction)), this.#random);
  }

  #validationLoss(): number | undefined {
    const part = this.#validation;
    return part === undefined ? undefined : this.#loss.mean(part.margins, part.targets, part.weights);
  }
}

function signsOf({ monotone }: Settings, features: readonly string[]): Int8Array {
  for (const name of Object.keys(monotone)) {
    if (!features.includes(name)) {
      fail('FEATURES_DIFFER', `there is no feature "${name}" to be monotone; name one of the training set`, { name });
    }
  }
  return Int8Array.from(features, (name) => monotone[name] ?? 0);
}
