import type { BarHistory } from '@tradekit/core';
import type { RunResult } from '../result/run-result.js';
import { averageHold } from './average-hold.js';
import { type Benchmark, type BenchmarkMetrics, benchmarkMetrics } from './benchmark.js';
import { cagr } from './cagr.js';
import { calmar } from './calmar.js';
import { capacity } from './capacity.js';
import { type CostMetrics, costMetrics } from './costs.js';
import { type DrawdownMetrics, drawdownMetrics } from './drawdowns.js';
import { type ExcursionMetrics, excursionMetrics } from './excursions.js';
import { exposure } from './exposure.js';
import { maxDrawdown } from './max-drawdown.js';
import { type Metric, metric } from './metric.js';
import { omega } from './omega.js';
import { type PayoffMetrics, payoff } from './payoff.js';
import { type ProbabilisticSharpeMetrics, probabilisticSharpe, type Trials } from './probabilistic-sharpe.js';
import { profitFactor } from './profit-factor.js';
import { type SharpeMetrics, sharpe } from './sharpe.js';
import { sortino } from './sortino.js';
import { type StreakMetrics, streaks } from './streaks.js';
import { type TailMetrics, tailMetrics } from './tails.js';
import { totalReturn } from './total-return.js';
import { turnover } from './turnover.js';
import { ulcerIndex } from './ulcer-index.js';
import { volatility } from './volatility.js';
import { winRate } from './win-rate.js';

/** What lies outside a run and some of its metrics need. Without it they are not defined, and say so. */
export interface MetricsContext {
  /** The bars that the run was made on. */
  readonly market?: BarHistory;
  readonly benchmark?: Benchmark;
  /** The runs that were tried, this one among them. */
  readonly trials?: Trials;
}

/** Names of the metrics, as in `metrics.json`. */
export type MetricName =
  | 'finalEquity'
  | 'finalCash'
  | 'totalReturn'
  | 'cagr'
  | 'volatility'
  | keyof SharpeMetrics
  | keyof ProbabilisticSharpeMetrics
  | 'sortino'
  | 'calmar'
  | 'omega'
  | 'maxDrawdown'
  | keyof DrawdownMetrics
  | 'ulcerIndex'
  | keyof TailMetrics
  | 'exposure'
  | 'turnover'
  | keyof CostMetrics
  | 'trades'
  | 'winRate'
  | 'profitFactor'
  | keyof PayoffMetrics
  | 'averageHold'
  | keyof StreakMetrics
  | keyof ExcursionMetrics
  | 'capacity'
  | keyof BenchmarkMetrics
  | 'orders'
  | 'fills'
  | 'sessions';

/** The metrics of a run, by name. */
export type Metrics = Readonly<Record<MetricName, Metric>>;

/** Every metric of a run. Each can be recomputed from the files of the run's folder. */
export function metricsOf(result: RunResult, { market, benchmark, trials }: MetricsContext = {}): Metrics {
  return {
    finalEquity: metric(result.finalEquity, 'USD'),
    finalCash: metric(result.finalCash, 'USD'),
    totalReturn: totalReturn(result),
    cagr: cagr(result),
    volatility: volatility(result),
    ...sharpe(result),
    ...probabilisticSharpe(result, trials),
    sortino: sortino(result),
    calmar: calmar(result),
    omega: omega(result),
    maxDrawdown: maxDrawdown(result),
    ...drawdownMetrics(result),
    ulcerIndex: ulcerIndex(result),
    ...tailMetrics(result),
    exposure: exposure(result),
    turnover: turnover(result),
    ...costMetrics(result),
    trades: metric(result.trades.length, 'count'),
    winRate: winRate(result),
    profitFactor: profitFactor(result),
    ...payoff(result),
    averageHold: averageHold(result),
    ...streaks(result),
    ...excursionMetrics(result, market),
    capacity: capacity(result, market),
    ...benchmarkMetrics(result, benchmark),
    orders: metric(result.orders.length, 'count'),
    fills: metric(result.fills.length, 'count'),
    sessions: metric(result.sessions.length, 'count'),
  };
}
