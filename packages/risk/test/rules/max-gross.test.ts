import { expect, it } from 'vitest';
import { fixedQuantity, maxGross, riskManager } from '../../src/index.js';
import { contextOf, entry, wishFor } from '../context.js';

// Equity 100,000, price 100, limit 100 %: 1,000 shares in all.
const risk = riskManager({ sizer: fixedQuantity(1), rules: [maxGross({ limitFraction: 1 })] });

it('allows exactly 100 %, long and short added up', () => {
  expect(risk.plan([wishFor(0, 600), wishFor(1, -400)], contextOf([{}, {}]))).toEqual([
    { kind: 'allow', quantity: 600 },
    { kind: 'allow', quantity: -400 },
  ]);
});

it('cuts one share more pro rata: 600 × 1000/1001 and 401 × 1000/1001', () => {
  expect(risk.plan([wishFor(0, 600), wishFor(1, -401)], contextOf([{}, {}]))).toEqual([
    { kind: 'allow', quantity: 599 },
    { kind: 'allow', quantity: -400 },
  ]);
});

it('counts the worse side of every other instrument', () => {
  // 300 long with 700 to sell: worst 400 short, not 300; 400 short more in the other: 200 are left.
  const context = contextOf([{ held: 300, openSells: 700 }, { held: -400 }, {}]);
  expect(risk.approve(entry(2, 300), context)).toEqual({ kind: 'allow', quantity: 200 });
});

it('blocks adding when falling equity has made the gross too large', () => {
  const context = contextOf([{ held: 1000 }, {}], { equity: 99_000 });
  expect(risk.approve(entry(1, 10), context)).toMatchObject({ kind: 'refused', rule: 'max-gross', limit: 1 });
});

it('refuses when a position has no mark: the gross cannot be measured', () => {
  const context = contextOf([{ held: 1, price: Number.NaN }, {}]);
  expect(risk.approve(entry(1, 1), context)).toMatchObject({
    kind: 'refused',
    rule: 'max-gross',
    measured: Number.NaN,
  });
});

it('cuts a reversal to the limit although the short side was smaller: 1,000 long after 400 short', () => {
  const reversal = wishFor(0, 1200, { held: -400 });
  expect(risk.plan([reversal], contextOf([{ held: -400 }]))).toEqual([{ kind: 'allow', quantity: 1000 }]);
  // Beside it 300 more are asked for: 1,500 wanted, 1,000 fit.
  expect(risk.plan([reversal, wishFor(1, 300)], contextOf([{ held: -400 }, {}]))).toEqual([
    { kind: 'allow', quantity: 800 },
    { kind: 'allow', quantity: 200 },
  ]);
});
