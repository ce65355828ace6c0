import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { loadConfig, runSystem } from 'tradekit';

const config = loadConfig(fileURLToPath(new URL('../config.yaml', import.meta.url)));

test('the system runs to the end, trades, and comes to the same twice', async () => {
  const first = await runSystem(config);
  const second = await runSystem(config);
  assert.equal(first.ending.kind, 'complete');
  assert.ok(first.result.fills.length > 0);
  assert.equal(first.digest, second.digest);
});

test('buys only while the fast average is above the slow one', async () => {
  const { result } = await runSystem(config);
  const { orders } = result;
  for (let k = 0; k < orders.length; k++) {
    assert.equal(orders.reason[k], orders.sign[k] === 1 ? 'fast above slow' : 'fast below slow');
  }
});
