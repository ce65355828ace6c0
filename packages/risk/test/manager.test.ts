import { ConfigError, RiskError } from '@tradekit/core';
import { describe, expect, it } from 'vitest';
import {
  defaultRules,
  fixedFraction,
  fixedQuantity,
  maxGross,
  maxPosition,
  maxSector,
  pass,
  type RiskRule,
  riskManager,
} from '../src/index.js';
import { contextOf, entry, unsized, wishFor } from './context.js';

const risk = riskManager({ sizer: fixedFraction({ targetFraction: 0.04 }), rules: defaultRules() });

describe('the default rules', () => {
  it('let 25 positions of 4 % pass before the gross limit binds', () => {
    const sectors = ['A', 'B', 'C', 'D', 'E'];
    const lines = Array.from({ length: 25 }, (_, i) => ({ sector: sectors[i % 5] }));
    const verdicts = risk.plan(
      lines.map((_, i) => unsized(i, 1)),
      contextOf(lines),
    );
    expect(verdicts).toEqual(lines.map(() => ({ kind: 'allow', quantity: 40 })));
  });

  it('cut in the order symbol, sector, gross, cash', () => {
    // 80 → 50 (5 %). Sector A: 6 × 50 = 300 → 250, so 41 each. Gross and cash: 246 + 50 fit.
    const lines = [...Array.from({ length: 6 }, () => ({ sector: 'A' })), { sector: 'B' }];
    const wishes = lines.map((_, i) => wishFor(i, 80));
    const quantities = risk
      .plan(wishes, contextOf(lines))
      .map((verdict) => verdict.kind === 'allow' && verdict.quantity);
    expect(quantities).toEqual([41, 41, 41, 41, 41, 41, 50]);
    const poor = risk.plan(wishes, contextOf(lines, { cash: 14_800 }));
    // 296 × 100 wanted, half of it there: 20.5 and 25.
    expect(poor.map((verdict) => verdict.kind === 'allow' && verdict.quantity)).toEqual([20, 20, 20, 20, 20, 20, 25]);
  });

  it('name the rule that took the last lot', () => {
    const [verdict] = risk.plan([wishFor(0, 10)], contextOf([{ held: 0 }, { held: 2500 / 10 }]));
    expect(verdict).toMatchObject({ kind: 'refused', rule: 'max-sector', measured: 0.26, limit: 0.25 });
  });

  it('approve what they planned, one order after the other', () => {
    const lines = Array.from({ length: 8 }, () => ({ sector: 'A', openBuys: 0 }));
    const wishes = lines.map((_, i) => wishFor(i, 33 + i));
    const planned = risk.plan(wishes, contextOf(lines, { collarBps: 100 }));
    for (const [i, verdict] of planned.entries()) {
      const quantity = verdict.kind === 'allow' ? verdict.quantity : 0;
      expect(risk.approve(entry(i, quantity), contextOf(lines, { collarBps: 100 }))).toEqual({
        kind: 'allow',
        quantity,
      });
      lines[i] = { sector: 'A', openBuys: quantity };
    }
  });
});

describe('what is no number', () => {
  it.each([Number.NaN, 0, -1, Number.POSITIVE_INFINITY])('a price of %d is refused as no-price', (price) => {
    expect(risk.plan([unsized(0, 1)], contextOf([{ price }]))[0]).toMatchObject({ kind: 'refused', rule: 'no-price' });
    expect(risk.approve(entry(0, 1), contextOf([{ price }]))).toMatchObject({ kind: 'refused', rule: 'no-price' });
  });

  it.each([Number.NaN, 0, -1])('an equity of %d is refused as no-equity', (equity) => {
    expect(risk.plan([unsized(0, 1)], contextOf([{}], { equity }))[0]).toMatchObject({ rule: 'no-equity' });
    expect(risk.approve(entry(0, 1), contextOf([{}], { equity }))).toMatchObject({ rule: 'no-equity' });
  });

  it('a NaN wish does not keep its neighbours from passing', () => {
    const verdicts = risk.plan([unsized(0, 1), unsized(1, 1)], contextOf([{ price: Number.NaN }, {}]));
    expect(verdicts[1]).toEqual({ kind: 'allow', quantity: 40 });
  });
});

describe('reductions', () => {
  it('pass untouched even where every limit is broken', () => {
    const context = contextOf([{ held: 5000, price: Number.NaN }], { equity: -1, cash: -1 });
    expect(risk.approve(entry(0, -5000, { role: 'exit' }), context)).toEqual({ kind: 'allow', quantity: 5000 });
  });

  it('a smaller target than what the book holds is no addition', () => {
    const context = contextOf([{ held: 500 }]);
    expect(risk.plan([wishFor(0, 300, { held: 500 })], context)).toEqual([{ kind: 'allow', quantity: 300 }]);
  });
});

describe("a user's own rule", () => {
  const half: RiskRule = {
    name: 'half',
    check: (additions) =>
      additions.map(({ quantity }) => ({
        kind: 'cut',
        quantity: quantity / 2,
        measured: 1,
        limit: 0.5,
        reason: 'half',
      })),
  };

  it('cuts like ours', () => {
    const own = riskManager({ sizer: fixedQuantity(9), rules: [half], name: 'own' });
    expect(own.name).toBe('own');
    expect(own.plan([unsized(0, 1)], contextOf([{}]))).toEqual([{ kind: 'allow', quantity: 4 }]);
    expect(own.approve(entry(0, 1), contextOf([{}]))).toMatchObject({ kind: 'refused', rule: 'half' });
  });

  it('can neither raise a quantity nor pass a NaN', () => {
    const answering = (quantity: number): RiskRule => ({
      name: 'odd',
      check: () => [{ kind: 'cut', quantity, measured: 0, limit: 0, reason: 'odd' }],
    });
    const of = (quantity: number) => riskManager({ sizer: fixedQuantity(1), rules: [answering(quantity)] });
    expect(of(100).approve(entry(0, 5), contextOf([{}]))).toEqual({ kind: 'allow', quantity: 5 });
    expect(of(Number.NaN).approve(entry(0, 5), contextOf([{}]))).toMatchObject({ kind: 'refused', rule: 'odd' });
  });

  it('must answer for every addition', () => {
    const short: RiskRule = { name: 'short', check: () => [pass] };
    const own = riskManager({ sizer: fixedQuantity(9), rules: [short] });
    expect(() => own.plan([unsized(0, 1), unsized(1, 1)], contextOf([{}, {}]))).toThrow(RiskError);
  });
});

it('is called after its parts unless it has a name', () => {
  expect(risk.name).toBe('fixed-fraction, max-position, max-sector, max-gross, cash-reserve');
});

it('watches nothing where no rule does', () => {
  expect(risk.watch(contextOf([{}]))).toBeUndefined();
});

it.each([
  ['maxPosition', () => maxPosition({ limitFraction: 5 }), '5 % is written 0.05'],
  ['maxSector', () => maxSector({ limitFraction: 25 }), '25 % is written 0.25'],
  ['maxGross', () => maxGross({ limitFraction: 100 }), '100 % is written 1'],
  ['maxGross', () => maxGross({ limitFraction: 0 }), '5 % is written 0.05'],
])('%s says how a percentage is written', (_, make, hint) => {
  expect(make).toThrow(ConfigError);
  expect(make).toThrow(hint);
});
