/** What is to be trained, as plain data: from a config file or from code. */
import type { BarHistory } from '@tradekit/core';
import { type FeatureDefinition, type FeatureSet, featureSet } from '@tradekit/indicators';
import { boosting } from '../boosting/boost.js';
import type { BoostingOptions } from '../boosting/options.js';
import type { Trainer } from '../boosting/training-set.js';
import { fail, requireBetween, requireCount } from '../error.js';
import { type DirectionOptions, directionLabels } from '../labels/direction.js';
import type { Labels } from '../labels/labels.js';
import { type TripleBarrierOptions, tripleBarrierLabels } from '../labels/triple-barrier.js';
import { returnWeights, uniquenessWeights } from '../labels/weights.js';
import { logisticRegression } from '../linear/logistic.js';
import type { LogisticOptions } from '../linear/options.js';
import type { Member } from './dated-model.js';

/** Direction of the return over a horizon; the horizon is 13 bars where none is given. */
export interface DirectionPlan extends DirectionOptions {
  readonly kind: 'direction';
}

/** Which of two barriers is reached first. */
export interface TripleBarrierPlan extends TripleBarrierOptions {
  readonly kind: 'triple-barrier';
}

/** Gradient boosting, with three classes. */
export interface BoostingPlan extends Omit<BoostingOptions, 'target' | 'onRound'> {
  readonly kind: 'boosting';
}

/** Logistic regression, with three classes. It has neither rounds nor early stopping. */
export interface LogisticPlan extends Omit<LogisticOptions, 'target'> {
  readonly kind: 'logistic';
}

/** How the scores of a model become probabilities: on the end of its training part, which it is not trained on. */
export type CalibrationPlan =
  | { readonly kind: 'none' }
  | { readonly kind: 'isotonic' | 'platt' /** Part of the training rows, default 0.15. */; readonly fraction?: number };

/** Everything that decides a model but its data. */
export interface TrainingPlan {
  /** Default direction over 13 bars. */
  readonly labels?: DirectionPlan | TripleBarrierPlan;
  /** At least one; names that begin with `_` are only inputs of others. */
  readonly features: readonly FeatureDefinition[];
  /** What a sample counts: all alike, by the uniqueness of its label, or by that times the size of its return. Default `uniqueness`. */
  readonly weights?: 'equal' | 'uniqueness' | 'return';
  /** A cell with a missing feature is left out, or trained on as it is. Default `drop`. */
  readonly missing?: 'drop' | 'keep';
  readonly trainer: BoostingPlan | LogisticPlan;
  /** The end of the training part that decides when to stop, as a part of its rows; 0 trains every round. Default 0.15. */
  readonly validationFraction?: number;
  /** Default none: the end of a short history says less of probabilities than the model does. */
  readonly calibration?: CalibrationPlan;
  /** Models of other seeds whose probabilities are averaged. Default 1. */
  readonly members?: number;
}

/** A plan whose every part was checked. */
export interface Recipe {
  readonly features: FeatureSet;
  readonly definitions: readonly FeatureDefinition[];
  readonly horizonBars: number;
  readonly dropsMissing: boolean;
  readonly validationFraction: number;
  readonly calibration: Required<CalibrationPlan>;
  readonly members: number;
  /** The most rounds of a member. */
  readonly rounds: number;
  /** Says everything but features, labels and data: equal texts train alike. */
  readonly text: string;
  /** The labels of a history. */
  labels(history: BarHistory): Labels;
  /** Of the samples, at their cells; `undefined` where all count alike. */
  weights(labels: Labels): Float64Array | undefined;
  /** Of a member that can be trained in a thread of its own; else `undefined`. */
  options(member: number): BoostingOptions | undefined;
  /** `onRound` hears how many rounds are done. */
  trainer(member: number, onRound?: (round: number) => void): Trainer<Member>;
}

/**
 * Checks a plan. Throws `MlError` `ML_OPTION` on numbers out of range, `FEATURES_NONE` without a feature, and the `ConfigError` of `featureSet`.
 */
export function recipeOf(plan: TrainingPlan): Recipe {
  const { labels = { kind: 'direction' }, weights = 'uniqueness', missing = 'drop', members = 1 } = plan;
  const { trainer, validationFraction = 0.15, calibration: asked = { kind: 'none' } } = plan;
  const calibration = asked.kind === 'none' ? asked : { kind: asked.kind, fraction: asked.fraction ?? 0.15 };
  const horizonBars = labels.horizonBars ?? 13;
  requireCount('the training plan', 'members', members);
  requireBetween('the training plan', 'validationFraction', validationFraction, 0, 0.5);
  if (calibration.kind !== 'none') requireBetween('the calibration', 'fraction', calibration.fraction, 0.01, 0.5);
  const features = featureSet(plan.features);
  if (features.features.every(({ name }) => name.startsWith('_'))) {
    fail('FEATURES_NONE', 'there is no feature to train on; list at least one whose name does not begin with "_"');
  }
  const rest = { weights, missing, validationFraction, calibration, members };
  return {
    features,
    definitions: plan.features,
    horizonBars,
    dropsMissing: missing === 'drop',
    validationFraction: trainer.kind === 'boosting' ? validationFraction : 0,
    calibration,
    members,
    rounds: trainer.kind === 'boosting' ? (trainer.rounds ?? 100) : 1,
    text: `${trainerFor(trainer, 0).text} ${JSON.stringify(rest)}`,
    labels: (history) =>
      labels.kind === 'direction'
        ? directionLabels(history, { ...labels, horizonBars })
        : tripleBarrierLabels(history, { ...labels, horizonBars }),
    weights: (made) =>
      weights === 'equal' ? undefined : weights === 'return' ? returnWeights(made) : uniquenessWeights(made),
    options: (member) => (trainer.kind === 'boosting' ? boostingOptions(trainer, member) : undefined),
    trainer: (member, onRound) => trainerFor(trainer, member, onRound),
  };
}

/** The trainer of a member, whose seed is that of the plan and its number. */
function trainerFor(
  trainer: TrainingPlan['trainer'],
  member: number,
  onRound: (round: number) => void = () => {},
): Trainer<Member> {
  if (trainer.kind === 'boosting') return boosting({ ...boostingOptions(trainer, member), onRound });
  const { kind: _, ...options } = trainer;
  return logisticRegression({ ...options, target: CLASSES });
}

function boostingOptions({ kind: _, ...options }: BoostingPlan, member: number): BoostingOptions {
  return { ...options, target: CLASSES, seed: (options.seed ?? 1) + member };
}

const CLASSES = { kind: 'classes', count: 3 } as const;
