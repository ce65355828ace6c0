/** What the keys `costs`, `fills` and `account` come to: the names that a report gives, and what a run pays. */
import { writeSyntheticMarket } from '@tradekit/data';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/load.js';
import { configText } from '../../src/config/text.js';
import { runSystem } from '../../src/run/system.js';
import { type Scratch, scratch } from '../scratch.js';

let place: Scratch;

const STRATEGY = `export default (setup) => ({
  name: 'in-and-out',
  generateSignals: ({ instruments, slice }) =>
    slice % 13 === 3 ? instruments.map((instrument) => ({ instrument, direction: slice % 2 === 1 ? 1 : 0, reason: 'turn' })) : [],
});`;

beforeAll(() => {
  place = scratch();
  place.file('strategy.mjs', STRATEGY);
  const market = { seed: 7, first: '2023-01-03', last: '2023-02-03', instruments: [{ id: 'AAA' }, { id: 'BBB' }] };
  writeSyntheticMarket(`${place.folder}/data`, market);
});

afterAll(() => place.remove());

const load = (more: string) =>
  loadConfig(
    place.file(
      'config.yaml',
      `name: it
data: { folder: ./data }
symbols: [AAA, BBB]
cash: 100000
strategies: [{ use: ./strategy.mjs }]
${more}
`,
    ),
  );

const assumed = async (more: string): Promise<Readonly<Record<string, string>>> => {
  const { assumptions } = await runSystem(load(more));
  return Object.fromEntries(assumptions.map(({ name, text }) => [name, text]));
};

describe('every choice stands among the assumptions', () => {
  test('by default: no costs, the worst case inside a bar, an account without terms', async () => {
    expect(await assumed('')).toMatchObject({
      Commission: 'none',
      Fees: 'none',
      Slippage: 'none',
      'Path inside a bar': 'not known: where a bar touches stop and target, the stop',
      Account: 'everything is allowed; cash earns nothing, and shorts are free and always to be had',
    });
  });

  test("a broker's price list, several kinds of slippage, a participation", async () => {
    const costs =
      'costs: { broker: ibkr-fixed, slippage: { halfSpread: {}, squareRootImpact: { coefficient: 0.5 }, driftBps: 1 }, participation: 0.1 }';
    expect(await assumed(costs)).toMatchObject({
      Commission: '$0.005 a share, at least $1 an order, at most 1 % of its notional',
      Fees: 'SEC fee and FINRA trading activity fee of the date of each sale',
      Slippage:
        "half a spread of max(half a tick, 1 bp) × the volatility of the time of day + square-root impact, coefficient 0.5, over 20 sessions + 1 bp of adverse drift + at most 0.1 of a bar's volume",
    });
  });

  test('the path and the account', async () => {
    const more = `fills: { path: open-high-low-close }
account: { type: margin, creditRate: 0.03, debitRate: 0.06, borrow: { feeFraction: 0.003, not: [BBB] }, shortSaleRestriction: true, dayTradeRule: { until: 2026-01-31 } }`;
    expect(await assumed(more)).toMatchObject({
      'Path inside a bar': 'from the open to the nearer extreme, to the other, to the close',
      Account:
        'margin account: positions up to 4 × equity, 2 × for the night; cash earns 3 % a year, loans cost 6 %; shorts pay 0.3 % a year, none of BBB; short-sale restriction after a fall of 10 %; day-trade rule until 2026-01-31',
    });
  });
});

test('interest is paid on cash at every close, and stands among the movements', async () => {
  const { result } = await runSystem(load('account: { type: margin, creditRate: 0.036 }'));
  const interest = result.movements.filter(({ type }) => type === 'interest');
  expect(interest).toHaveLength(result.sessions.length - 1);
  // The first night: 100,000 dollars and the profit of a day, one day of 360.
  expect(interest[0]?.cash).toBeCloseTo(10, 1);
});

test('what was resolved is written out, and read again it is the same', () => {
  const config = load(`costs: { broker: ibkr-tiered, slippage: { bps: 2, volumeShare: {} } }
account: { type: cash, creditRate: 0.01 }
benchmark: AAA`);
  const again = loadConfig(place.file('again.yaml', configText(config)));
  const { file: _, ...one } = config;
  const { file: __, ...other } = again;
  expect(other).toEqual({
    ...one,
    strategies: one.strategies.map((slot, k) => ({ ...slot, place: other.strategies[k]?.place })),
  });
});

test('a benchmark that is not traded is refused before the run', async () => {
  await expect(runSystem(load('benchmark: AAB'))).rejects.toThrow(
    'no instrument "AAB" in the universe; did you mean "AAA"?',
  );
});

test('finer bars are looked for by their own names, and a missing file is named', async () => {
  const finer = await runSystem(load('fills: { path: finer-bars, folder: ./data, barMinutes: 5 }')).catch(String);
  // The folder has none of five minutes: the fault names the file that is missing.
  expect(finer).toContain('AAA_5min.csv');
});
