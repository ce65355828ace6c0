/**
 * Machine learning for bars: labels that know their span, purged folds, gradient boosting, and tree models of other libraries.
 * @module
 */
export { type BoostedModel, boosting } from './boosting/boost.js';
export type { BoostingOptions, DepthWise, LeafWise, Target } from './boosting/options.js';
export type { Trainer, TrainingSet } from './boosting/training-set.js';
export {
  fitIsotonic,
  type IsotonicCalibration,
  isotonicCalibration,
} from './calibration/isotonic.js';
export { fitPlatt, type PlattCalibration, plattCalibration } from './calibration/platt.js';
export { type ReliabilityBin, reliability } from './calibration/reliability.js';
export type { Calibration, Scored } from './calibration/scored.js';
export { rowsAt, trainingSet } from './columns.js';
export { MlError } from './error.js';
export { auc, upAgainstDown } from './evaluation/auc.js';
export { type DriftBaseline, driftBaseline, populationStability } from './evaluation/drift.js';
export { gainImportance, type PermutationOptions, permutationImportance } from './evaluation/importance.js';
export { logLoss } from './evaluation/log-loss.js';
export {
  type CombinatorialFold,
  type CombinatorialFoldsOptions,
  combinatorialFolds,
  combinatorialPaths,
} from './folds/combinatorial.js';
export { type PurgedFoldsOptions, purgedFolds } from './folds/k-fold.js';
export type { EmbargoOptions } from './folds/purge.js';
export { type Fold, type Samples, samplesOf } from './folds/samples.js';
export {
  type ExpandingFoldsOptions,
  expandingFolds,
  type LastPartOptions,
  lastPart,
  type RollingFoldsOptions,
  rollingFolds,
} from './folds/walk-forward.js';
export { type DirectionOptions, directionLabels } from './labels/direction.js';
export { DOWN, FLAT, type Labels, labelledCells, UP } from './labels/labels.js';
export { type TripleBarrierOptions, tripleBarrierLabels } from './labels/triple-barrier.js';
export { averageUniqueness, returnWeights, uniquenessWeights } from './labels/weights.js';
export type { FixedWidth, SlotWidth, Width } from './labels/width.js';
export type { MissingKind, Objective, Tree, TreeEnsemble } from './trees/ensemble.js';
export { readLightgbmText } from './trees/lightgbm/read.js';
export type { ReadOptions } from './trees/limits.js';
export type { FeatureRows, Model } from './trees/model.js';
export { type TreeModel, treeModel } from './trees/tree-model.js';
export { readXgboostJson, readXgboostUbj } from './trees/xgboost/read.js';
export { type WriteOptions, writeXgboostJson } from './trees/xgboost/write.js';
