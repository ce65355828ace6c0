/** Ports of what cannot answer at once: what trains in another process, and what scores in a library of its own. */
import type { TrainingSet } from './boosting/training-set.js';
import type { FeatureRows, Model } from './trees/model.js';

/** A `Trainer` that trains elsewhere, so that the caller is not blocked. The same sets and the same options give the same model to the bit. */
export interface AsyncTrainer<M extends Model = Model> {
  /** Names the kind and its options: equal texts train alike. */
  readonly text: string;
  /** Trains; with a validation set it may stop early. Rejects with `MlError` when a set cannot be trained on. */
  train(set: TrainingSet, validation?: TrainingSet): Promise<M>;
}

/** A {@link Model} whose answers come later. The same rows give the same answer. */
export interface AsyncModel {
  /** Names of the features that it was trained on, in their order. */
  readonly features: readonly string[];
  /** Numbers that it answers for a row: one, or one a class. */
  readonly outputs: number;
  /** As {@link Model.predict}; rejects with what that throws. */
  predict(rows: FeatureRows): Promise<Float64Array>;
  /** Frees what the model holds; it answers no more. */
  close(): Promise<void>;
}
