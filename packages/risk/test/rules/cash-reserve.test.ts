import { expect, it } from 'vitest';
import { cashReserve, fixedQuantity, riskManager } from '../../src/index.js';
import { contextOf, entry, wishFor } from '../context.js';

const risk = riskManager({ sizer: fixedQuantity(1), rules: [cashReserve()] });

it('lets cash be spent to the last cent, commission included: 10 × 100 + 10 × 0.01 + 1', () => {
  const account = { perShare: 0.01, perOrder: 1 };
  const order = entry(0, 10);
  expect(risk.approve(order, contextOf([{}], { ...account, cash: 1001.11 }))).toEqual({ kind: 'allow', quantity: 10 });
  expect(risk.approve(order, contextOf([{}], { ...account, cash: 1001.1 }))).toEqual({ kind: 'allow', quantity: 10 });
  expect(risk.approve(order, contextOf([{}], { ...account, cash: 1001.09 }))).toEqual({ kind: 'allow', quantity: 9 });
});

it('reserves at the worst price: 1,000 / 101 is 9.9', () => {
  expect(risk.approve(entry(0, 10), contextOf([{}], { cash: 1000, collarBps: 100 }))).toEqual({
    kind: 'allow',
    quantity: 9,
  });
});

it('does not count on what working orders have reserved', () => {
  const context = contextOf([{}], { cash: 1000, reservedCash: 700 });
  expect(risk.approve(entry(0, 10), context)).toEqual({ kind: 'allow', quantity: 3 });
});

it('shares what is free pro rata between the buys of a slice; sells are not asked', () => {
  // 3,000 wanted, 1,500 free.
  const context = contextOf([{}, {}, {}], { cash: 1500 });
  expect(risk.plan([wishFor(0, 10), wishFor(1, 20), wishFor(2, -50)], context)).toEqual([
    { kind: 'allow', quantity: 5 },
    { kind: 'allow', quantity: 10 },
    { kind: 'allow', quantity: -50 },
  ]);
});

it('takes a fixed commission from every order before it shares the rest: (1,010 − 2 × 5) / 100', () => {
  const context = contextOf([{}, {}], { cash: 1010, perOrder: 5 });
  expect(risk.plan([wishFor(0, 10), wishFor(1, 10)], context)).toEqual([
    { kind: 'allow', quantity: 5 },
    { kind: 'allow', quantity: 5 },
  ]);
});

it('refuses with what was asked and what is free', () => {
  expect(risk.approve(entry(0, 10), contextOf([{}], { cash: 50 }))).toEqual({
    kind: 'refused',
    rule: 'cash-reserve',
    measured: 1000,
    limit: 50,
    reason:
      'buying would take up to $1000.00 of cash, $50.00 are free; 0.5 of 10 shares would pass, less than one lot of 1',
  });
});

it('refuses every buy when cash is below zero or is no number', () => {
  expect(risk.approve(entry(0, 1), contextOf([{}], { cash: -1 }))).toMatchObject({ rule: 'cash-reserve' });
  expect(risk.approve(entry(0, 1), contextOf([{}], { cash: Number.NaN }))).toMatchObject({ rule: 'cash-reserve' });
});
