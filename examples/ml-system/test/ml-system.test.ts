import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadConfig, type RunConfig, runSystem, type SystemRun, type TrainSummary, trainToFolder } from 'tradekit';
import { afterAll, beforeAll, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'ml-system-'));
const shipped = loadConfig(fileURLToPath(new URL('../config.yaml', import.meta.url)));
const model = join(folder, 'model');
let config: RunConfig;
let summary: TrainSummary;
let run: SystemRun;

beforeAll(async () => {
  if (shipped.train === undefined) throw new Error('the config has no train part');
  config = {
    ...shipped,
    data: { ...shipped.data, folder: join(folder, 'data') },
    train: { ...shipped.train, output: model },
    strategies: shipped.strategies.map((strategy) => ({ ...strategy, model })),
  };
  ({ summary } = await trainToFolder(config));
  run = await runSystem(config);
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('comes to its pinned numbers', () => {
  const { ending, result, digest } = run;
  expect(ending).toEqual({ kind: 'complete' });
  expect(summary.samples).toBe(34_632);
  expect(result.fills.length).toBe(1528);
  expect(result.trades.length).toBe(764);
  expect(digest).toBe('86c194de0299eed985d63c669930ccd5ccd4b339637cfadea128543875f83e26');
});

test('knows nothing of the direction, and says so', () => {
  const { upAgainstDown, standardError } = summary.overall;
  expect(Math.abs(((upAgainstDown ?? 0) - 0.5) / (standardError ?? 0))).toBeLessThan(3);
  expect(readFileSync(join(model, 'report.html'), 'utf8')).toContain('nothing that could be told from chance');
});

test('knows no more of labels that nothing can be learned from', () => {
  expect(summary.controls.map(({ name }) => name)).toEqual(['shuffled', 'shifted']);
  for (const { figures } of summary.controls) {
    expect(Math.abs(((figures.upAgainstDown ?? 0) - 0.5) / (figures.standardError ?? 0))).toBeLessThan(3);
  }
});

test('its README shows the pinned numbers', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8').replaceAll(/ +/g, ' ');
  const { upAgainstDown, standardError, logLoss, baseLogLoss } = summary.overall;
  const { finalEquity, fills, trades, books } = run.result;
  const money = (value: number): string =>
    value.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  expect(readme).toContain(`| up against down, AUC | ${upAgainstDown?.toFixed(4)} ± ${standardError?.toFixed(4)} |`);
  expect(readme).toContain(`| log loss | ${logLoss.toFixed(4)}, base rates ${baseLogLoss.toFixed(4)} |`);
  expect(readme).toContain(`| final equity | ${money(finalEquity)}`);
  expect(readme).toContain(`| fills | ${fills.length.toLocaleString('en-US')} |`);
  expect(readme).toContain(`| round trips | ${trades.length} |`);
  expect(readme).toContain(`| commission | ${money(books[0]?.commission ?? 0)} |`);
  expect(readme).toContain(`+${((run.synthetic?.buyAndHoldReturn ?? Number.NaN) * 100).toFixed(1)} % without costs`);
});

test('every trade is made by a model that was there before', () => {
  const first = Math.min(...summary.folds.map(({ knownAt }) => Date.parse(knownAt)));
  expect(Math.min(...run.result.trades.map(({ entryTime }) => entryTime))).toBeGreaterThan(first);
});

test('says when it abstained, and why', () => {
  const said = run.warnings.join('\n');
  expect(said).toMatch(/ml: abstained 5088 times from 2021-01-04T15:00:00.000Z to .*: no model could be had yet/);
  expect(said).toMatch(/a feature has drifted beyond 0.25, first volatility/);
});
