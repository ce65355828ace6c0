/** What a training refuses of options and sets that do not fit together. */
import { fail } from '../error.js';
import type { Loss } from './losses.js';
import type { Settings } from './options.js';
import type { Rows } from './softmax.js';
import { type TrainingSet, targetsOf, weightsOf } from './training-set.js';

/** What is known of rows. */
export type Targets = Pick<Rows, 'targets' | 'weights'>;

/** Throws `MlError` `FEATURES_DIFFER` when a validation set has other features than the training set, `LABEL_CLASS` when a target is no class, and as `targetsOf` and `weightsOf`. */
export function validationTargets(settings: Settings, loss: Loss, set: TrainingSet, validation: TrainingSet): Targets {
  const { features } = set;
  if (validation.features.length !== features.length || features.some((name, k) => name !== validation.features[k])) {
    fail('FEATURES_DIFFER', 'the validation set has other features than the training set; give the same in its order');
  }
  const targets = targetsOf(validation);
  const weights = weightsOf(validation, targets, settings.classWeights);
  if (loss.objective !== 'squared') {
    const stray = targets.find((own) => !(Number.isInteger(own) && own >= 0 && own < Math.max(2, loss.outputs)));
    if (stray !== undefined) fail('LABEL_CLASS', `the validation target ${stray} is no class`, { target: stray });
  }
  return { targets, weights };
}

/** Which features are monotone. Throws `MlError` `FEATURES_DIFFER` on a name that no feature has. */
export function signsOf({ monotone }: Settings, features: readonly string[]): Int8Array {
  for (const name of Object.keys(monotone)) {
    if (!features.includes(name)) {
      fail('FEATURES_DIFFER', `there is no feature "${name}" to be monotone; name one of the training set`, { name });
    }
  }
  return Int8Array.from(features, (name) => monotone[name] ?? 0);
}
