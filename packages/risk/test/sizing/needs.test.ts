/** What sizers and edges are called, what they read, and what they say they need. */
import type { FeatureSpec } from '@tradekit/core';
import { describe, expect, it, test } from 'vitest';
import {
  type AnySizer,
  averageTrueRange,
  bookVolatility,
  capped,
  type Edge,
  equalRisk,
  fixedFraction,
  fixedQuantity,
  fixedRisk,
  forecastEdge,
  kelly,
  scaled,
  signalEdge,
  smallest,
  tradesEdge,
  volatilityTarget,
} from '../../src/index.js';
import { contextOf, unsized } from '../context.js';

const feature: FeatureSpec = {
  key: 'forecast',
  unit: 'none',
  warmUpBars: 1,
  create: () => ({ state: [], step: () => undefined }),
};
const risky = () => fixedRisk({ riskFraction: 0.01 });
const stop = 'a stop on the losing side of the price';
const ranged = () => volatilityTarget({ annualFraction: 0.01, measure: averageTrueRange(feature) });

test.each<
  readonly [name: string, needs: string | undefined, features: readonly FeatureSpec[] | undefined, () => AnySizer]
>([
  ['fixed-fraction', undefined, undefined, () => fixedFraction({ targetFraction: 0.1 })],
  ['fixed-quantity', undefined, undefined, () => fixedQuantity(1)],
  ['fixed-risk', stop, undefined, risky],
  ['volatility-target', 'a volatility above 0 (realised(60))', [], () => volatilityTarget({ annualFraction: 0.01 })],
  ['volatility-target', 'a volatility above 0 (forecast)', [feature], ranged],
  [
    'equal-risk',
    '20 session returns of everything held and wanted, and correlations that belong together',
    undefined,
    () => equalRisk({ grossFraction: 1 }),
  ],
  [
    'book-volatility(fixed-risk)',
    '20 session returns of everything held and wanted, and what fixed-risk needs',
    [],
    () => bookVolatility({ of: risky(), annualFraction: 0.1 }),
  ],
  [
    'book-volatility(volatility-target)',
    '20 session returns of everything held and wanted, and what volatility-target needs',
    [feature],
    () => bookVolatility({ of: ranged(), annualFraction: 0.1 }),
  ],
  [
    'kelly(signal)',
    'a probability in 0 … 1, a target and a stop, and a variance above 0',
    [],
    () => kelly({ edge: signalEdge(), horizonSessions: 1 }),
  ],
  [
    'kelly(forecast)',
    'a value of forecast, and a variance above 0',
    [feature],
    () => kelly({ edge: forecastEdge(feature), horizonSessions: 1 }),
  ],
  [
    'kelly(trades)',
    '30 closed trades, and a variance above 0',
    [],
    () => kelly({ edge: tradesEdge(), horizonSessions: 1 }),
  ],
  ['capped(fixed-risk)', stop, [], () => capped({ of: risky(), capFraction: 1 })],
  [
    'capped(volatility-target)',
    'a volatility above 0 (forecast)',
    [feature],
    () => capped({ of: ranged(), capFraction: 1 }),
  ],
  ['scaled(fixed-quantity)', 'nothing besides the price', [], () => scaled({ of: fixedQuantity(1), factor: 2 })],
  [
    'smallest(fixed-risk, fixed-quantity, volatility-target)',
    `${stop}; a volatility above 0 (forecast)`,
    [feature],
    () => smallest(risky(), fixedQuantity(1), ranged()),
  ],
])('%s needs: %s', (name, needs, features, make) => {
  const sizer = make();
  expect([sizer.name, sizer.needs, sizer.features]).toEqual([name, needs, features]);
});

it('smallest of none is told so', () => {
  expect(() => smallest()).toThrow(
    expect.objectContaining({ code: 'RISK_OPTION', message: 'smallest: give at least one sizer' }),
  );
});

describe('the edge of a signal: p × way to the target − (1 − p) × way to the stop', () => {
  const expected = (edge: Edge, more: object, direction: 1 | -1 = 1) => {
    const wish = unsized(0, direction);
    return edge.of({ ...wish, signal: { ...wish.signal, ...more } }, contextOf([{}]));
  };
  // The ways are halves and quarters of the price, so that sums are exact.
  it('50 up or 25 down at even odds: 12.5 %, and 0.25 × 0.75² around it', () => {
    const bet = { probability: 0.5, targetPrice: 150, stopPrice: 75 };
    expect(expected(signalEdge(), bet)).toEqual({ mean: 0.125, variance: 0.140625 });
    expect(expected(signalEdge(), { probability: 0.5, targetPrice: 50, stopPrice: 125 }, -1)).toEqual({
      mean: 0.125,
      variance: 0.140625,
    });
  });

  it('certain to win or to lose is still a probability', () => {
    expect(expected(signalEdge(), { probability: 1, targetPrice: 150, stopPrice: 75 })).toEqual({
      mean: 0.5,
      variance: 0,
    });
    expect(expected(signalEdge(), { probability: 0, targetPrice: 150, stopPrice: 75 })).toEqual({
      mean: -0.25,
      variance: 0,
    });
  });

  it.each([
    ['without a probability', { targetPrice: 150, stopPrice: 75 }],
    ['without a target', { probability: 0.5, stopPrice: 75 }],
    ['without a stop', { probability: 0.5, targetPrice: 150 }],
    ['with the target at the price', { probability: 0.5, targetPrice: 100, stopPrice: 75 }],
    ['with the stop at the price', { probability: 0.5, targetPrice: 150, stopPrice: 100 }],
    ['with a probability below 0', { probability: -0.1, targetPrice: 150, stopPrice: 75 }],
    ['with a probability above 1', { probability: 1.1, targetPrice: 150, stopPrice: 75 }],
  ])('nothing is known %s', (_, more) => {
    expect(expected(signalEdge(), more)).toEqual({ mean: Number.NaN });
  });

  it('of trades: 10 of mean 6 % among 20 imagined ones of 0 are 2 %, from 10 on', () => {
    const edge = tradesEdge({ minTrades: 10, shrinkageTrades: 20 });
    const of = (count: number) =>
      edge.of(unsized(0, 1), contextOf([{}], { trades: { count, meanReturn: 0.06, variance: 0.01 } }));
    expect(of(10)).toEqual({ mean: 0.02, variance: 0.01 });
    expect(of(9)).toEqual({ mean: Number.NaN });
    expect(edge).toMatchObject({ name: 'trades', needs: '10 closed trades', afterCosts: true });
  });
});
