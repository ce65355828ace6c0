/** What goes between the caller's thread and the workers: plain data. */
import type { ErrorContext } from '@tradekit/core';
import type { BoostingOptions } from '../boosting/options.js';
import type { TrainingSet } from '../boosting/training-set.js';
import type { TreeEnsemble } from '../trees/ensemble.js';

/** A training as data: what `boosting(options).train(set, validation)` takes. */
export interface TrainJob {
  /** `onRound` is called in the caller's thread. */
  readonly options: BoostingOptions;
  readonly set: TrainingSet;
  /** Of the same features. */
  readonly validation?: TrainingSet;
}

/** To a worker: train this, which has that place in the list of jobs. */
export interface Order extends TrainJob {
  readonly job: number;
  readonly options: Omit<BoostingOptions, 'onRound'>;
}

/** What was thrown: an `MlError` piece by piece, anything else by its text. */
export type Thrown =
  | { readonly kind: 'ml-error'; readonly code: string; readonly message: string; readonly context: ErrorContext }
  | { readonly kind: 'other'; readonly message: string };

/** From a worker. */
export type Report = { readonly job: number } & (
  | { readonly kind: 'round'; readonly round: number; readonly validationLoss: number | undefined }
  | {
      readonly kind: 'model';
      readonly ensemble: TreeEnsemble;
      readonly rounds: number;
      readonly validationLosses: Float64Array;
    }
  | { readonly kind: 'failed'; readonly thrown: Thrown }
);
