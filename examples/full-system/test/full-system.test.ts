import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { orderRoles, reviewOf } from '@tradekit/backtest';
import { isoDate, newYorkMinute, type Timestamp } from '@tradekit/core';
import { loadConfig, type RunConfig, runSystem, type SystemRun } from 'tradekit';
import { afterAll, beforeAll, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'full-system-'));
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
  expect(result.fills.length).toBe(1317);
  expect(result.trades.length).toBe(658);
  expect(result.finalEquity).toBe(978815.2244060007);
  expect(digest).toBe('99e7db1f7a1911caa05caa6bccaf18d4f6eff172acdbe7b5eee2663d052ecfcc');
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

test('keeps its limits: no shorts, and what it opens is at most 4 % of the equity', () => {
  const { fills, equity, positions } = run.result;
  const opened = Array.from(fills.sign, (sign, k) => {
    const before = equity.equity[fills.row[k] ?? 0] ?? 0;
    return sign > 0 ? ((fills.quantity[k] ?? 0) * (fills.price[k] ?? 0)) / before : 0;
  });
  // A whole position is 4 % at the last mark; it is bought at the next open, which may be somewhat higher.
  expect(Math.max(...opened)).toBeLessThan(0.042);
  expect(positions.every(({ quantity }) => quantity > 0)).toBe(true);
  expect(Math.max(...Array.from(equity.exposure, (exposure) => exposure || 0))).toBeLessThan(1.05);
});

test('halts for a day four times at 2 %, and for good at 10 %', () => {
  const found = run.result.states.filter(({ state }) => state === 'halted');
  expect(found.map(({ session, rule, until }) => `${isoDate(session)} ${rule} ${until}`)).toEqual([
    '2021-04-20 max-daily-loss next-session',
    '2021-10-14 max-daily-loss next-session',
    '2023-12-22 max-daily-loss next-session',
    '2024-06-28 max-daily-loss next-session',
    '2024-10-28 max-drawdown started',
  ]);
  const overshoots = found.map(({ measured = Number.NaN, limit = Number.NaN }) => measured - limit);
  expect(Math.min(...overshoots)).toBeGreaterThan(0);
  expect(Math.max(...overshoots)).toBeLessThan(0.0025);
});

test('the risk page has the peak use of every limit', () => {
  const { result, limits, tally } = run;
  const peaks = reviewOf(result, limits, tally).limits.map(({ rule, limit, peak }) => [
    rule,
    limit,
    Number(peak.toFixed(4)),
  ]);
  expect(peaks).toEqual([
    ['max-position', 0.05, 0.0665], // 4 % when it was bought, and risen since
    ['max-sector', 0.25, 0.2628],
    ['max-gross', 1, 1],
    ['max-net', undefined, 1],
    ['max-leverage', undefined, 1],
    ['max-positions', undefined, 34],
    ['max-daily-loss', 0.02, 0.0226],
    ['max-drawdown', 0.1, 0.1001],
  ]);
});

test('decides from 10:00 to 15:45 and enters until 15:30, New York; only a halt closes later', () => {
  const { orders } = run.result;
  const isFlatten = (k: number): boolean => orderRoles[orders.role[k] ?? 0] === 'flatten';
  const minutes = Array.from(orders.time, (time, k) => (isFlatten(k) ? 600 : newYorkMinute(time as Timestamp)));
  const entries = minutes.filter((_, k) => orders.sign[k] === 1);
  expect(Math.min(...minutes)).toBe(10 * 60);
  expect(Math.max(...minutes)).toBe(15 * 60 + 45);
  expect(Math.max(...entries)).toBe(15 * 60 + 30);
});
