// The shipped strategies on the demo market, to pinned digests, and on recorded bars, to what their guide says. The recorded bars may not be
// published, so that part skips where they are not.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { backtest, digest, metricsOf, type RunResult } from '@tradekit/backtest';
import { type BarHistory, civilDay, commission, nyse, type StrategyFactory } from '@tradekit/core';
import { loadBars, syntheticHistory, UNIVERSE_46 } from '@tradekit/data';
import { defaultRules, fixedFraction, riskManager } from '@tradekit/risk';
import { meanReversion, momentum } from '@tradekit/strategies';
import { beforeAll, describe, expect, test } from 'vitest';

function run(history: BarHistory, create: StrategyFactory, parameters: object = {}): RunResult {
  return backtest({
    history,
    calendar: nyse,
    initialCash: 1_000_000,
    commission: commission({ bps: 2 }),
    risk: riskManager({ sizer: fixedFraction({ targetFraction: 0.04 }), rules: defaultRules() }),
    strategies: [{ name: 's', weight: 1, create, parameters: parameters as Readonly<Record<string, unknown>> }],
  });
}

describe('on the demo market, at 2 bp a side', () => {
  let history: BarHistory;
  beforeAll(() => {
    history = syntheticHistory();
  }, 60_000);

  test.each<[string, StrategyFactory, object, string]>([
    // The example system is this strategy, written out, with limits on its losses besides.
    ['momentum', momentum, {}, '83d13b8520cf51b7edbc82759919576a3f299998089d22af9b0937d2c63149f5'],
    [
      'momentum of sectors',
      momentum,
      { sectorRelative: true },
      '59eb6d456587a6600f5e828ecf67ab6215fbc6e4b9289c56c27d780403fd303d',
    ],
    [
      'momentum with stops',
      momentum,
      { stopRanges: 4 },
      '23fb784fbc8e6ac3e421fa6b6d48c36fd1c60ac0a819f6e785603876e1d89d59',
    ],
    ['mean reversion', meanReversion, {}, '773edb6fece6ab61cb33658666c03d5272571bfb40b4a032ccc923d24d1dc3a9'],
  ])('%s', (_, create, parameters, expected) => {
    expect(digest(run(history, create, parameters))).toBe(expected);
  });

  test('mean reversion holds nothing overnight, and nothing longer than its time', () => {
    const { trades } = run(history, meanReversion);
    expect(trades.length).toBeGreaterThan(1000);
    for (const { entryTime, exitTime, barsHeld } of trades) {
      expect(exitTime - entryTime).toBeLessThan(6.5 * 3_600_000);
      expect(barsHeld).toBeLessThanOrEqual(13);
    }
  });
});

const folder = join(
  process.env.TRADEKIT_TEST_DATA ?? fileURLToPath(new URL('../../../shared/data', import.meta.url)),
  'real15',
);
const absent = existsSync(folder) ? '' : ` (skipped: no recorded bars in ${folder})`;

describe.skipIf(absent !== '')(`on recorded bars of 2021 to 2024, at 2 bp a side${absent}`, () => {
  let history: BarHistory;
  beforeAll(() => {
    const instruments = UNIVERSE_46.map((record) =>
      record.id === 'META' ? { ...record, from: civilDay(2022, 6, 9) } : record,
    );
    history = loadBars({
      folder,
      instruments,
      calendar: nyse,
      start: civilDay(2021, 1, 1),
      end: civilDay(2024, 12, 31),
    }).history;
  }, 60_000);

  test('momentum turns over 3 to 8 % a day and is invested by 35 to 55 %', () => {
    const { turnover, exposure } = metricsOf(run(history, momentum));
    expect(turnover.value).toBeGreaterThan(0.03);
    expect(turnover.value).toBeLessThan(0.08);
    expect(exposure.value).toBeGreaterThan(0.35);
    expect(exposure.value).toBeLessThan(0.55);
  });

  test('mean reversion loses', () => {
    expect(metricsOf(run(history, meanReversion)).totalReturn.value).toBeLessThan(0);
    expect(metricsOf(run(history, meanReversion, { mean: 'bollinger', meanBars: 26 })).totalReturn.value).toBeLessThan(
      -0.2,
    );
  });
});
