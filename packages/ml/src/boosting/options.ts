import { fail, requireAboveZero, requireBetween, requireCount } from '../error.js';

/** Every node of a level is split before the next level. */
export interface DepthWise {
  readonly kind: 'depth-wise';
  /** Levels below the root, 1 to 30. */
  readonly maxDepth: number;
}

/** The leaf with the largest gain is split next. */
export interface LeafWise {
  readonly kind: 'leaf-wise';
  /** At least 2. */
  readonly maxLeaves: number;
  /** Levels below the root, default 30, which is the most. */
  readonly maxDepth?: number;
}

/** What is learned: one of several classes, one of two, or a number. */
export type Target =
  | { readonly kind: 'classes'; readonly count: number }
  | { readonly kind: 'two-classes' }
  | { readonly kind: 'number' };

/** Options of {@link boosting}; all but `target` have a default. Names and formulas are those of XGBoost's parameters. */
export interface BoostingOptions {
  /** Classes are learned by the softmax or logistic loss, a number by the squared one. */
  readonly target: Target;
  /** Rounds; each grows a tree an output. Default 100. */
  readonly rounds?: number;
  /** What part of each leaf's weight is taken. Above 0, at most 1, default 0.1. */
  readonly learningRate?: number;
  /** How trees grow. Default depth-wise, 6 levels. */
  readonly growth?: DepthWise | LeafWise;
  /** Bins of a feature's values, 2 to 255; missing values have one more. Default 255. */
  readonly maxBins?: number;
  /** λ: added to the second derivatives of a leaf. Not negative, default 1. */
  readonly l2?: number;
  /** α: taken from the first derivatives of a leaf, towards zero. Not negative, default 0. */
  readonly l1?: number;
  /** γ: what a split must lower the loss by, beyond rounding. Not negative, default 0. */
  readonly minGain?: number;
  /** Least sum of second derivatives in a child. Not negative, default 1. */
  readonly minChildWeight?: number;
  /** The part of the rows that each round sees. Above 0, at most 1, default 1. */
  readonly rowFraction?: number;
  /** The part of the features that each tree sees. Above 0, at most 1, default 1. */
  readonly columnFraction?: number;
  /** By the name of a feature: 1 where the margin may only rise with it, −1 where it may only fall. Not with several classes. Default: none. */
  readonly monotone?: Readonly<Record<string, 1 | -1>>;
  /** How much each class counts. Default: all alike. */
  readonly classWeights?: readonly number[];
  /** With a validation set: training ends after that many rounds without a lower loss, and the rounds up to the lowest are kept. Default 20. */
  readonly patienceRounds?: number;
  /** Of the sampling of rows and features. Default 1. */
  readonly seed?: number;
  /**
   * What runs the inner loops; both give the same model to the bit. Default `wasm`, which takes less than half the time, and the loops in TypeScript where
   * WebAssembly has no memory for the set.
   */
  readonly kernels?: 'wasm' | 'typescript';
  /** Told after every round how many are done, and the loss on the validation set. */
  readonly onRound?: (round: number, validationLoss: number | undefined) => void;
}

/** The options with every default in its place. */
export interface Settings extends Required<Omit<BoostingOptions, 'onRound' | 'growth'>> {
  readonly maxDepth: number;
  /** Infinite when trees grow by depth. */
  readonly maxLeaves: number;
  readonly isLeafWise: boolean;
  readonly onRound: (round: number, validationLoss: number | undefined) => void;
}

const OF = 'boosting';

/** Throws `MlError` `ML_OPTION` when an option is out of range. */
export function settingsOf(options: BoostingOptions): Settings {
  const { growth = { kind: 'depth-wise', maxDepth: 6 } } = options;
  const isLeafWise = growth.kind === 'leaf-wise';
  const settings: Settings = {
    target: options.target,
    rounds: options.rounds ?? 100,
    learningRate: options.learningRate ?? 0.1,
    maxDepth: growth.maxDepth ?? 30,
    maxLeaves: growth.kind === 'leaf-wise' ? growth.maxLeaves : Number.POSITIVE_INFINITY,
    isLeafWise,
    maxBins: options.maxBins ?? 255,
    l2: options.l2 ?? 1,
    l1: options.l1 ?? 0,
    minGain: options.minGain ?? 0,
    minChildWeight: options.minChildWeight ?? 1,
    rowFraction: options.rowFraction ?? 1,
    columnFraction: options.columnFraction ?? 1,
    monotone: options.monotone ?? {},
    classWeights: options.classWeights ?? [],
    patienceRounds: options.patienceRounds ?? 20,
    seed: options.seed ?? 1,
    kernels: options.kernels ?? 'wasm',
    onRound: options.onRound ?? (() => {}),
  };
  check(settings);
  return settings;
}

function check(settings: Settings): void {
  const { target, monotone, classWeights, maxLeaves, isLeafWise } = settings;
  for (const name of ['rounds', 'patienceRounds'] as const) requireCount(OF, name, settings[name]);
  requireCount(OF, 'seed', settings.seed, 0);
  for (const name of ['maxDepth', 'maxBins'] as const) requireCount(OF, name, settings[name]);
  requireBetween(OF, 'maxDepth', settings.maxDepth, 1, 30);
  requireBetween(OF, 'maxBins', settings.maxBins, 2, 255);
  if (isLeafWise) requireCount(OF, 'maxLeaves', maxLeaves, 2);
  for (const name of ['learningRate', 'rowFraction', 'columnFraction'] as const) {
    requireAboveZero(OF, name, settings[name]);
    requireBetween(OF, name, settings[name], 0, 1);
  }
  for (const name of ['l1', 'l2', 'minGain', 'minChildWeight'] as const) {
    requireBetween(OF, name, settings[name], 0, Number.MAX_VALUE);
  }
  if (settings.kernels !== 'wasm' && settings.kernels !== 'typescript') {
    fail('ML_OPTION', `there are no kernels "${settings.kernels}"; give wasm or typescript`, {});
  }
  const classes = target.kind === 'classes' ? target.count : 2;
  requireCount(OF, 'count', classes, 2);
  for (const weight of classWeights) requireBetween(OF, 'classWeights', weight, 0, Number.MAX_VALUE);
  if (classWeights.length > 0 && (target.kind === 'number' || classWeights.length !== classes)) {
    const given = classWeights.length;
    fail('ML_OPTION', `${given} class weights do not fit ${classes} classes; give one a class`, { given, classes });
  }
  for (const [feature, sign] of Object.entries(monotone)) {
    if ((sign === 1 || sign === -1) && target.kind !== 'classes') continue;
    const message = `feature "${feature}" cannot be monotone by ${sign} with ${target.kind}; give 1 or −1 with one output`;
    fail('ML_OPTION', message, { feature, sign });
  }
}
