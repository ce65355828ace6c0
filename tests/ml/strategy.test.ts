// The strategy on a model in the engine: when it may decide, when it abstains, and what its wishes carry.
import { backtest } from '@tradekit/backtest';
import type { BarHistory, StrategySetup } from '@tradekit/core';
import {
  type DatedModel,
  fit,
  type MlStrategy,
  mlStrategy,
  recipeOf,
  rulesOf,
  strategyOn,
  trainedModels,
  trainingData,
} from '@tradekit/ml';
import { fixedFraction, kelly, maxGross, riskManager, signalEdge } from '@tradekit/risk';
import { describe, expect, it } from 'vitest';
import { calendar, randomWalk } from '../checks/market.js';
import { plan } from './kit.js';

const EAGER = { enterShare: 0.5, minNetBps: -100, costBps: 0 };
const recipe = recipeOf(plan);

/** A model of one market, as if it had been there always: tests trade on another market. */
function model(seed = 3): DatedModel {
  const data = trainingData(recipe, randomWalk(seed), '');
  const made = fit(
    recipe,
    data,
    Int32Array.from(data.samples.rows, (_, place) => place),
  );
  return { ...made, identity: { ...made.identity, knownAt: 0 } };
}

function run(
  history: BarHistory,
  given: object,
  models = [model()],
  sizer = fixedFraction({ targetFraction: 0.2 }) as Parameters<typeof riskManager>[0]['sizer'],
) {
  let made: MlStrategy | undefined;
  const create = (setup: StrategySetup): MlStrategy => {
    made = strategyOn(setup, trainedModels(models, 'unknown'), rulesOf({ driftLimit: 0, ...given }));
    return made;
  };
  const result = backtest({
    history,
    calendar,
    strategies: [{ name: 'ml', create, weight: 1 }],
    risk: riskManager({ sizer, rules: [maxGross({ limitFraction: 1 })] }),
    initialCash: 1_000_000,
  });
  return { result, notes: made?.notes() ?? [] };
}

describe('it decides', () => {
  it('at times of day that training had labels for, and closes after the horizon', () => {
    const { result, notes } = run(randomWalk(4), EAGER);
    // The 4-bar return needs five bars: three decisions of the first session, of four symbols, have none.
    const warmUp = 'from 2021-01-04T15:00:00.000Z to 2021-01-04T15:30:00.000Z';
    expect(notes).toEqual([`abstained 12 times ${warmUp}: features are missing`]);
    expect(result.trades.length).toBeGreaterThan(100);
    for (const { reason, entryTime } of result.trades) {
      expect(reason).toMatch(/held 4 bars|up 0\.\d+ of up and down|the session ends|nan/i);
      // 4 bars from the next open on: the last decision is that of the bar that ends 5 bars before the close of 21:00 UTC.
      expect(new Date(entryTime).toISOString().slice(11, 16) <= '19:45').toBe(true);
    }
  });

  it('never, where costs are above everything that can be expected', () => {
    expect(run(randomWalk(4), { ...EAGER, minNetBps: 0, costBps: 500 }).result.trades).toEqual([]);
  });

  it('short by the same rules, where the model says so', () => {
    const { result } = run(randomWalk(4), { ...EAGER, shorts: true }, [model(6)]);
    expect(result.trades.some(({ direction }) => direction === -1)).toBe(true);
  });
});

describe('it abstains', () => {
  it('where features are missing, and says so', () => {
    const history = randomWalk(4);
    const hole = (column: Float64Array): Float64Array =>
      column.map((own, cell) => (Math.floor(cell / 4) % 26 === 6 ? Number.NaN : own));
    const { open, high, low, close, volume } = history.bars;
    const bars = { open: hole(open), high: hole(high), low: hole(low), close: hole(close), volume: hole(volume) };
    const { notes } = run({ ...history, bars }, EAGER);
    // The 4-bar return needs bars without a hole: of each session and symbol some slices after the hole have none.
    expect(notes).toHaveLength(1);
    expect(notes[0]).toMatch(/^abstained \d+ times from 2021-01-04T.*: features are missing$/);
    expect(run({ ...history, bars }, { ...EAGER, maxMissingFraction: 1 }).notes).toEqual([]);
  });

  it('before there is a model', () => {
    const later = { ...model(), identity: { ...model().identity, knownAt: randomWalk(4).ends.at(-1) ?? 0 } };
    const { result, notes } = run(randomWalk(4), EAGER, [later]);
    expect(result.orders.length).toBe(0);
    expect(notes[0]).toMatch(/no model could be had yet/);
  });
});

describe('its wishes', () => {
  it('carry what kelly needs, when it is asked to protect them', () => {
    const sizer = kelly({ edge: signalEdge(), horizonSessions: 1, fraction: 0.05 });
    const sized = run(randomWalk(4), { ...EAGER, minNetBps: 0, protect: true }, undefined, sizer).result;
    expect(sized.trades.length).toBeGreaterThan(10);
    expect(sized.trades.some(({ closedBy }) => closedBy === 'stop' || closedBy === 'target')).toBe(true);
    // Sized by what is expected, not alike.
    expect(
      new Set(sized.trades.map(({ quantity, entryPrice }) => Math.round((quantity * entryPrice) / 1000))).size,
    ).toBeGreaterThan(5);
    expect(run(randomWalk(4), { ...EAGER, minNetBps: 0 }, undefined, sizer).result.trades).toEqual([]);
  });
});

describe('it is refused', () => {
  const making = (given: object) => () =>
    backtest({
      history: randomWalk(4),
      calendar,
      strategies: [{ name: 'ml', create: (setup) => mlStrategy(setup, given), weight: 1 }],
      risk: riskManager({ sizer: fixedFraction({ targetFraction: 0.2 }), rules: [maxGross({ limitFraction: 1 })] }),
      initialCash: 1_000_000,
    });

  it.each([
    [{}, 'either the folder of a model or retrain'],
    [{ model: './a', retrain: { plan } }, 'either the folder of a model or retrain'],
    [{ model: './nowhere' }, 'holds no trained model'],
    [{ retrain: { plan, everySessions: 0 } }, 'everySessions 0; give a whole number of at least 1'],
  ])('%j', (given, message) => {
    expect(making(given)).toThrow(message);
  });

  it('with models of other features beside each other', () => {
    const other = recipeOf({ ...plan, features: plan.features.slice(0, 2) });
    const data = trainingData(other, randomWalk(3), '');
    const narrow = fit(
      other,
      data,
      Int32Array.from(data.samples.rows, (_, place) => place),
    );
    expect(() => trainedModels([model(), narrow], 'unknown')).toThrow(/trained on different features/);
  });
});
