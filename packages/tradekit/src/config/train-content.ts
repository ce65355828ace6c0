/** What `train` says, checked and with defaults in place. */
import type { EmbargoOptions, TrainingPlan } from '@tradekit/ml';

/** How the samples are cut into folds, by time and all symbols at once. */
export type FoldsContent = ExpandingContent | RollingContent | PurgedContent;

/** Each fold is trained on everything before it. */
export interface ExpandingContent {
  readonly kind: 'expanding';
  readonly folds: number;
  /** Rows with samples before the first test. Default: two fifths of them. */
  readonly minTrainRows?: number | undefined;
}

/** Each fold is trained on the rows before it, always as many. */
export interface RollingContent {
  readonly kind: 'rolling';
  readonly folds: number;
  /** Default: two fifths of the rows with samples. */
  readonly trainRows?: number | undefined;
}

/** Each fold is trained on everything else, later rows too: for research. Its models can be had only after all of it. */
export interface PurgedContent extends EmbargoOptions {
  readonly kind: 'purged';
  readonly folds: number;
}

/** `train`: what `tradekit train` makes, and what a strategy with `retrain` trains. */
export interface TrainContent {
  /** Folder of the model. Default `./model`. */
  readonly output: string;
  readonly plan: TrainingPlan;
  readonly folds: FoldsContent;
  /** Shuffles of each feature for its importance, and at most so many test rows a fold for it. */
  readonly importance: { readonly repeats: number; readonly sampleRows: number };
  /** Runs with shuffled labels and with labels of another time beside the real one. */
  readonly controls: boolean;
  /** Folds that are trained at once. Default: as many as the machine runs at once, less one. */
  readonly workers?: number | undefined;
  /** Of one side, for the net return of trades. */
  readonly costBps: number;
}

/** `retrain` of a strategy: when it trains what `train` describes. */
export interface RetrainContent {
  readonly everySessions?: number | undefined;
  readonly minSessions?: number | undefined;
  readonly keepSessions?: number | undefined;
}
