import {
  adverseDrift,
  halfSpread,
  noSlippage,
  participation,
  slippageBps,
  slippages,
  squareRootImpact,
  volumeShare,
} from '@tradekit/brokers/simulated';
import { ConfigError } from '@tradekit/core';
import { describe, expect, test } from 'vitest';
import { type Bar, limit, marketOf, order, single, still, trade } from './kit.js';

const A = (...bars: Bar[]) => ({ bars: { A: bars } });
const buy = (quantity: number, row = 0) => ({ slice: { [row]: [single(order(1, 'buy', quantity))] } });

describe('half a spread', () => {
  // 26 bars: a full session. Weights 2.51 at the open and 0.63 at the eighteenth bar.
  const session = (price: number) => A(...Array.from({ length: 26 }, () => still(price)));

  test('is half a tick where the price is low: 20 dollars, first bar 0.005 × 2.51', () => {
    const { fills, spreads } = trade(session(20), buy(100), { slippage: halfSpread() });
    expect(fills).toEqual([`1: 100@${20 + 0.005 * 2.51} open 0`]);
    expect(spreads).toEqual([0.005 * 2.51 * 100]);
  });

  test('is 1 bp where the price is high, less in the middle of the day: 400 dollars, 0.04 × 0.63', () => {
    expect(trade(session(400), buy(1, 17), { slippage: halfSpread() }).spreads).toEqual([expect.closeTo(0.0252, 12)]);
  });

  test('a session of one bar has the mean of the day', () => {
    expect(trade(A(still(400)), buy(1), { slippage: halfSpread({ bps: 2 }) }).spreads[0]).toBeCloseTo(0.08, 12);
  });
});

describe('square-root impact', () => {
  // Closes 100, 110, 99 with volumes 1,000, 2,000, 4,000; then a buy of 30 at the open of the fourth session.
  const bars = A(still(100, 1000), still(110, 2000), still(99, 4000), still(99, 9000));

  test('is volatility × √(quantity ÷ volume) of the sessions before: returns ln 1.1 and ln 0.9, volume 3,000', () => {
    const { impacts } = trade({ ...bars, sessions: [1, 1, 1, 1] }, buy(30, 3), { slippage: squareRootImpact() });
    const volatility = Math.sqrt((Math.log(1.1) ** 2 + Math.log(0.9) ** 2) / 2);
    expect(impacts[0]).toBeCloseTo(99 * volatility * Math.sqrt(30 / 3000) * 30, 9);
  });

  test('without two sessions behind it takes 2 % and a hundred million dollars', () => {
    const { impacts } = trade(bars, buy(100), { slippage: squareRootImpact({ coefficient: 0.5 }) });
    expect(impacts[0]).toBeCloseTo(100 * 0.5 * 0.02 * Math.sqrt(100 / 1e6) * 100, 9);
  });

  test('looks at nothing after its session: later bars change no impact', () => {
    const after = (price: number) => ({
      ...A(...bars.bars.A.slice(0, 3), still(99), still(price)),
      sessions: [1, 1, 1, 1, 1],
    });
    const impact = (price: number) => trade(after(price), buy(30, 3), { slippage: squareRootImpact() }).impacts;
    expect(impact(50)).toEqual(impact(200));
  });

  test('a split is no move: 2 for 1 at the third session', () => {
    const history = marketOf({ ...A(still(100), still(110)), sessions: [1, 1] });
    const [, second] = history.sessions;
    const split = { session: second?.day ?? 0, instrument: 'A', action: { type: 'split', ratio: 2, cashInLieu: 50 } };
    const halved = A(still(100, 1000), still(55, 2000), still(49.5, 4000), still(49.5, 9000));
    const { impacts } = trade({ ...halved, sessions: [1, 1, 1, 1], actions: [split] as never }, buy(30, 3), {
      slippage: squareRootImpact(),
    });
    const volatility = Math.sqrt((Math.log(1.1) ** 2 + Math.log(0.9) ** 2) / 2);
    expect(impacts[0]).toBeCloseTo(49.5 * volatility * Math.sqrt(30 / 3000) * 30, 9);
  });
});

describe('several models', () => {
  test('add up, spread and impact apart, and the smallest part of a bar counts', () => {
    const slippage = slippages(slippageBps(10), adverseDrift(5), participation(0.001), volumeShare({ impact: 0 }));
    const { fills, spreads, impacts } = trade(A(still(100, 10_000)), buy(100), { slippage });
    expect(fills).toEqual(['1: 10@100.15 open 0']);
    expect(spreads[0]).toBeCloseTo(1, 10);
    expect(impacts[0]).toBeCloseTo(0.5, 10);
  });

  test('of none are none, of one that one', () => {
    expect(slippages(noSlippage, slippageBps(0))).toBe(noSlippage);
    const one = slippageBps(3);
    expect(slippages(noSlippage, one)).toBe(one);
    expect(slippages(one, participation(0.5)).name).toBe("3 bp + at most 0.5 of a bar's volume");
  });
});

test('what a limit spares, it spares the impact first: 12 cents of slippage, limit 10 cents away', () => {
  const slippage = slippages(slippageBps(8), adverseDrift(4));
  const script = { slice: { 0: [single(order(1, 'buy', 100, limit(100.1)))] } };
  const { fills, spreads, impacts } = trade(A(still(100)), script, { slippage });
  expect(fills).toEqual(['1: 100@100.1 open 0']);
  expect(spreads[0]).toBeCloseTo(8, 9);
  expect(impacts[0]).toBeCloseTo(2, 9);
});

test('a bar that nobody traded in fills nothing, where the data has volumes; without any it trades', () => {
  expect(trade(A(still(10, 0), still(11, 500)), buy(100)).fills).toEqual(['1: 100@11 open 1']);
  expect(trade(A(still(10, 0), still(11, 0)), buy(100)).fills).toEqual(['1: 100@10 open 0']);
});

test.each([
  () => halfSpread({ bps: -1 }),
  () => squareRootImpact({ coefficient: Number.NaN }),
  () => squareRootImpact({ sessions: 1 }),
  () => participation(0),
  () => participation(1.5),
  () => adverseDrift(-1),
])('numbers out of range are refused', (make) => {
  expect(make).toThrow(ConfigError);
});
