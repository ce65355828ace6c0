import { ConfigError } from '@tradekit/core';
import { describe, expect, it } from 'vitest';
import { fixedFraction, fixedQuantity, riskManager } from '../../src/index.js';
import { contextOf, unsized, wishFor } from '../context.js';

describe('fixedFraction', () => {
  const risk = riskManager({ sizer: fixedFraction({ targetFraction: 0.04 }), rules: [] });

  it('takes its part of the budget at the last mark, signed, in whole lots: 4,000 / 300 is 13', () => {
    const context = contextOf([{ price: 300 }], { collarBps: 100 });
    expect(risk.plan([unsized(0, 1)], context)).toEqual([{ kind: 'allow', quantity: 13 }]);
    expect(risk.plan([unsized(0, -1)], context)).toEqual([{ kind: 'allow', quantity: -13 }]);
  });

  it('goes by the budget of the strategy, not by the equity of the account', () => {
    expect(risk.plan([unsized(0, 1, 50_000)], contextOf([{}]))).toEqual([{ kind: 'allow', quantity: 20 }]);
  });

  it('gives fractions where the lot allows them', () => {
    const context = contextOf([{ price: 300, lot: 0.001 }]);
    expect(risk.plan([unsized(0, 1)], context)).toEqual([{ kind: 'allow', quantity: 13.333 }]);
  });

  it('refuses a size of less than one lot', () => {
    expect(risk.plan([unsized(0, 1)], contextOf([{ price: 5000 }]))).toEqual([
      {
        kind: 'refused',
        rule: 'below-one-lot',
        measured: 0.8,
        limit: 1,
        reason: 'the size is 0.8 shares, less than one lot; 1 or more would pass',
      },
    ]);
  });

  it.each([0, -0.04, 1.01, Number.NaN])('does not take the fraction %d', (targetFraction) => {
    expect(() => fixedFraction({ targetFraction })).toThrow(ConfigError);
  });

  it('says how a percentage is written', () => {
    expect(() => fixedFraction({ targetFraction: 4 })).toThrow(
      'fixedFraction: targetFraction is 4; give a fraction above 0 and at most 1; 4 % is written 0.04',
    );
  });
});

describe('fixedQuantity', () => {
  it('gives so many shares', () => {
    const risk = riskManager({ sizer: fixedQuantity(25), rules: [] });
    expect(risk.plan([unsized(0, -1)], contextOf([{}]))).toEqual([{ kind: 'allow', quantity: -25 }]);
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('does not take %d shares', (shares) => {
    expect(() => fixedQuantity(shares)).toThrow(ConfigError);
  });
});

it("a strategy's own size wins over the sizer", () => {
  const risk = riskManager({ sizer: fixedQuantity(25), rules: [] });
  expect(risk.plan([wishFor(0, -7)], contextOf([{}]))).toEqual([{ kind: 'allow', quantity: -7 }]);
});

it.each([Number.NaN, Number.POSITIVE_INFINITY, -1])('a sizer that answers %d gets nothing', (size) => {
  const risk = riskManager({ sizer: { name: 'broken', size: () => size }, rules: [] });
  expect(risk.plan([unsized(0, 1)], contextOf([{}]))[0]).toMatchObject({ kind: 'refused', rule: 'no-size' });
});
