/** What `tradekit init` copies is what the examples show. */
import { readFileSync } from 'node:fs';
import { loadConfig } from 'tradekit';
import { expect, test } from 'vitest';
import shown from '../../../examples/first-strategy/strategy.js';
import copied from '../templates/system/strategies/first.js';

const text = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

test('its strategy is the first example', () => {
  expect(typeof copied).toBe('function');
  expect(typeof shown).toBe('function');
  expect(text('../templates/system/strategies/first.ts')).toBe(text('../../../examples/first-strategy/strategy.ts'));
});

test('its config has no fault, and its test is one of node’s own', () => {
  const config = loadConfig(new URL('../templates/system/config.yaml', import.meta.url).pathname);
  expect(config.strategies.map(({ name }) => name)).toEqual(['first']);
  expect(text('../templates/system/test/first.test.js')).toContain("from 'node:test'");
});
