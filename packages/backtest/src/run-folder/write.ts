import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { ConfigError } from '@tradekit/core';
import type { Metrics } from '../metrics/all.js';
import { reportHtml } from '../report/report.js';
import { orderIds } from './order-ids.js';
import { riskCsv, riskJson } from './risk-files.js';
import { figuresOf, metricsJson, RUN_FORMAT, type RunFigures, runJson } from './run-json.js';
import type { RunRecord } from './run-record.js';
import {
  breakdownCsv,
  equityCsv,
  fillsCsv,
  lotsCsv,
  movementsCsv,
  ordersCsv,
  refusalsCsv,
  sessionsCsv,
  tableSources,
  tradesCsv,
} from './tables.js';

/** Every file that a run may leave. `FAILED.txt` is there only when it failed. */
const FILES: ReadonlySet<string> = new Set([
  'config.yaml',
  'run.json',
  'orders.csv',
  'fills.csv',
  'refusals.csv',
  'trades.csv',
  'lots.csv',
  'breakdown.csv',
  'sessions.csv',
  'movements.csv',
  'equity.csv',
  'metrics.json',
  'risk.json',
  'risk.csv',
  'report.html',
  'journal.jsonl',
  'FAILED.txt',
]);

/**
 * Throws `ConfigError` when a folder holds anything that is not a run's. To be asked before a run, so that nobody waits for
 * a result that has no place to go.
 */
export function requireRunFolder(directory: string): void {
  if (!existsSync(directory)) return;
  const path = resolve(directory);
  const remedy = 'give another folder, or move what is there';
  if (!statSync(path).isDirectory()) {
    throw new ConfigError('RUN_FOLDER_IS_FILE', `"${path}" is a file, no folder; ${remedy}`, { path });
  }
  const names = readdirSync(path);
  const foreign = names.find((name) => !FILES.has(name));
  if (foreign !== undefined) {
    throw new ConfigError('RUN_FOLDER_TAKEN', `"${path}" holds "${foreign}", which no run left there; ${remedy}`, {
      path,
    });
  }
  if (names.length > 0 && !isOurs(path)) {
    throw new ConfigError('RUN_FOLDER_TAKEN', `"${path}" holds files but no run.json of ours; ${remedy}`, { path });
  }
}

function isOurs(path: string): boolean {
  const file = join(path, 'run.json');
  if (!existsSync(file)) return false;
  return readFileSync(file, 'utf8').includes(`"format": "${RUN_FORMAT}"`);
}

/**
 * Writes a run's folder. Everything is written into a folder beside it and renamed at the end, so that whatever stands under
 * the name is whole. An earlier run there is replaced; in between, for an instant, there is none. Throws `ConfigError` when
 * the folder holds anything that is not a run's, and the system's error when it cannot be written. Answers the metrics that it wrote.
 */
export function writeRunFolder(directory: string, record: RunRecord): Metrics {
  requireRunFolder(directory);
  const path = resolve(directory);
  mkdirSync(dirname(path), { recursive: true });
  const partial = `${path}.partial-${process.pid}`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial);
  try {
    const figures = figuresOf(record);
    for (const [name, content] of filesOf(record, figures)) writeFileSync(join(partial, name), content);
    replace(path, partial);
    return figures.metrics;
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    throw error;
  }
}

function replace(path: string, partial: string): void {
  if (!existsSync(path)) return renameSync(partial, path);
  const old = `${path}.old-${process.pid}`;
  rmSync(old, { recursive: true, force: true });
  renameSync(path, old);
  renameSync(partial, path);
  rmSync(old, { recursive: true, force: true });
}

function* filesOf(
  record: RunRecord,
  figures: RunFigures,
): Generator<readonly [name: string, content: string | Uint8Array]> {
  const sources = tableSources(record.result, orderIds(record.result));
  yield ['config.yaml', record.config];
  yield ['orders.csv', ordersCsv(sources)];
  yield ['fills.csv', fillsCsv(sources)];
  yield ['refusals.csv', refusalsCsv(sources, figures.risk.nextSessionReturns)];
  yield ['trades.csv', tradesCsv(sources, record.context?.market)];
  yield ['lots.csv', lotsCsv(sources)];
  yield ['breakdown.csv', breakdownCsv(sources)];
  yield ['sessions.csv', sessionsCsv(sources, record.context?.benchmark)];
  yield ['movements.csv', movementsCsv(sources)];
  yield ['equity.csv', equityCsv(sources)];
  yield ['metrics.json', metricsJson(figures)];
  yield ['risk.json', riskJson(record.result, figures.risk)];
  yield ['risk.csv', riskCsv(record.result, figures.risk)];
  yield ['report.html', reportHtml(record, figures)];
  yield ['run.json', runJson(record, figures)];
  if (record.status.kind === 'failed') {
    yield [
      'FAILED.txt',
      `This run failed. The files beside this one are what it had until then.\n\n${record.status.reason}\n`,
    ];
  }
}
