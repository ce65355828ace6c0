/** From keys of a config to the risk page: limits, counts, and the first line of the summary. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeSyntheticMarket } from '@tradekit/data';
import { loadConfig, runToFolder } from 'tradekit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { summaryText } from '../../src/run/summary.js';
import { type Scratch, scratch } from '../scratch.js';

let place: Scratch;

beforeAll(() => {
  place = scratch();
  const instruments = [{ id: 'AAA' }, { id: 'BBB' }];
  writeSyntheticMarket(join(place.folder, 'data'), { seed: 7, first: '2023-01-03', last: '2023-02-28', instruments });
  // In the second month it bets on AAA, 2 to 1, and on BBB what pays nothing.
  place.file(
    'bet.ts',
    `export default () => ({ name: 'bet', generateSignals: (market) => market.slice < 600 ? [] : market.instruments.map((instrument) => {
      const price = market.close(instrument);
      const probability = instrument === 0 ? 0.7 : 0.4;
      return { instrument, direction: 1, probability, stopPrice: price * 0.9, targetPrice: price * 1.1, reason: 'bet' };
    }) });`,
  );
});

afterAll(() => place.remove());

function run(risk: string) {
  const text = `data: { folder: ./data }\nsymbols: [AAA, BBB]\ncash: 100000\nstrategies: [{ use: ./bet.ts }]\nrisk: ${risk}\n`;
  const output = join(place.folder, 'run');
  return runToFolder(loadConfig(place.file('config.yaml', text)), { startedAt: new Date(0), output });
}

const riskJson = () => JSON.parse(readFileSync(join(place.folder, 'run', 'risk.json'), 'utf8'));

test('a cap over Kelly is counted, and the limits of the config stand beside their uses', async () => {
  const sizer =
    'sizer: { kind: capped, capFraction: 0.04, of: { kind: kelly, edge: { kind: signal }, horizonSessions: 5 } }';
  const { summary } = await run(`{ ${sizer}, maxDailyLossFraction: 0.02, maxPositions: 5 }`);
  const { wishes, limits } = riskJson();
  // Full Kelly of the first bet is 0.04 ÷ 0.0084 = 4.8 of the budget, of which 4 % stand; of the second it is nothing.
  expect(wishes.sizes).toMatchObject({ sizer: 'kelly(signal)', own: 0, capped: 1, refused: 0 });
  expect(wishes.sizes.none).toBeGreaterThan(0);
  const limitOf = Object.fromEntries(
    limits.map(({ rule, limit }: { rule: string; limit: number | null }) => [rule, limit]),
  );
  expect(limitOf).toMatchObject({
    'max-position': 0.05,
    'max-sector': null,
    'max-positions': 5,
    'max-daily-loss': 0.02,
    'max-drawdown': null,
  });
  expect(summary.halted).toBeUndefined();
});

test('a halt that lasts is the first thing that is said', async () => {
  const { summary } = await run('{ targetFraction: 0.9, maxPositionFraction: 1, maxDrawdownFraction: 0.001 }');
  const { halted } = summary;
  expect(halted?.rule).toBe('max-drawdown');
  const [first] = summaryText(summary).split('\n');
  const part = ((halted?.notTradedFraction ?? Number.NaN) * 100).toFixed(2);
  expect(first).toBe(`halted on ${halted?.date} by max-drawdown; ${part} % of the period not traded`);
  expect(riskJson().detections[0]).toMatchObject({ rule: 'max-drawdown', limit: 0.001, session: halted?.date });
  expect(readFileSync(join(place.folder, 'run', 'report.html'), 'utf8')).toContain(
    `Halted on ${halted?.date}; ${part} %`,
  );
});
