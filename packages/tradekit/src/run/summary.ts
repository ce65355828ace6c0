/** What a run has come to, for a person on one screen and for a program as JSON. */
import {
  type Check,
  type LastingHalt,
  lastingHalt,
  type Metric,
  type MetricName,
  type Metrics,
} from '@tradekit/backtest';
import type { RunConfig } from '../config/config.js';
import { messageOf } from '../errors.js';
import { syntheticNotice } from './synthetic.js';
import type { SystemRun } from './system.js';

/** A finished run with its figures. */
export interface RunSummary {
  /** How the run ended. */
  readonly status: SystemRun['ending']['kind'];
  /** Why it failed. */
  readonly reason?: string;
  /** The name in the config. */
  readonly name: string;
  /** How the system was run. */
  readonly mode: RunConfig['mode'];
  /** The run's folder. */
  readonly folder: string;
  /** SHA-256 over orders, fills and equity. */
  readonly digest: string;
  /** SHA-256 of the bars that it saw. */
  readonly dataHash: string;
  /** Count of instruments. */
  readonly symbols: number;
  /** New York date of the first session of the data. */
  readonly firstSession: string;
  /** New York date of the last session of the data. */
  readonly lastSession: string;
  /** The bars are a synthetic market's, which has no planted edge. */
  readonly synthetic: boolean;
  /** What the symbols of a synthetic market returned, held in equal parts without costs; absent for other data. */
  readonly buyAndHoldReturn?: number;
  /** Sentences about the data; nothing in them stopped the run. */
  readonly warnings: readonly string[];
  /** Trading was halted for longer than a session; absent where it was not. */
  readonly halted?: LastingHalt;
  /** What the run was checked for; absent where it was not. */
  readonly checks?: readonly Check[];
  /** As in `metrics.json`. */
  readonly metrics: Metrics;
}

/** The summary of a run that left a folder. */
export function summaryOf(config: RunConfig, run: SystemRun, folder: string, metrics: Metrics): RunSummary {
  const { ending, result, digest, dataHash, warnings, synthetic, firstDate, lastDate } = run;
  const halted = lastingHalt(result);
  return {
    status: ending.kind,
    ...(ending.kind === 'failed' ? { reason: messageOf(ending.error) } : {}),
    name: config.name,
    mode: config.mode,
    folder,
    digest,
    dataHash,
    symbols: result.universe.size,
    firstSession: firstDate,
    lastSession: lastDate,
    synthetic: synthetic !== undefined,
    ...(synthetic?.buyAndHoldReturn === undefined ? {} : { buyAndHoldReturn: synthetic.buyAndHoldReturn }),
    warnings,
    ...(halted === undefined ? {} : { halted }),
    ...(run.checks === undefined ? {} : { checks: run.checks }),
    metrics,
  };
}

/** The summary as text, at most one screen. */
export function summaryText(summary: RunSummary): string {
  const { name, mode, symbols, firstSession, lastSession, metrics, status } = summary;
  const lines = [
    ...(summary.halted === undefined ? [] : [haltText(summary.halted), '']),
    `${name}: ${mode}, ${symbols} symbols, ${firstSession} to ${lastSession}${status === 'complete' ? '' : ` (${status})`}`,
    '',
    ...ROWS.map(
      ([label, names]) => `  ${label.padEnd(18)}${names.map((metric) => shown(metric, metrics)).join('   ')}`,
    ),
    '',
    ...(summary.synthetic ? [...syntheticNotice({ buyAndHoldReturn: summary.buyAndHoldReturn }), ''] : []),
    ...checkLines(summary.checks),
    `Digest      ${summary.digest}`,
    `Run folder  ${summary.folder}`,
  ];
  return `${lines.join('\n')}\n`;
}

/** How many checks came to what, and a line for each that failed. */
function checkLines(checks: readonly Check[] | undefined): readonly string[] {
  if (checks === undefined) return [];
  const count = (verdict: Check['verdict']): number => checks.filter((check) => check.verdict === verdict).length;
  const failed = checks.filter(({ verdict }) => verdict === 'failed');
  return [
    `Checks      ${count('passed')} passed, ${count('noted')} noted, ${count('not-checked')} not checked, ${failed.length} failed`,
    ...failed.map(({ name, evidence }) => `            ${name}: ${evidence[0]}`),
  ];
}

/** The first line: whoever reads the figures must know that they are not of the whole period. */
function haltText({ date, rule, notTradedFraction }: LastingHalt): string {
  return `halted on ${date} by ${rule}; ${(notTradedFraction * 100).toFixed(2)} % of the period not traded`;
}

const ROWS: readonly (readonly [label: string, metrics: readonly MetricName[]])[] = [
  ['Final equity', ['finalEquity']],
  ['Return', ['totalReturn', 'cagr']],
  ['Volatility', ['volatility']],
  ['Sharpe ratio', ['sharpe', 'sharpeLow', 'sharpeHigh']],
  ['Largest drawdown', ['maxDrawdown']],
  ['Exposure', ['exposure']],
  ['Turnover', ['turnover']],
  ['Commission', ['commissionPaid']],
  ['Round trips', ['trades', 'winRate']],
  ['Orders, fills', ['orders', 'fills']],
  ['Sessions', ['sessions']],
];

function shown(name: MetricName, metrics: Metrics): string {
  const metric: Metric = metrics[name];
  const { value, unit } = metric;
  const text = NAMED[name];
  if (value === null) return text === undefined ? `none: ${metric.reason}` : '';
  return text === undefined ? amount(value, unit) : `${text} ${amount(value, unit)}`;
}

const NAMED: Partial<Record<MetricName, string>> = { sharpeLow: '95 % from', sharpeHigh: 'to', winRate: 'won' };

function amount(value: number, unit: Metric['unit']): string {
  switch (unit) {
    case 'USD':
      return `${value.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })} USD`;
    case 'fraction':
      return `${(value * 100).toFixed(2)} %`;
    case 'fraction per year':
      return `${(value * 100).toFixed(2)} % a year`;
    case 'fraction per session':
      return `${(value * 100).toFixed(2)} % of the equity a session`;
    case 'ratio':
      return value.toFixed(2);
    case 'count':
      return value.toLocaleString('en-US');
    case 'sessions':
    case 'bars':
    case 'bp':
      return `${value.toLocaleString('en-US', { maximumFractionDigits: 1 })} ${unit}`;
  }
}
