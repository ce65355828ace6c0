import { type BacktestOptions, backtest, type Check, type CheckName, checksOf } from '@tradekit/backtest';
import { slippageBps } from '@tradekit/brokers/simulated';
import { type BarHistory, commission, type StrategyFactory, type StrategySlot } from '@tradekit/core';
import { obv, sma } from '@tradekit/indicators';
import { fixedFraction, maxGross, maxPosition, riskManager } from '@tradekit/risk';
import { describe, expect, it } from 'vitest';
import { honest } from './honest.js';
import { calendar, randomWalk } from './market.js';
import { cheats } from './zoo.js';

const slots = (create: StrategyFactory, parameters = {}): readonly StrategySlot[] => [
  { name: 'it', create, weight: 1, parameters },
];

function options(history: BarHistory, strategies: readonly StrategySlot[]): BacktestOptions {
  return {
    history,
    calendar,
    strategies,
    risk: riskManager({
      sizer: fixedFraction({ targetFraction: 0.2 }),
      rules: [maxPosition({ limitFraction: 0.5 }), maxGross({ limitFraction: 1 })],
    }),
    initialCash: 1_000_000,
    commission: commission({ bps: 1 }),
    slippage: slippageBps(1),
  };
}

function checked(history: BarHistory, strategiesOn: (market: BarHistory) => readonly StrategySlot[]): readonly Check[] {
  const system = options(history, strategiesOn(history));
  return checksOf(system, backtest(system), { strategiesOn });
}

const of = (checks: readonly Check[], name: CheckName): Partial<Check> =>
  checks.find((check) => check.name === name) ?? {};

describe('twenty cheats', () => {
  it.each(cheats)('%s is named', (_, cheat) => {
    const check = of(
      checked(randomWalk(1), (market) => slots(cheat(market))),
      'look-ahead',
    );
    expect(check.verdict).toBe('failed');
    expect(check.evidence?.join('\n')).toMatch(/of it, [A-D] at 2021-\d\d-\d\dT|with the future hidden the run fails/);
  });

  it('there are twenty', () => expect(new Set(cheats.map(([name]) => name)).size).toBe(20));
});

describe('twenty honest ones', () => {
  it.each(honest)('%s raises no alarm', (_, create) => {
    const failed = checked(randomWalk(2), () => slots(create)).filter(({ verdict }) => verdict === 'failed');
    expect(failed).toEqual([]);
  });

  it('there are twenty', () => expect(new Set(honest.map(([name]) => name)).size).toBe(20));
});

describe('what each check finds', () => {
  const sloth: StrategyFactory = () => ({ name: 'sloth', generateSignals: () => [] });

  it('look-ahead: a strategy that follows chance is not the same twice', () => {
    let calls = 0;
    const chance: StrategyFactory = () => ({
      name: 'chance',
      generateSignals: ({ instruments }) => {
        calls += 1;
        const [instrument] = instruments;
        return instrument !== undefined && calls % 97 === 0 ? [{ instrument, direction: 1, reason: 'chance' }] : [];
      },
    });
    const { verdict, evidence } = of(
      checked(randomWalk(3), () => slots(chance)),
      'look-ahead',
    );
    expect(verdict).toBe('failed');
    expect(evidence?.[0]).toMatch(/^wish of it, A at .*: (none|long) with the future, (none|long) without$/);
  });

  it('look-ahead: names the feature, the symbol, the time and both values', () => {
    const entry = cheats.find(([name]) => name === 'feature of the next bar');
    const cheat = entry?.[1] ?? (() => sloth);
    const { evidence } = of(
      checked(randomWalk(1), (market) => slots(cheat(market))),
      'look-ahead',
    );
    expect(evidence?.[0]).toMatch(
      /^feature stolen\(next return\) of it, A at 2021-01-04T15:00:00.000Z: -?[\d.e-]+ with the future, NaN without$/,
    );
  });

  it('warm-up: a sum without end never forgets where it started', () => {
    const endless: StrategyFactory = (setup) => {
      setup.feature(obv());
      return { name: 'endless', generateSignals: () => [] };
    };
    const { verdict, evidence } = of(
      checked(randomWalk(4), () => slots(endless)),
      'warm-up',
    );
    expect(verdict).toBe('failed');
    expect(evidence?.[0]).toMatch(/^feature obv.* of it is -?\d+ with the longer past and -?\d+ after 260 bars$/);
  });

  it('warm-up: says which features the sample is too short for', () => {
    const slow: StrategyFactory = (setup) => {
      setup.feature(sma(500));
      return { name: 'slow', generateSignals: () => [] };
    };
    expect(
      of(
        checked(randomWalk(4), () => slots(slow)),
        'warm-up',
      ),
    ).toMatchObject({
      verdict: 'not-checked',
      evidence: ['20 sessions are too short for every feature: sma(500,close)'],
    });
  });

  it('too good: next week in hand, the Sharpe ratio and the wins give it away', () => {
    const cheat = cheats[0]?.[1] ?? (() => sloth);
    const check = of(
      checked(randomWalk(1), (market) => slots(cheat(market))),
      'too-good-to-be-true',
    );
    expect(check.verdict).toBe('failed');
    expect(check.evidence?.[0]).toMatch(/^the Sharpe ratio is \d+\.\d, with 95 % at least \d+\.\d$/);
  });

  it('nothing traded: nothing is claimed', () => {
    const checks = checked(randomWalk(5), () => slots(sloth));
    expect(Object.fromEntries(checks.map(({ name, verdict }) => [name, verdict]))).toEqual({
      'look-ahead': 'passed',
      'warm-up': 'passed',
      'fill-sanity': 'not-checked',
      'too-good-to-be-true': 'passed',
      'cost-fragility': 'not-checked',
      'parameter-count': 'passed',
      survivorship: 'passed',
    });
  });

  const buyer: StrategyFactory = () => ({
    name: 'buyer',
    generateSignals: ({ instruments, slice }) =>
      slice === 3 ? instruments.map((instrument) => ({ instrument, direction: 1, reason: 'buy' })) : [],
  });

  it('fill sanity: a fill beyond its bar, and one larger than the volume of its bar', () => {
    const history = randomWalk(6);
    const system = options(history, slots(buyer));
    const result = backtest(system);
    expect(of(checksOf(system, result), 'fill-sanity').verdict).toBe('passed');
    const price = result.fills.price.map((value, k) => (k === 0 ? value * 1.1 : value));
    const moved = { ...result, fills: { ...result.fills, price } };
    expect(of(checksOf(system, moved), 'fill-sanity').evidence?.[0]).toMatch(
      /^A at 2021.*: filled at [\d.]+, the bar went/,
    );
    const quantity = result.fills.quantity.map((value) => value * 1000);
    const large = { ...result, fills: { ...result.fills, quantity } };
    expect(of(checksOf(system, large), 'fill-sanity').evidence).toEqual([
      '4 of 4 fills are larger than the volume of their bar: set a participation',
    ]);
  });

  it('parameter count: fewer than ten round trips for each number are noted', () => {
    const history = randomWalk(6);
    const system = options(history, slots(buyer, { fast: 3, stops: { atr: 2 }, name: 'x' }));
    expect(of(checksOf(system, backtest(system)), 'parameter-count')).toMatchObject({
      verdict: 'noted',
      evidence: ['2 numbers in the parameters, 0 closed round trips: fewer than 10 for each'],
    });
  });

  it('survivorship: a symbol that comes back after 25 sessions at a third of its price is another company', () => {
    const history = randomWalk(7);
    const { size } = history.universe;
    for (let row = 5 * 26; row < history.starts.length; row++) {
      const scale = row < 30 * 26 ? Number.NaN : 1 / 3;
      for (const column of [history.bars.open, history.bars.high, history.bars.low, history.bars.close])
        column[row * size] = (column[row * size] ?? 0) * scale;
    }
    history.official.fill(Number.NaN);
    const system = options(history, slots(buyer));
    expect(of(checksOf(system, backtest(system)), 'survivorship')).toMatchObject({ verdict: 'failed' });
  });

  it('cost fragility: a profit without any costs is noted, and one that twice the costs would take', () => {
    const history = randomWalk(8);
    const system = options(history, slots(buyer));
    const result = backtest(system);
    const withProfit = (profit: number, cost: number) => {
      const commissions = result.fills.commission.map((_, k) => (k === 0 ? cost : 0));
      const zero = new Float64Array(result.fills.length);
      const fills = { ...result.fills, commission: commissions, spread: zero, impact: zero };
      return of(checksOf(system, { ...result, finalEquity: result.initialCash + profit, fills }), 'cost-fragility');
    };
    expect(withProfit(100, 0)).toMatchObject({ verdict: 'noted' });
    expect(withProfit(100, 101)).toMatchObject({ verdict: 'noted' });
    expect(withProfit(100, 99)).toMatchObject({ verdict: 'passed' });
    expect(withProfit(-1, 99)).toMatchObject({ verdict: 'passed' });
  });
});
