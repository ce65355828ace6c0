import { describe, expect, it } from 'vitest';
import { fixedQuantity, maxPosition, riskManager } from '../../src/index.js';
import { contextOf, entry, wishFor } from '../context.js';

// Equity 100,000, price 100, limit 5 %: 5,000 dollars or 50 shares.
const risk = riskManager({ sizer: fixedQuantity(1), rules: [maxPosition({ limitFraction: 0.05 })] });

describe('maxPosition in a plan', () => {
  it('lets pass what is just below and exactly at the limit', () => {
    expect(risk.plan([wishFor(0, 49)], contextOf([{}]))).toEqual([{ kind: 'allow', quantity: 49 }]);
    expect(risk.plan([wishFor(0, 50)], contextOf([{}]))).toEqual([{ kind: 'allow', quantity: 50 }]);
  });

  it('cuts what is just above to the limit, long and short', () => {
    expect(risk.plan([wishFor(0, 51)], contextOf([{}]))).toEqual([{ kind: 'allow', quantity: 50 }]);
    expect(risk.plan([wishFor(0, -51)], contextOf([{}]))).toEqual([{ kind: 'allow', quantity: -50 }]);
  });

  it('reckons a buy with the worst price: 5,000 / 101 is 49 shares', () => {
    expect(risk.plan([wishFor(0, 50)], contextOf([{}], { collarBps: 100 }))).toEqual([{ kind: 'allow', quantity: 49 }]);
  });

  it('marks a sale at the mark, not at the lower price it may fetch: 50 shares, not 50.5', () => {
    const context = contextOf([{}], { collarBps: 100 });
    expect(risk.plan([wishFor(0, -51)], context)).toEqual([{ kind: 'allow', quantity: -50 }]);
  });

  it('marks held shares at the mark and working ones at the worst price: 2,000 + 1,010 + 19 × 101 = 4,929', () => {
    const context = contextOf([{ held: 20, openBuys: 10 }], { collarBps: 100 });
    expect(risk.plan([wishFor(0, 25)], context)).toEqual([{ kind: 'allow', quantity: 19 }]);
  });

  it('adds up the wishes of all strategies in one instrument and cuts them in proportion', () => {
    const other = wishFor(0, 60, { strategy: 1 as never });
    const verdicts = risk.plan([wishFor(0, 30), other], contextOf([{}]));
    // 90 wanted, 50 fit: 30 × 5/9 = 16.67 and 60 × 5/9 = 33.33.
    expect(verdicts).toEqual([
      { kind: 'allow', quantity: 16 },
      { kind: 'allow', quantity: 33 },
    ]);
  });

  it('counts what the book holds already as part of the target', () => {
    const context = contextOf([{ held: 40 }]);
    expect(risk.plan([wishFor(0, 60, { held: 40 })], context)).toEqual([{ kind: 'allow', quantity: 50 }]);
  });

  it('does not count what a reversal closes first', () => {
    const context = contextOf([{ held: -40 }]);
    expect(risk.plan([wishFor(0, 60, { held: -40 })], context)).toEqual([{ kind: 'allow', quantity: 50 }]);
  });

  it('never nets open buys against open sells', () => {
    const context = contextOf([{ held: 40, openSells: 40 }]);
    expect(risk.plan([wishFor(0, 30)], context)).toEqual([{ kind: 'allow', quantity: 10 }]);
  });

  it('blocks adding to a position that has drifted past the limit, and takes nothing away from it', () => {
    const context = contextOf([{ held: 60 }]);
    expect(risk.plan([wishFor(0, 70, { held: 60 })], context)).toEqual([{ kind: 'allow', quantity: 60 }]);
    expect(risk.plan([wishFor(0, 55, { held: 60 })], context)).toEqual([{ kind: 'allow', quantity: 55 }]);
  });

  it('refuses what is cut to less than one lot, and says what was measured and what would pass', () => {
    const [verdict] = risk.plan([wishFor(0, 1)], contextOf([{ price: 6000 }]));
    expect(verdict).toEqual({
      kind: 'refused',
      rule: 'max-position',
      measured: 0.06,
      limit: 0.05,
      reason:
        'the position would be 6 % of equity, the limit is 5 %; 0.8333 of 1 shares would pass, less than one lot of 1',
    });
  });

  it('cuts to fractional lots where they trade: 0.833333 of one share', () => {
    const context = contextOf([{ price: 6000, lot: 1e-6 }]);
    expect(risk.plan([wishFor(0, 1)], context)).toEqual([{ kind: 'allow', quantity: 0.833333 }]);
  });
});

describe('maxPosition on one order', () => {
  it('allows at the limit, cuts above it, refuses where nothing is left', () => {
    expect(risk.approve(entry(0, 20), contextOf([{ held: 30 }]))).toEqual({ kind: 'allow', quantity: 20 });
    expect(risk.approve(entry(0, 21), contextOf([{ held: 30 }]))).toEqual({ kind: 'allow', quantity: 20 });
    const verdict = risk.approve(entry(0, 1), contextOf([{ held: 50 }]));
    expect(verdict).toMatchObject({ kind: 'refused', rule: 'max-position', measured: 0.051, limit: 0.05 });
  });

  it('counts what this event has approved already', () => {
    expect(risk.approve(entry(0, 30), contextOf([{ openBuys: 25 }]))).toEqual({ kind: 'allow', quantity: 25 });
  });

  it('takes the price of a limit order from its limit: 5,000 / 80 is 62.5', () => {
    const order = entry(0, 70, { pricing: { type: 'limit', limitPrice: 80 } });
    expect(risk.approve(order, contextOf([{}], { collarBps: 100 }))).toEqual({ kind: 'allow', quantity: 62 });
  });
});
