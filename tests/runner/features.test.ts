/** `tradekit features list`. */
import { catalogue } from '@tradekit/indicators';
import { expect, test } from 'vitest';
import { scratch, tradekit } from './kit.js';

test('lists every indicator with its parameters, unit and warm-up, in lines of a screen', async () => {
  const place = scratch();
  const { code, stdout } = await tradekit(place.folder, 'features', 'list');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^ {2}macdSignal\(input, fast 12, slow 26, signal 9\) +price +34 {2}ema of the MACD line$/m);
  for (const name of catalogue.keys()) expect(stdout).toMatch(new RegExp(`^  ${name}\\(`, 'm'));
  const { stdout: json } = await tradekit(place.folder, 'features', 'list', '--json');
  expect(JSON.parse(json)).toHaveLength(catalogue.size);
  place.remove();
});
