import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ConfigError, type RiskContext } from '@tradekit/core';
import type { Addition } from '@tradekit/risk';
import { loadConfig, type RunConfig, runSystem, type SystemRun } from 'tradekit';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { noFallingKnife } from '../no-falling-knife.js';

describe('noFallingKnife: 10 % over two sessions', () => {
  const rule = noFallingKnife({ sessions: 2, limitFraction: 0.1 });
  /** What becomes of an addition after two returns, the earlier first. */
  const after = (returns: readonly [number, number], direction: 1 | -1 = 1) => {
    const context = {
      id: () => 'KO',
      sessionReturn: (_: unknown, ago: number) => returns[2 - ago] ?? Number.NaN,
    } as Partial<RiskContext> as RiskContext;
    return rule.check([{ instrument: 0, direction } as Addition], context)[0]?.kind;
  };

  it('passes just above, refuses beyond: 0.95 × 0.95 is −9.75 %, 0.95 × 0.94 is −10.7 %', () => {
    expect([after([-0.05, -0.05]), after([-0.05, -0.06])]).toEqual(['pass', 'cut']);
  });
  it('lets be sold short what falls', () => expect(after([-0.5, -0.5], -1)).toBe('pass'));
  it('lets nothing pass that it cannot measure', () => expect(after([Number.NaN, 0])).toBe('cut'));
  it('does not take a percentage for a fraction', () =>
    expect(() => noFallingKnife({ limitFraction: 3 })).toThrow(ConfigError));
});

const folder = mkdtempSync(join(tmpdir(), 'custom-risk-rule-'));
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
  expect(result.fills.length).toBe(283);
  expect(result.trades.length).toBe(141);
  expect(result.finalEquity).toBe(101830.98481999993);
  expect(digest).toBe('abbc47cae80b4857737feeaa0df9d3a6aad352e411a9e6746219b1084531aa5b');
});

test('the rule refuses, by its name', () => {
  const refused = run.result.refusals.filter(({ rule }) => rule === 'no-falling-knife');
  expect(refused.length).toBe(15);
  expect(refused.every(({ measured, limit }) => !(measured <= limit))).toBe(true);
});

test('its README shows the pinned numbers', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8').replaceAll(/ +/g, ' ');
  const { finalEquity, fills, trades, refusals } = run.result;
  const money = finalEquity.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  expect(readme).toContain(`| final equity | ${money}`);
  expect(readme).toContain(`| fills | ${fills.length} |`);
  expect(readme).toContain(`| round trips | ${trades.length} |`);
  expect(readme).toContain(`| refused wishes | ${refusals.filter(({ rule }) => rule === 'no-falling-knife').length} |`);
});
