import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadConfig, type RunConfig, runSystem, type SystemRun } from 'tradekit';
import { afterAll, beforeAll, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'custom-strategy-'));
const shipped = loadConfig(fileURLToPath(new URL('../config.yaml', import.meta.url)));
const config: RunConfig = { ...shipped, data: { ...shipped.data, folder } };
let run: SystemRun;

beforeAll(async () => {
  run = await runSystem(config);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('comes to its pinned numbers, twice', async () => {
  const { ending, result, digest } = run;
  expect(ending).toEqual({ kind: 'complete' });
  expect(result.fills.length).toBe(928);
  expect(result.trades.length).toBe(464);
  expect(result.trades.filter(({ closedBy }) => closedBy === 'stop')).toHaveLength(54);
  expect(digest).toBe('411051e8183ccfc1d21729ce32e96a9034cf1ffdef58e5a06628f46bf4366e9a');
  expect((await runSystem(config)).digest).toBe(digest);
});

test('its README shows the pinned numbers', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8').replaceAll(/ +/g, ' ');
  const { finalEquity, fills, trades, books } = run.result;
  const money = (value: number): string =>
    value.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  expect(readme).toContain(`| final equity | ${money(finalEquity)}`);
  expect(readme).toContain(`| fills | ${fills.length} |`);
  expect(readme).toContain(`| round trips | ${trades.length}, 54 of them ended by a stop |`);
  expect(readme).toContain(`| commission | ${money(books[0]?.commission ?? 0)} |`);
  expect(readme).toContain(`+${((run.synthetic?.buyAndHoldReturn ?? Number.NaN) * 100).toFixed(1)} % without costs`);
});

test('each stock is bought once a day at most, and nothing is held overnight', () => {
  const { trades } = run.result;
  const entries = trades.map(
    ({ instrument, entryTime }) => `${instrument} ${new Date(entryTime).toISOString().slice(0, 10)}`,
  );
  expect(new Set(entries).size).toBe(entries.length);
  for (const { entryTime, exitTime } of trades) expect(exitTime - entryTime).toBeLessThan(6.5 * 3_600_000);
});

test('a stop costs about what was risked: half a percent of the equity, and the gap beyond it', () => {
  const stopped = run.result.trades.filter(({ closedBy }) => closedBy === 'stop');
  const worst = Math.min(...stopped.map(({ profit }) => profit));
  // Cut by the limits most positions risk less; none loses much more than half a percent of about 100,000.
  expect(worst).toBeGreaterThan(-800);
  expect(worst).toBeLessThan(-150);
});

test('what its own last look refused is on record', () => {
  const rules = new Set(run.result.refusals.map(({ rule }) => rule));
  expect(rules).toContain('validate-signal');
});
