import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadConfig, type RunConfig, runSystem, type SystemRun } from 'tradekit';
import { afterAll, beforeAll, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'custom-indicator-'));
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
  expect(result.fills.length).toBe(122);
  expect(result.trades.length).toBe(61);
  expect(digest).toBe('07757bb6c097af76123454e96f9491dfbd4a72e9822262f3b61193e50b2f21ca');
  expect((await runSystem(config)).digest).toBe(digest);
});

test('its README shows the pinned numbers', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8').replaceAll(/ +/g, ' ');
  const { finalEquity, fills, trades, books } = run.result;
  const money = (value: number): string =>
    value.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  expect(readme).toContain(`| final equity | ${money(finalEquity)}`);
  expect(readme).toContain(`| fills | ${fills.length} |`);
  expect(readme).toContain(`| round trips | ${trades.length} |`);
  expect(readme).toContain(`| commission | ${money(books[0]?.commission ?? 0)} |`);
});
