/** The sector limit where symbols have sectors, where none has, and where some have. */
import { join } from 'node:path';
import { writeSyntheticMarket } from '@tradekit/data';
import { loadConfig, runSystem, type SystemRun } from 'tradekit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Scratch, scratch } from '../scratch.js';

let place: Scratch;

beforeAll(() => {
  place = scratch();
  const instruments = [{ id: 'AAA' }, { id: 'BBB' }];
  writeSyntheticMarket(join(place.folder, 'data'), { seed: 7, first: '2023-01-03', last: '2023-01-06', instruments });
  place.file(
    'buy.ts',
    "export default () => ({ name: 'buy', generateSignals: ({ slice }) => slice === 5 ? [0, 1].map((instrument) => ({ instrument, direction: 1, reason: 'buy' })) : [] });",
  );
  place.file(
    'risk.ts',
    "export default () => ({ name: 'own', plan: (wishes) => wishes.map(() => ({ kind: 'allow', quantity: 3 })), approve: ({ quantity }) => ({ kind: 'allow', quantity }), watch() {} });",
  );
});

afterAll(() => place.remove());

/** Two positions of a fifth each are wished. */
const WISH = 'targetFraction: 0.2, maxPositionFraction: 0.2';

function run(symbols: string, risk = `{ ${WISH} }`): Promise<SystemRun> {
  const text = `data: { folder: ./data }\nsymbols: ${symbols}\ncash: 100000\nstrategies: [{ use: ./buy.ts }]\nrisk: ${risk}\n`;
  return runSystem(loadConfig(place.file('config.yaml', text)));
}

/** Part of the equity that was bought, in percent. */
function bought({ result: { fills } }: SystemRun): number {
  const dollars = fills.price.reduce((sum, price, k) => sum + price * (fills.quantity[k] ?? 0), 0);
  return Math.round(dollars / 1000);
}

const limitOf = ({ assumptions }: SystemRun): string | undefined =>
  assumptions.find(({ name }) => name === 'Risk')?.text;

test('no symbol has a sector and no limit is set: there is none, and one warning says so', async () => {
  for (const symbols of ['[AAA, BBB]', 'all']) {
    const system = await run(symbols);
    expect(bought(system)).toBe(40);
    expect(limitOf(system)).toBe('target 0.2, at most 0.2 a symbol, 1 gross, and the cash');
    expect(system.warnings).toEqual([
      'no symbol has a sector, so no sector limit is kept; give sectors in symbols, or set risk.maxSectorFraction to limit all of them together',
    ]);
  }
});

test('a limit that is set holds for all symbols together where none has a sector, without a word', async () => {
  const system = await run('[AAA, BBB]', `{ ${WISH}, maxSectorFraction: 0.25 }`);
  expect(bought(system)).toBe(25);
  expect(system.warnings).toEqual([]);
});

test('symbols with sectors are limited to 25 % a sector', async () => {
  const one = await run('[{ symbol: AAA, sector: Energy }, { symbol: BBB, sector: Energy }]');
  const two = await run('[{ symbol: AAA, sector: Energy }, { symbol: BBB, sector: Materials }]');
  expect([bought(one), bought(two)]).toEqual([25, 40]);
  expect(limitOf(one)).toBe('target 0.2, at most 0.2 a symbol, 0.25 a sector, 1 gross, and the cash');
  expect([one.warnings, two.warnings]).toEqual([[], []]);
});

test('where some have none, the limit is kept and one warning names them', async () => {
  for (const risk of [`{ ${WISH} }`, `{ ${WISH}, maxSectorFraction: 0.3 }`]) {
    const { warnings } = await run('[{ symbol: AAA, sector: Energy }, BBB]', risk);
    expect(warnings).toEqual([
      'symbols without a sector count as one sector together: BBB; give each its sector in symbols',
    ]);
  }
});

test('a risk manager of the user’s own is told nothing', async () => {
  expect((await run('[AAA, BBB]', '{ use: ./risk.ts }')).warnings).toEqual([]);
});
