/** A model with what it was trained on, and the time from which it can be had. */
import type { DriftBaseline } from '../evaluation/drift.js';
import type { LogisticModel } from '../linear/logistic.js';
import type { FeatureRows, Model } from '../trees/model.js';
import type { TreeModel } from '../trees/tree-model.js';
import { type CalibrationNumbers, calibrateClasses } from './class-calibration.js';
import type { ModelIdentity } from './identity.js';

/** What can be a member: what there is a file format of our own or of others for. */
export type Member = TreeModel | LogisticModel;

/** What a dated model is made of. */
export interface DatedModelParts {
  readonly identity: ModelIdentity;
  /** Averaged; at least one. */
  readonly members: readonly Member[];
  /** One a class; empty for none. */
  readonly calibration: readonly CalibrationNumbers[];
  /** How each feature was distributed in training. */
  readonly drift: readonly DriftBaseline[];
}

/** Members whose mean is calibrated. Its answers are probabilities of down, flat and up. */
export interface DatedModel extends Model, DatedModelParts {}

/** Puts the parts together. */
export function datedModel(parts: DatedModelParts): DatedModel {
  const [first] = parts.members;
  return {
    ...parts,
    features: first!.features,
    outputs: first!.outputs,
    predict(rows: FeatureRows, out?: Float64Array): Float64Array {
      const answer = meanOf(parts.members, rows, out);
      calibrateClasses(parts.calibration, answer);
      return answer;
    },
  };
}

/** Mean of what models say of rows. */
export function meanOf(members: readonly Model[], rows: FeatureRows, out?: Float64Array): Float64Array {
  const answer = members[0]!.predict(rows, out);
  if (members.length === 1) return answer;
  for (const member of members.slice(1)) {
    const said = member.predict(rows);
    for (let cell = 0; cell < answer.length; cell++) answer[cell]! += said[cell]!;
  }
  for (let cell = 0; cell < answer.length; cell++) answer[cell]! /= members.length;
  return answer;
}

/**
 * The newest model that could be had before a bar ended: everything it has learned from had ended earlier. `undefined` where there is none yet.
 */
export function modelAt(models: readonly DatedModel[], time: number): DatedModel | undefined {
  let newest: DatedModel | undefined;
  for (const model of models) {
    if (model.identity.knownAt >= time) continue;
    if (newest === undefined || model.identity.knownAt > newest.identity.knownAt) newest = model;
  }
  return newest;
}
