/**
 * Backtests and what comes of them: the synchronous replay, the recorder, metrics, and the folder that a run leaves behind.
 * @module
 */

export { type AssumedOptions, assumptionsOf } from './assumptions.js';
export {
  type BacktestOptions,
  type BacktestProgress,
  type BacktestRun,
  backtest,
  prepareBacktest,
} from './backtest.js';
export { digest } from './digest.js';
export { type MetricName, type Metrics, metricsOf } from './metrics/all.js';
export type { Metric, MetricUnit } from './metrics/metric.js';
export { createRecorder, type Recorder, type RecorderOptions } from './recorder/recorder.js';
export { orderRoles, orderStatuses, pricingTypes, timesInForce } from './result/codes.js';
export type {
  ClosedBy,
  EquityColumns,
  FillColumns,
  Movement,
  OpenOrder,
  OpenPosition,
  OrderColumns,
  RefusalRow,
  RoundTrip,
  RunResult,
  SessionColumns,
  StateChange,
} from './result/run-result.js';
export type { Assumption, RunRecord, RunStatus } from './run-folder/run-record.js';
export { requireRunFolder, writeRunFolder } from './run-folder/write.js';
