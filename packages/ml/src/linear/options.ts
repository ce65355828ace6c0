import { fail, requireAboveZero, requireBetween, requireCount } from '../error.js';

/** What is told apart: several classes, or two. */
export type ClassTarget = { readonly kind: 'classes'; readonly count: number } | { readonly kind: 'two-classes' };

/** Options of {@link logisticRegression}; all but `target` have a default. */
export interface LogisticOptions {
  /** Several classes are learned by the softmax loss, two by the logistic one. */
  readonly target: ClassTarget;
  /**
   * λ of λ ÷ 2 · Σ coefficient², which is added to the sum of the losses of the rows: 1 ÷ `C` of other libraries. Intercepts are free. Above 0, so that there
   * is always one answer; default 1.
   */
  readonly l2?: number;
  /** How much each class counts. Default: all alike. */
  readonly classWeights?: readonly number[];
  /** Training ends when no derivative of the mean loss is farther from 0. Above 0, default 1e-9. */
  readonly tolerance?: number;
  /** Newton steps before it is given up, default 100. */
  readonly maxSteps?: number;
}

/** The options with every default in its place. */
export type LogisticSettings = Required<LogisticOptions>;

const OF = 'logisticRegression';

/** Throws `MlError` `ML_OPTION` when an option is out of range. */
export function logisticSettings(options: LogisticOptions): LogisticSettings {
  const { target, l2 = 1, classWeights = [], tolerance = 1e-9, maxSteps = 100 } = options;
  const classes = classesOf(target);
  requireCount(OF, 'count', classes, 2);
  requireAboveZero(OF, 'l2', l2);
  requireAboveZero(OF, 'tolerance', tolerance);
  requireCount(OF, 'maxSteps', maxSteps);
  requireClassWeights(classWeights, classes);
  return { target, l2, classWeights, tolerance, maxSteps };
}

/** Number of classes of a target. */
export const classesOf = (target: ClassTarget): number => (target.kind === 'classes' ? target.count : 2);

function requireClassWeights(classWeights: readonly number[], classes: number): void {
  for (const weight of classWeights) requireBetween(OF, 'classWeights', weight, 0, Number.MAX_VALUE);
  if (classWeights.length === 0 || classWeights.length === classes) return;
  const given = classWeights.length;
  fail('ML_OPTION', `${given} class weights do not fit ${classes} classes; give one a class`, {
    of: OF,
    given,
    classes,
  });
}
