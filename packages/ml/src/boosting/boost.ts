import { generator, sample } from '../random.js';
import type { Tree } from '../trees/ensemble.js';
import { type TreeModel, treeModel } from '../trees/tree-model.js';
import { fillBins, limitsOf } from './bins.js';
import { signsOf, type Targets, validationTargets } from './checks.js';
import { Grower } from './grow.js';
import type { GrownTree } from './grown-tree.js';
import type { Kernels } from './kernels.js';
import { bytesOf, type Layout, layoutOf, type Part } from './layout.js';
import { typescriptKernels } from './loops.js';
import { type Loss, lossOf } from './losses.js';
import { type BoostingOptions, type Settings, settingsOf } from './options.js';
import { type Trainer, type TrainingSet, targetsOf, weightsOf } from './training-set.js';
import { wasmKernels } from './wasm.js';

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
  const { onRound: _, kernels: __, ...plain } = settings;
  const text = `boosting(${JSON.stringify(plain, (_key, value) => (value === Number.POSITIVE_INFINITY ? 'none' : value))})`;
  return { text, train: (set, validation) => new Training(settings, set, validation).run() };
}

/** A training while it runs. */
class Training {
  readonly #settings: Settings;
  readonly #set: TrainingSet;
  readonly #loss: Loss;
  readonly #base: Float64Array;
  readonly #kernels: Kernels;
  readonly #release: () => void;
  readonly #layout: Layout;
  readonly #train: Part;
  readonly #validation: Part | undefined;
  readonly #grower: Grower;
  readonly #random: () => number;

  constructor(settings: Settings, set: TrainingSet, validation: TrainingSet | undefined) {
    this.#settings = settings;
    this.#set = set;
    this.#loss = lossOf(settings.target);
    const targets = targetsOf(set);
    const weights = weightsOf(set, targets, settings.classWeights);
    this.#base = this.#loss.base(targets, weights);
    const signs = signsOf(settings, set.features);
    const checked = validation && validationTargets(settings, this.#loss, set, validation);
    const limits = limitsOf(set, settings.maxBins);
    const shape = {
      rows: targets.length,
      validationRows: checked?.targets.length ?? 0,
      features: set.features.length,
      outputs: this.#loss.outputs,
    };
    const wasm = settings.kernels === 'wasm' ? wasmKernels(bytesOf(shape, settings)) : undefined;
    this.#kernels = wasm?.kernels ?? typescriptKernels();
    this.#release = wasm?.release ?? (() => {});
    this.#layout = layoutOf(this.#kernels.arena, shape, settings);
    this.#train = this.#filled(this.#layout.train, set, limits, { targets, weights });
    this.#validation = validation && checked && this.#filled(this.#layout.validation, validation, limits, checked);
    this.#grower = new Grower(this.#kernels, this.#layout, limits, signs, settings);
    this.#random = generator(settings.seed);
  }

  #filled(part: Part, set: TrainingSet, limits: readonly Float64Array[], { targets, weights }: Targets): Part {
    fillBins(set, limits, part.rows, this.#kernels, this.#layout);
    const { outputs } = this.#loss;
    for (let cell = 0; cell < part.margins.length; cell++) part.margins[cell] = this.#base[cell % outputs]!;
    part.targets.set(targets);
    part.weights.set(weights);
    return part;
  }

  /** Trains, and gives the memory back however it ends. */
  run(): BoostedModel {
    try {
      return this.#boosted();
    } finally {
      this.#release();
    }
  }

  #boosted(): BoostedModel {
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
    const { margins, rows: all } = this.#train;
    const { derivatives, tree } = this.#layout;
    const { rowFraction, columnFraction } = this.#settings;
    const { outputs } = this.#loss;
    this.#loss.derivatives(this.#train, derivatives, this.#kernels);
    const rows = this.#sampled(all.rows, rowFraction);
    return derivatives.map((own, output) => {
      const columns = this.#sampled(all.features, columnFraction);
      const grown = this.#grower.grow({ derivatives: own, rows, columns }, { margins, outputs, output });
      const walked = [rows === undefined ? undefined : this.#train, this.#validation];
      if (walked.some((part) => part !== undefined)) grown.fill(tree);
      for (const part of walked) {
        if (part !== undefined) this.#kernels.addTree(tree, part.rows, { margins: part.margins, outputs, output });
      }
      return grown;
    });
  }

  #sampled(count: number, fraction: number): Int32Array | undefined {
    return fraction === 1 ? undefined : sample(count, Math.max(1, Math.round(count * fraction)), this.#random);
  }

  #validationLoss(): number | undefined {
    const part = this.#validation;
    return part === undefined ? undefined : this.#loss.mean(part);
  }
}
