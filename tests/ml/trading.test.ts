// From bars to trades, in a market where nothing can be known: nothing is gained before costs, and costs are lost. Where something is planted, it is found and earned.
// TRADEKIT_SEEDS=50 for more markets.
import { backtest, type RunResult } from '@tradekit/backtest';
import { type BarHistory, commission, nyse, type StrategyFactory } from '@tradekit/core';
import { type SyntheticEffect, syntheticHistory } from '@tradekit/data';
import {
  cellsAt,
  expandingFolds,
  fit,
  logLoss,
  type MlStrategyParameters,
  recipeOf,
  rowsAt,
  rulesOf,
  strategyOn,
  type TrainingPlan,
  trainedModels,
  trainingData,
  upAgainstDownByFold,
  valuesAt,
} from '@tradekit/ml';
import { fixedFraction, maxGross, riskManager } from '@tradekit/risk';
import { expect, test } from 'vitest';

const SEEDS = Math.min(50, Number(process.env.TRADEKIT_SEEDS ?? 3));
const COST_BPS = 2;
const instruments = Array.from({ length: 6 }, (_, k) => ({ id: `S${k}`, sector: 'Energy' }));
const recipe = recipeOf({
  labels: { kind: 'direction', horizonBars: 1 },
  features: [
    { name: 'last', indicator: 'logReturn' },
    { name: 'stretch', indicator: 'vwapDeviation' },
    { name: 'wildness', indicator: 'returnDeviation' },
    { name: 'busy', indicator: 'relativeVolume' },
  ],
  // On so few sessions the rates of a calibration part are further off than the model.
  calibration: { kind: 'none' },
  trainer: { kind: 'boosting', rounds: 30, growth: { kind: 'depth-wise', maxDepth: 3 }, minChildWeight: 20 },
} satisfies TrainingPlan);

interface Traded {
  readonly auc: number;
  /** Log loss less that of the rates of the training: below 0 it is better. */
  readonly lossAgainstRates: number;
  readonly result: RunResult;
  readonly notes: readonly string[];
}

function traded(seed: number, effect: SyntheticEffect | undefined, given: MlStrategyParameters): Traded {
  const options = { seed: 700 + seed, last: '2021-12-31', instruments, drift: 0 };
  const history = syntheticHistory(effect === undefined ? options : { ...options, effect });
  const data = trainingData(recipe, history, '');
  const folds = expandingFolds(data.samples, { folds: 3, minTrainRows: 2000 });
  const models = folds.map(({ train }) => fit(recipe, data, train));
  const said: number[] = [];
  const rates: number[] = [];
  const cells: number[] = [];
  const foldOf: number[] = [];
  for (const [k, { train, test: tested }] of folds.entries()) {
    const own = cellsAt(data, tested);
    said.push(...(models[k]?.predict(rowsAt(data.columns, own)) ?? []));
    const classes = valuesAt(data.labels.classes, cellsAt(data, train));
    const plain = [0, 1, 2].map((each) => classes.filter((came) => came === each).length / classes.length);
    for (const cell of own) {
      cells.push(cell);
      foldOf.push(k);
      rates.push(...plain);
    }
  }
  const classes = valuesAt(data.labels.classes, Int32Array.from(cells));
  const sessions = cells.map((cell) => Math.floor(cell / 6 / 26));
  const { auc } = upAgainstDownByFold(Float64Array.from(said), classes, sessions, foldOf);
  const lossAgainstRates = logLoss(Float64Array.from(said), 3, classes) - logLoss(Float64Array.from(rates), 3, classes);
  return {
    auc,
    lossAgainstRates,
    ...run(history, (setup) => strategyOn(setup, trainedModels(models, 'unknown'), rulesOf(given))),
  };
}

function run(history: BarHistory, make: (...setup: Parameters<StrategyFactory>) => ReturnType<typeof strategyOn>) {
  let strategy: ReturnType<typeof strategyOn> | undefined;
  const result = backtest({
    history,
    calendar: nyse,
    strategies: [
      {
        name: 'ml',
        weight: 1,
        create(...setup) {
          strategy = make(...setup);
          return strategy;
        },
      },
    ],
    risk: riskManager({ sizer: fixedFraction({ targetFraction: 0.15 }), rules: [maxGross({ limitFraction: 1 })] }),
    commission: commission({ bps: COST_BPS }),
    initialCash: 1_000_000,
  });
  return { result, notes: strategy?.notes() ?? [] };
}

/** What round trips returned before commissions, in hundredths of a percent, by session: trades of one session are one observation. */
function grossBySession({ trades }: RunResult): readonly number[] {
  const sums = new Map<number, number>();
  for (const { exitTime, profit, commission: paid, quantity, entryPrice } of trades) {
    const day = Math.floor(exitTime / 86_400_000);
    sums.set(day, (sums.get(day) ?? 0) + (1e4 * (profit + paid)) / (Math.abs(quantity) * entryPrice));
  }
  return [...sums.values()];
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, own) => sum + own, 0) / values.length;

function tOf(values: readonly number[], around = 0): number {
  const mean = meanOf(values);
  const variance = values.reduce((sum, own) => sum + (own - mean) ** 2, 0) / (values.length - 1);
  return ((mean - around) / Math.sqrt(variance)) * Math.sqrt(values.length);
}

test('nothing planted: no skill, and what is lost is what trading costs', () => {
  const all = Array.from({ length: SEEDS }, (_, seed) =>
    traded(seed, undefined, { enterShare: 0.5, exitShare: 0.5, minNetBps: -100, shorts: true }),
  );
  const aucs = all.map(({ auc }) => auc);
  const gross = all.flatMap(({ result }) => grossBySession(result));
  const mean = meanOf(aucs);
  console.info(
    `nothing planted: AUC ${mean.toFixed(4)}, t ${tOf(aucs, 0.5).toFixed(2)}; gross by session t ${tOf(gross).toFixed(2)}`,
  );
  expect(Math.abs(mean - 0.5)).toBeLessThan(0.01);
  expect(Math.abs(tOf(aucs, 0.5))).toBeLessThan(3);
  // Not in each of many markets, but by far in the mean: when bars are flat can be learned.
  expect(meanOf(all.map(({ lossAgainstRates }) => lossAgainstRates))).toBeLessThan(0);
  expect(gross.length).toBeGreaterThan(50 * SEEDS);
  expect(Math.abs(tOf(gross))).toBeLessThan(3);
  // One market of many may be lucky: what is traded is chance. Together they lose.
  expect(meanOf(all.map(({ result }) => result.finalEquity))).toBeLessThan(1_000_000);
}, 600_000);

test('nothing planted, and costs to be paid: it hardly trades', () => {
  const { result } = traded(0, undefined, { enterShare: 0.53, costBps: COST_BPS });
  expect(result.trades.length).toBeLessThan(30);
}, 60_000);

test('16 bp of reversal a bar are found, and earned after 2 bp a side', () => {
  const { auc, result } = traded(
    1,
    { kind: 'reversal', bpsPerBar: 16 },
    { enterShare: 0.55, exitShare: 0.5, costBps: COST_BPS, shorts: true },
  );
  const gross = grossBySession(result);
  console.info(
    `16 bp planted: AUC ${auc.toFixed(3)}, ${result.trades.length} round trips, gross by session t ${tOf(gross).toFixed(1)}, equity ${result.finalEquity.toFixed(0)}`,
  );
  expect(auc).toBeGreaterThan(0.55);
  expect(tOf(gross)).toBeGreaterThan(3);
  expect(result.finalEquity).toBeGreaterThan(1_000_000);
}, 60_000);

test('a feature that has drifted ends trading, and is named', () => {
  const { result, notes } = traded(2, undefined, {
    enterShare: 0.5,
    minNetBps: -100,
    driftLimit: 0.02,
    driftSessions: 5,
  });
  expect(notes.join('\n')).toMatch(/abstained \d+ times from .*: a feature has drifted beyond 0.02, first \w+/);
  expect(result.trades.length).toBeGreaterThan(0);
}, 60_000);
