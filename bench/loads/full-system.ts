/**
 * The full system over a synthetic market: 46 symbols, four years, 25 features, three strategies, every rule, costs. After loading, and in a
 * process of its own from a column store to the run folder. Prints rows.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { assumptionsOf, type BacktestOptions, backtest, buyAndHold, writeRunFolder } from '@tradekit/backtest';
import { brokerCharges, halfSpread, slippages, squareRootImpact } from '@tradekit/brokers/simulated';
import { type BarHistory, civilDay, nyse, type StrategyFactory, type StrategySlot } from '@tradekit/core';
import {
  columnStore,
  loadStoredBars,
  readBarFile,
  type SeriesInput,
  syntheticHistory,
  UNIVERSE_46,
  writeSyntheticMarket,
} from '@tradekit/data';
import { defaultFeatures, featureSet, sma } from '@tradekit/indicators';
import {
  buyingPower,
  cashReserve,
  coolDown,
  fixedFraction,
  maxCluster,
  maxCorrelation,
  maxDailyLoss,
  maxDataAge,
  maxDrawdown,
  maxGross,
  maxLeverage,
  maxNet,
  maxOrderNotional,
  maxOrderQuantity,
  maxOrdersPerMinute,
  maxPosition,
  maxPositions,
  maxSector,
  maxTradesPerDay,
  maxVolumeShare,
  noRepeatedOrder,
  noWashTrade,
  priceCollar,
  riskManager,
  shortPermission,
  tradingHours,
} from '@tradekit/risk';
import { meanReversion, momentum } from '@tradekit/strategies';
import { bareLoop, bareMarket } from '../b1-bare.js';
import { b1History } from '../b1-market.js';
import { cpuMs, inTurn, median, report, row } from '../measure.js';

/** Asks for the 25 default features, and is long while a fast average of closes is above a slow one: the third strategy. */
const crossing: StrategyFactory = (setup) => {
  for (const { spec } of featureSet(defaultFeatures).features) setup.feature(spec);
  const fast = setup.feature(sma(65));
  const slow = setup.feature(sma(260));
  return {
    name: 'crossing',
    generateSignals: (market) =>
      market.instruments.flatMap((instrument) => {
        const difference = market.feature(fast, instrument) - market.feature(slow, instrument);
        const direction = difference > 0 ? 1 : 0;
        if (Number.isNaN(difference) || direction === market.stance(instrument).direction) return [];
        return [{ instrument, direction, reason: 'averages' } as const];
      }),
  };
};

const slot = (name: string, create: StrategyFactory, weight: number): StrategySlot => ({
  name,
  create,
  weight,
  parameters: {},
});

function systemOn(history: BarHistory): BacktestOptions {
  return {
    history,
    calendar: nyse,
    initialCash: 1_000_000,
    ...brokerCharges['ibkr-fixed'],
    slippage: slippages(halfSpread(), squareRootImpact()),
    strategies: [
      slot('momentum', momentum as StrategyFactory, 0.5),
      slot('mean-reversion', meanReversion as StrategyFactory, 0.25),
      slot('crossing', crossing, 0.25),
    ],
    risk: riskManager({
      sizer: fixedFraction({ targetFraction: 0.04 }),
      rules: [
        maxDailyLoss({ limitFraction: 0.5 }),
        maxDrawdown({ limitFraction: 0.9 }),
        maxPosition({ limitFraction: 0.05 }),
        maxSector({ limitFraction: 0.25 }),
        maxGross({ limitFraction: 1 }),
        maxNet({ limitFraction: 1 }),
        maxLeverage({ limit: 2 }),
        buyingPower(),
        maxCorrelation({ limitFraction: 0.35 }),
        maxCluster({ limitFraction: 0.3 }),
        maxPositions({ limit: 46 }),
        maxVolumeShare({ limitFraction: 0.05 }),
        maxOrderQuantity({ limit: 1e6 }),
        maxOrderNotional({ limit: 1e6 }),
        priceCollar({ limitFraction: 0.1 }),
        maxDataAge({ limitMinutes: 60 }),
        maxOrdersPerMinute({ limit: 1000 }),
        maxTradesPerDay({ limit: 1000 }),
        noRepeatedOrder({ withinSeconds: 1 }),
        noWashTrade(),
        shortPermission({ symbols: [] }),
        tradingHours({ afterOpenMinutes: 0 }),
        coolDown({ minutes: 15 }),
        cashReserve(),
      ],
    }),
  };
}

/** From the store to the folder, once: CPU milliseconds, imports not counted. */
async function cold(store: string, folder: string): Promise<void> {
  const before = process.cpuUsage();
  const symbols = UNIVERSE_46.map(({ id }) => id);
  const range = { calendar: nyse, start: civilDay(2021, 1, 1), end: civilDay(2024, 12, 31), symbols };
  const { history } = await loadStoredBars(columnStore(store), range);
  const options = systemOn(history);
  const result = backtest(options);
  writeRunFolder(folder, {
    result,
    context: { market: history, benchmark: buyAndHold(history) },
    name: 'full-system',
    mode: 'backtest',
    status: { kind: 'complete' },
    config: 'name: full-system\n',
    versions: {},
    startedAt: '2026-01-01T00:00:00.000Z',
    warnings: [],
    assumptions: assumptionsOf(options),
  });
  const { user, system } = process.cpuUsage(before);
  const peak = process.resourceUsage().maxRSS / 1024;
  process.stdout.write(JSON.stringify({ ms: (user + system) / 1000, peak, fills: result.fills.length }));
}

async function whole(): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'tradekit-bench-full-'));
  try {
    const csv = join(scratch, 'csv');
    const store = join(scratch, 'store');
    writeSyntheticMarket(csv, { instruments: UNIVERSE_46 });
    function* series(): Generator<SeriesInput> {
      for (const { id } of UNIVERSE_46)
        yield { symbol: id, bars: readBarFile(join(csv, `${id}_15min.csv`), { barMinutes: 15 }) };
    }
    await columnStore(store).import({ barMinutes: 15, feed: 'unknown', adjusted: 'split' }, series());
    const market = bareMarket(b1History().bars);
    const runs = Array.from({ length: 3 }, (_, nth) => {
      const args = ['--import', 'tsx', fileURLToPath(import.meta.url), store, join(scratch, `run-${nth}`)];
      const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
      if (status !== 0) throw new Error(`the cold run ended with ${status}: ${stderr}`);
      return JSON.parse(stdout) as { ms: number; peak: number; fills: number };
    });
    bareLoop(market);
    const bare = median([1, 2, 3, 4, 5].map(() => cpuMs(() => bareLoop(market))));
    const options = systemOn(syntheticHistory());
    const ms = inTurn({ bare: () => bareLoop(market), system: () => backtest(options) });
    report(
      row('full system after loading', ms.system / ms.bare, 'x', 40),
      row('full system from a cold column store to the run folder', median(runs.map((run) => run.ms)) / bare, 'x', 80),
      row('full system, peak memory of the process', Math.max(...runs.map((run) => run.peak)), 'MB', 300),
      row('full system, fills', runs[0]?.fills ?? 0, '', null),
    );
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

const [, , store, folder] = process.argv;
if (store !== undefined && folder !== undefined) await cold(store, folder);
else await whole();
