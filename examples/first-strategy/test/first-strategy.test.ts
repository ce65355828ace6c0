import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadConfig, type RunConfig, runSystem, type SystemRun } from 'tradekit';
import { afterAll, beforeAll, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'first-strategy-'));
const shipped = loadConfig(fileURLToPath(new URL('../config.yaml', import.meta.url)));
const config: RunConfig = { ...shipped, data: { ...shipped.data, folder } };
let run: SystemRun;

beforeAll(async () => {
  run = await runSystem(config);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('comes to its pinned numbers', () => {
  const { ending, result, digest } = run;
  expect(ending).toEqual({ kind: 'complete' });
  expect(result.fills.length).toBe(285);
  expect(result.trades.length).toBe(142);
  expect(result.finalEquity).toBe(108180.15298000001);
  expect(digest).toBe('99c50d211036fa665da858ecfe2f2b66c467a9cb3951abe247d89b925cf88d8b');
});

test('its README shows the pinned numbers', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8').replaceAll(/ +/g, ' ');
  const { finalEquity, fills, trades, books } = run.result;
  const money = (value: number): string =>
    value.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  expect(readme).toContain(`| final equity | ${money(finalEquity)}`);
  expect(readme).toContain(`| fills | ${fills.length.toLocaleString('en-US')} |`);
  expect(readme).toContain(`| round trips | ${trades.length} |`);
  expect(readme).toContain(` +${((run.synthetic?.buyAndHoldReturn ?? Number.NaN) * 100).toFixed(1)} % `);
  expect(readme).toContain(`| commission | ${money(books[0]?.commission ?? 0)} |`);
});

test('comes to the same twice', async () => {
  expect((await runSystem(config)).digest).toBe(run.digest);
});

test('buys when the fast average is above the slow one and sells when it is below', () => {
  const { orders } = run.result;
  const reasons = Array.from(orders.sign, (sign, k) => `${sign} ${orders.reason[k]}`);
  expect(new Set(reasons)).toEqual(new Set(['1 fast above slow', '-1 fast below slow']));
});
