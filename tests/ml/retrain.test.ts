// Retraining inside a backtest: what comes later changes neither a model that was there before, to the byte, nor a decision.
import { backtest, type RunResult } from '@tradekit/backtest';
import type { BarHistory, StrategyFactory } from '@tradekit/core';
import {
  type MlStrategyParameters,
  modelTexts,
  type RetrainedModels,
  retrainedModels,
  rulesOf,
  strategyOn,
} from '@tradekit/ml';
import { fixedFraction, maxGross, riskManager } from '@tradekit/risk';
import { describe, expect, it, test } from 'vitest';
import { calendar, randomWalk } from '../checks/market.js';
import { plan } from './kit.js';

interface Ran {
  readonly result: RunResult;
  readonly models: RetrainedModels;
}

function run(history: BarHistory, given: MlStrategyParameters = {}): Ran {
  let models: RetrainedModels | undefined;
  const create: StrategyFactory = (setup) => {
    models = retrainedModels(setup, 'unknown', { plan, everySessions: 5, minSessions: 10 });
    return strategyOn(setup, models, rulesOf({ enterShare: 0.5, minNetBps: -100, costBps: 0, ...given }));
  };
  const result = backtest({
    history,
    calendar,
    strategies: [{ name: 'ml', create, weight: 1 }],
    risk: riskManager({ sizer: fixedFraction({ targetFraction: 0.2 }), rules: [maxGross({ limitFraction: 1 })] }),
    initialCash: 1_000_000,
  });
  if (models === undefined) throw new Error('no strategy was made');
  return { result, models };
}

/** The market with every price from a row on as if it were another. */
function altered(history: BarHistory, fromRow: number): BarHistory {
  const from = fromRow * history.universe.size;
  const change = (column: Float64Array): Float64Array =>
    column.map((own, cell) => (cell < from ? own : own * (1 + 0.05 * Math.sin(cell))));
  const { open, high, low, close, volume } = history.bars;
  const bars = { open: change(open), high: high.slice(), low: low.slice(), close: change(close), volume };
  for (let cell = from; cell < open.length; cell++) {
    const [first = 0, last = 0] = [bars.open[cell], bars.close[cell]];
    bars.high[cell] = Math.max(first, last);
    bars.low[cell] = Math.min(first, last);
  }
  return { ...history, bars };
}

/** Times, sides and quantities of orders before a row. */
function decisions({ orders }: RunResult, before: number): readonly string[] {
  return Array.from({ length: orders.length }, (_, k) => k)
    .filter((k) => (orders.time[k] ?? 0) < before)
    .map((k) => [orders.time[k], orders.instrument[k], orders.sign[k], orders.quantity[k], orders.reason[k]].join(' '));
}

describe('a market whose future is another', () => {
  const history = randomWalk(3);
  const row = 27 * 26 + 11;
  const time = history.ends[row] ?? 0;
  const own = run(history);
  const other = run(altered(history, row));

  it('has the same models until then, byte for byte', () => {
    const before = ({ models }: Ran): readonly string[] =>
      models
        .models()
        .filter(({ identity }) => identity.knownAt < time)
        .flatMap(modelTexts);
    expect(before(own).length).toBeGreaterThanOrEqual(3);
    expect(before(other)).toEqual(before(own));
  });

  it('has the same decisions until then, and others later', () => {
    expect(decisions(own.result, time).length).toBeGreaterThan(20);
    expect(decisions(other.result, time)).toEqual(decisions(own.result, time));
    expect(decisions(other.result, Number.POSITIVE_INFINITY)).not.toEqual(
      decisions(own.result, Number.POSITIVE_INFINITY),
    );
  });

  it('has other models later', () => {
    const last = ({ models }: Ran): readonly string[] => modelTexts(models.models().at(-1) ?? missing());
    expect(last(other)).not.toEqual(last(own));
  });
});

test('trains after ten sessions, and every five then, on sessions that have ended', () => {
  const history = randomWalk(3);
  const { models } = run(history);
  // The first decision of session 10 (of 40) trains on 0 … 9; the next one is in session 15.
  expect(models.models().map(({ identity }) => identity.knownAt)).toEqual(
    [10, 15, 20, 25, 30, 35].map((session) => history.ends[(history.firstRow[session] ?? 0) - 1]),
  );
});

test('nothing is traded before the first model, and nothing is held overnight', () => {
  const history = randomWalk(3);
  const { result } = run(history);
  const first = history.starts[history.firstRow[10] ?? 0] ?? 0;
  expect(result.fills.time.slice(0, result.fills.length).every((time) => time >= first)).toBe(true);
  for (const { entryTime, exitTime } of result.trades) expect(exitTime - entryTime).toBeLessThan(6.5 * 3_600_000);
});

test('the same twice', () => {
  const texts = ({ models }: Ran): readonly string[] => models.models().flatMap(modelTexts);
  expect(texts(run(randomWalk(3)))).toEqual(texts(run(randomWalk(3))));
});

function missing(): never {
  throw new Error('no model');
}
