/**
 * Machine learning for bars: labels that know their span, purged folds, gradient boosting, and tree models of other libraries.
 * @module
 */
export type { AsyncModel, AsyncTrainer } from './async-ports.js';
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
export { type AverageModel, averageModel, averaging } from './ensemble/average.js';
export { type EnsembleModel, readEnsembleJson, writeEnsembleJson } from './ensemble/file.js';
export type { Members } from './ensemble/members.js';
export { type FoldColumns, OutOfFold, outOfFold, outOfFoldAsync } from './ensemble/out-of-fold.js';
export {
  type RecentlyWeightedOptions,
  type RecentWeightsOptions,
  recentlyWeighted,
  recentWeights,
} from './ensemble/recent-weights.js';
export {
  type StackedModel,
  type StackingOptions,
  type StackOptions,
  stackedModel,
  stacking,
  stackOf,
} from './ensemble/stack.js';
export { MlError } from './error.js';
export { auc, upAgainstDown } from './evaluation/auc.js';
export { type BaseRateKey, type BaseRateModel, type BaseRatesOptions, baseRates } from './evaluation/base-rates.js';
export { type BaselineColumnsOptions, baselineColumns } from './evaluation/baseline-columns.js';
export {
  type ClusteredAuc,
  clusteredAuc,
  clusteredUpAgainstDown,
  upAgainstDownByFold,
} from './evaluation/clustered-auc.js';
export { type ShiftOptions, type ShuffleOptions, shiftedLabels, shuffledLabels } from './evaluation/controls.js';
export { type DriftBaseline, driftBaseline, populationStability } from './evaluation/drift.js';
export { accuracy, hitRate } from './evaluation/hits.js';
export { gainImportance, type PermutationOptions, permutationImportance } from './evaluation/importance.js';
export type { Judged } from './evaluation/judged.js';
export { logLoss } from './evaluation/log-loss.js';
export { type NetReturnOptions, netByProbability, type ProbabilityBucket } from './evaluation/net-return.js';
export {
  type ScoreRow,
  type ScoreTableOptions,
  scoreTable,
  sessionHours,
  symbolsOf,
} from './evaluation/score-table.js';
export type { CalibrationNumbers } from './folder/class-calibration.js';
export { type DatedModel, type DatedModelParts, datedModel, type Member, modelAt } from './folder/dated-model.js';
export {
  cellsAt,
  dataOf,
  type FitProgress,
  fit,
  fitBeside,
  type TrainingData,
  trainingData,
  valuesAt,
} from './folder/fit.js';
export { identityHash, type ModelIdentity, requireFeatures, requireFeed } from './folder/identity.js';
export { type LookAhead, type LookAheadOptions, lookAheadIn } from './folder/look-ahead.js';
export { modelTexts, readModelTexts } from './folder/model-file.js';
export {
  type BoostingPlan,
  type CalibrationPlan,
  type DirectionPlan,
  type LogisticPlan,
  type Recipe,
  recipeOf,
  type TrainingPlan,
  type TripleBarrierPlan,
} from './folder/plan.js';
export { FOLDS, memberFile, readFold, readModelFolder } from './folder/read.js';
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
export { readLogisticJson, writeLogisticJson } from './linear/file.js';
export { type LogisticModel, type LogisticNumbers, logisticModel, logisticRegression } from './linear/logistic.js';
export type { ClassTarget, LogisticOptions } from './linear/options.js';
export type { MlXgboostOptions } from './ml-xgboost/options.js';
export { mlXgboost, readMlXgboostJson } from './ml-xgboost/train.js';
export { onnxModel } from './onnx/model.js';
export type { OnnxAnswer, OnnxOptions } from './onnx/options.js';
export { type RetrainedModels, type RetrainOptions, retrainedModels } from './retrain/retrain.js';
export { type MlStrategy, mlStrategy, strategyOn } from './strategy/ml-strategy.js';
export { type ModelSource, trainedModels } from './strategy/model-source.js';
export { type MlRules, type MlStrategyParameters, rulesOf } from './strategy/parameters.js';
export type { MissingKind, Objective, Tree, TreeEnsemble } from './trees/ensemble.js';
export { readLightgbmText } from './trees/lightgbm/read.js';
export type { ReadOptions } from './trees/limits.js';
export type { FeatureRows, Model } from './trees/model.js';
export { type TreeModel, treeModel } from './trees/tree-model.js';
export { readXgboostJson, readXgboostUbj } from './trees/xgboost/read.js';
export { type WriteOptions, writeXgboostJson } from './trees/xgboost/write.js';
export type { TrainJob } from './workers/messages.js';
export { type TrainAllOptions, trainAll } from './workers/train-all.js';
