import { expect, it } from 'vitest';
import { fixedQuantity, maxSector, riskManager } from '../../src/index.js';
import { contextOf, entry, wishFor } from '../context.js';

// Equity 100,000, price 100, limit 25 %: 25,000 dollars or 250 shares a sector.
const risk = riskManager({ sizer: fixedQuantity(1), rules: [maxSector({ limitFraction: 0.25 })] });
const lines = [{ sector: 'Energy' }, { sector: 'Energy' }, { sector: 'Health' }];

it('lets a sector be filled to the limit', () => {
  const verdicts = risk.plan([wishFor(0, 125), wishFor(1, 125)], contextOf(lines));
  expect(verdicts).toEqual([
    { kind: 'allow', quantity: 125 },
    { kind: 'allow', quantity: 125 },
  ]);
});

it('cuts one share above the limit pro rata, and leaves other sectors alone', () => {
  const verdicts = risk.plan([wishFor(0, 150), wishFor(1, 101), wishFor(2, 250)], contextOf(lines));
  // 251 wanted, 250 fit: 149.40 and 100.60.
  expect(verdicts).toEqual([
    { kind: 'allow', quantity: 149 },
    { kind: 'allow', quantity: 100 },
    { kind: 'allow', quantity: 250 },
  ]);
});

it('adds longs and shorts up: held 200 short leaves room for 50 long', () => {
  const context = contextOf([{ sector: 'Energy', held: -200 }, ...lines.slice(1)]);
  expect(risk.plan([wishFor(1, 51)], context)).toEqual([{ kind: 'allow', quantity: 50 }]);
});

it('counts orders at work in the other instruments of the sector, at their worst price', () => {
  const context = contextOf([{ sector: 'Energy', openBuys: 200 }, ...lines.slice(1)], { collarBps: 100 });
  // 25,000 − 200 × 101 = 4,800, and 4,800 / 101 = 47.5.
  expect(risk.approve(entry(1, 60), context)).toEqual({ kind: 'allow', quantity: 47 });
});

it('blocks adding in a sector that has drifted past its limit', () => {
  const context = contextOf([{ sector: 'Energy', held: 251 }, ...lines.slice(1)]);
  expect(risk.approve(entry(1, 1), context)).toMatchObject({ rule: 'max-sector', measured: 0.252, limit: 0.25 });
  expect(risk.approve(entry(2, 1), context)).toEqual({ kind: 'allow', quantity: 1 });
});

it('takes instruments whose sector is not known for one sector, and says so', () => {
  const context = contextOf([{ sector: undefined, held: 250 }, { sector: undefined }, { sector: 'Health' }]);
  expect(risk.approve(entry(2, 1), context)).toEqual({ kind: 'allow', quantity: 1 });
  expect(risk.approve(entry(1, 1), context)).toMatchObject({
    reason: expect.stringContaining('all instruments without a known sector would be 25.1 % of equity'),
  });
});
