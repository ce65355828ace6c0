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
export { type ChecksSetup, checksOf } from './checks/all.js';
export { CHECK_NAMES, type Check, type CheckName, type Verdict } from './checks/check.js';
export { digest } from './digest.js';
export { type MetricName, type Metrics, type MetricsContext, metricsOf } from './metrics/all.js';
export type { Benchmark, BenchmarkMetrics } from './metrics/benchmark.js';
export { buyAndHold } from './metrics/buy-and-hold.js';
export type { CostMetrics } from './metrics/costs.js';
export type { DrawdownMetrics } from './metrics/drawdowns.js';
export type { ExcursionMetrics } from './metrics/excursions.js';
export { METRIC_GROUPS, type MetricGroup } from './metrics/groups.js';
export type { Metric, MetricUnit } from './metrics/metric.js';
export type { PayoffMetrics } from './metrics/payoff.js';
export type { ProbabilisticSharpeMetrics, Trials } from './metrics/probabilistic-sharpe.js';
export { type SharpeMetrics, sharpe } from './metrics/sharpe.js';
export type { StreakMetrics } from './metrics/streaks.js';
export type { TailMetrics } from './metrics/tails.js';
export { createRecorder, type Recorder, type RecorderOptions } from './recorder/recorder.js';
export { metricText } from './report/numbers.js';
export { STYLE as REPORT_STYLE } from './report/style.js';
export { type BreakdownKey, type BreakdownRow, breakdownOf } from './result/breakdown.js';
export { orderRoles, orderStatuses, pricingTypes, timesInForce } from './result/codes.js';
export { dividendGap } from './result/dividend-gap.js';
export type { SessionExposures } from './result/exposures.js';
export { type Lot, type LotMatching, lotsOf } from './result/lots.js';
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
export type { BindingRule } from './risk/binding-rules.js';
export type { Detection } from './risk/detections.js';
export type { KeptLimits } from './risk/kept-limits.js';
export type { LastBook } from './risk/last-book.js';
export { type LastingHalt, lastingHalt } from './risk/lasting-halt.js';
export type { LimitUses } from './risk/limit-uses.js';
export { type RiskReview, reviewOf } from './risk/review.js';
export type { StressRow } from './risk/stress-table.js';
export type { TailForecasts } from './risk/tail-forecasts.js';
export { stoppingWhenRuined } from './ruin.js';
export type { Assumption, RunRecord, RunStatus } from './run-folder/run-record.js';
export { requireRunFolder, writeRunFolder } from './run-folder/write.js';
