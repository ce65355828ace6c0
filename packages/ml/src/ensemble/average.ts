import type { Trainer } from '../boosting/training-set.js';
import { fail, requireBetween } from '../error.js';
import { answerColumn, type Model } from '../trees/model.js';
import { answersOf, type Members, requireMembers } from './members.js';

/** The weighted mean of what members say. */
export interface AverageModel extends Model {
  readonly kind: 'average';
  readonly members: Members;
  /** One a member; they add up to 1. */
  readonly weights: Float64Array;
}

/**
 * The average of models over the same features. Only the ratios of weights matter; default: all alike. Throws `MlError` `FEATURES_DIFFER`, `MEMBERS_DIFFER` when members have other features or
 * outputs, `ML_OPTION` when there is no member, a weight is below 0 or not finite, or there is not one above 0 a member.
 */
export function averageModel(members: readonly Model[], weights?: ArrayLike<number>): AverageModel {
  requireMembers('averageModel', members);
  const parts = partsOf(members.length, weights);
  const { features, outputs } = members[0];
  return {
    kind: 'average',
    members: [...members],
    weights: parts,
    features,
    outputs,
    predict(rows, out) {
      const answers = answersOf(members, rows);
      const mean = answerColumn(out, rows.rows * outputs).fill(0);
      for (const [m, answer] of answers.entries()) {
        for (let cell = 0; cell < mean.length; cell++) mean[cell]! += parts[m]! * answer[cell]!;
      }
      return mean;
    },
  };
}

/** A trainer of averages: every trainer trains on the whole set. Throws `MlError` `ML_OPTION` as {@link averageModel}; `train` throws as the trainers do. */
export function averaging(trainers: readonly Trainer[], weights?: readonly number[]): Trainer<AverageModel> {
  requireTrainers('averaging', trainers);
  const parts = partsOf(trainers.length, weights);
  return {
    text: `averaging(${trainers.map(({ text }) => text).join(', ')}; ${parts.join(', ')})`,
    train: (set, validation) =>
      averageModel(
        trainers.map((trainer) => trainer.train(set, validation)),
        parts,
      ),
  };
}

/** Throws `MlError` `ML_OPTION` when there is no trainer. */
export function requireTrainers(of: string, trainers: readonly Trainer[]): void {
  if (trainers.length === 0) fail('ML_OPTION', `${of} has no trainer; give at least one`, { of });
}

/** Weights that add up to 1; those that do already, but for rounding, stay as they are, so that a file gives the same bits back. */
function partsOf(members: number, weights: ArrayLike<number> = new Float64Array(members).fill(1)): Float64Array {
  const given = Float64Array.from(weights);
  for (const weight of given) requireBetween('averageModel', 'weights', weight, 0, Number.MAX_VALUE);
  const sum = given.reduce((total, own) => total + own, 0);
  const scale = Math.abs(sum - 1) < 1e-12 ? 1 : sum;
  if (given.length === members && sum > 0 && sum < Number.POSITIVE_INFINITY) return given.map((own) => own / scale);
  const message = `${given.length} weights with the sum ${sum} do not fit ${members} members; give one a member, and one above 0`;
  return fail('ML_OPTION', message, { members, weights: given.length });
}
