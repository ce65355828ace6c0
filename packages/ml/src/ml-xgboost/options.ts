import type { Target } from '../boosting/options.js';
import { requireAboveZero, requireBetween, requireCount } from '../error.js';

/** Options of {@link mlXgboost}; all but `target` have a default. What they mean is what they mean in `boosting`. */
export interface MlXgboostOptions {
  /** Classes are learned by the softmax or logistic loss, a number by the squared one. */
  readonly target: Target;
  /** Rounds; each grows a tree an output. Default 100. */
  readonly rounds?: number;
  /** What part of each leaf's weight is taken. Above 0, at most 1, default 0.1. */
  readonly learningRate?: number;
  /** Levels below the root, 1 to 30, default 6. */
  readonly maxDepth?: number;
  /** λ. Not negative, default 1. */
  readonly l2?: number;
  /** α. Not negative, default 0. */
  readonly l1?: number;
  /** γ: what a split must lower the loss by. Not negative, default 0. */
  readonly minGain?: number;
  /** Least sum of second derivatives in a child. Not negative, default 1. */
  readonly minChildWeight?: number;
  /** The part of the rows that each round sees. Above 0, at most 1, default 1; the package's own default is a half. */
  readonly rowFraction?: number;
  /** The part of the features that each tree sees. Above 0, at most 1, default 1. */
  readonly columnFraction?: number;
  /** Of the sampling of rows and features. Default 1. */
  readonly seed?: number;
  /** After that the child is killed. Default 600,000, ten minutes. */
  readonly timeoutMs?: number;
}

/** The options with every default in its place. */
export type MlXgboostSettings = Required<MlXgboostOptions>;

const OF = 'mlXgboost';
/** A timer cannot wait longer. */
const LONGEST_MS = 2 ** 31 - 1;

/** Throws `MlError` `ML_OPTION` when an option is out of range: the package itself takes any name and any text for one. */
export function mlXgboostSettings(options: MlXgboostOptions): MlXgboostSettings {
  const settings: MlXgboostSettings = {
    target: options.target,
    rounds: options.rounds ?? 100,
    learningRate: options.learningRate ?? 0.1,
    maxDepth: options.maxDepth ?? 6,
    l2: options.l2 ?? 1,
    l1: options.l1 ?? 0,
    minGain: options.minGain ?? 0,
    minChildWeight: options.minChildWeight ?? 1,
    rowFraction: options.rowFraction ?? 1,
    columnFraction: options.columnFraction ?? 1,
    seed: options.seed ?? 1,
    timeoutMs: options.timeoutMs ?? 600_000,
  };
  for (const name of ['rounds', 'maxDepth', 'timeoutMs'] as const) requireCount(OF, name, settings[name]);
  requireCount(OF, 'seed', settings.seed, 0);
  requireBetween(OF, 'seed', settings.seed, 0, LONGEST_MS);
  requireBetween(OF, 'maxDepth', settings.maxDepth, 1, 30);
  requireBetween(OF, 'timeoutMs', settings.timeoutMs, 1, LONGEST_MS);
  for (const name of ['learningRate', 'rowFraction', 'columnFraction'] as const) {
    requireAboveZero(OF, name, settings[name]);
    requireBetween(OF, name, settings[name], 0, 1);
  }
  for (const name of ['l1', 'l2', 'minGain', 'minChildWeight'] as const) {
    requireBetween(OF, name, settings[name], 0, Number.MAX_VALUE);
  }
  if (settings.target.kind === 'classes') requireCount(OF, 'count', settings.target.count, 2);
  return settings;
}

/** The options as the package takes them. `baseScore` is where a squared loss starts. */
export function packageOptions(settings: MlXgboostSettings, baseScore: number): Record<string, string | number> {
  const { target } = settings;
  const objective = { classes: 'multi:softprob', 'two-classes': 'binary:logistic', number: 'reg:linear' }[target.kind];
  return {
    booster: 'gbtree',
    tree_method: 'hist',
    objective,
    ...(target.kind === 'classes' ? { num_class: target.count } : {}),
    ...(target.kind === 'number' ? { base_score: baseScore } : {}),
    iterations: settings.rounds,
    eta: settings.learningRate,
    max_depth: settings.maxDepth,
    lambda: settings.l2,
    alpha: settings.l1,
    gamma: settings.minGain,
    min_child_weight: settings.minChildWeight,
    subsample: settings.rowFraction,
    colsample_bytree: settings.columnFraction,
    seed: settings.seed,
    silent: 1,
  };
}
