import type { RunResult } from '../result/run-result.js';
import { cagr } from './cagr.js';
import { commissionPaid } from './commission-paid.js';
import { exposure } from './exposure.js';
import { maxDrawdown } from './max-drawdown.js';
import { type Metric, metric } from './metric.js';
import { sharpe } from './sharpe.js';
import { totalReturn } from './total-return.js';
import { turnover } from './turnover.js';
import { volatility } from './volatility.js';
import { winRate } from './win-rate.js';

/** The metrics of a run, by name. */
export type Metrics = Readonly<Record<MetricName, Metric>>;

/** Names of the metrics, as in `metrics.json`. */
export type MetricName =
  | 'finalEquity'
  | 'finalCash'
  | 'totalReturn'
  | 'cagr'
  | 'volatility'
  | 'sharpe'
  | 'sharpeLow'
  | 'sharpeHigh'
  | 'maxDrawdown'
  | 'exposure'
  | 'turnover'
  | 'commissionPaid'
  | 'trades'
  | 'winRate'
  | 'orders'
  | 'fills'
  | 'sessions';

/** Every metric of a run. Each can be recomputed from the files of the run's folder. */
export function metricsOf(result: RunResult): Metrics {
  return {
    finalEquity: metric(result.finalEquity, 'USD'),
    finalCash: metric(result.finalCash, 'USD'),
    totalReturn: totalReturn(result),
    cagr: cagr(result),
    volatility: volatility(result),
    ...sharpe(result),
    maxDrawdown: maxDrawdown(result),
    exposure: exposure(result),
    turnover: turnover(result),
    commissionPaid: commissionPaid(result),
    trades: metric(result.trades.length, 'count'),
    winRate: winRate(result),
    orders: metric(result.orders.length, 'count'),
    fills: metric(result.fills.length, 'count'),
    sessions: metric(result.sessions.length, 'count'),
  };
}
