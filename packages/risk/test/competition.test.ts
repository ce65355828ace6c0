import type { RiskContext, Wish } from '@tradekit/core';
import { describe, expect, it } from 'vitest';
import {
  cashReserve,
  fixedQuantity,
  maxGross,
  maxPosition,
  maxPositions,
  type RiskRule,
  riskManager,
} from '../src/index.js';
import { contextOf, wishFor } from './context.js';

const stronger = (instrument: number, quantity: number, strength: number): Wish => {
  const wish = wishFor(instrument, quantity);
  return { ...wish, signal: { ...wish.signal, strength } };
};
const planned = (rules: readonly RiskRule[], wishes: readonly Wish[], context: RiskContext) =>
  riskManager({ sizer: fixedQuantity(1), rules, competition: 'by-strength' })
    .plan(wishes, context)
    .map((verdict) => (verdict.kind === 'allow' ? verdict.quantity : verdict.rule));

describe('by strength: the stronger is served whole before the weaker is looked at', () => {
  it('of 100 % gross the strongest 600, the next what is left, the last nothing', () => {
    const wishes = [stronger(0, 600, 1), stronger(1, -600, 3), stronger(2, 600, 0.5)];
    expect(planned([maxGross({ limitFraction: 1 })], wishes, contextOf([{}, {}, {}]))).toEqual([
      400,
      -600,
      'max-gross',
    ]);
  });

  it('wishes of equal strength share pro rata, one without a strength has 0', () => {
    const wishes = [stronger(0, 600, 1), stronger(1, 300, 1), wishFor(2, 600), stronger(3, 600, -1)];
    const cash = [cashReserve()];
    expect(planned(cash, wishes, contextOf([{}, {}, {}, {}], { cash: 45_000 }))).toEqual([
      300,
      150,
      'cash-reserve',
      'cash-reserve',
    ]);
    expect(planned(cash, wishes, contextOf([{}, {}, {}, {}], { cash: 160_000 }))).toEqual([600, 300, 600, 100]);
  });

  it('a rule that takes nothing from the first leaves its room to the second', () => {
    // 500 shares are 50 %; the symbol's limit of 5 % leaves 50 to the strongest.
    const rules = [maxPosition({ limitFraction: 0.05 }), maxGross({ limitFraction: 0.08 })];
    expect(planned(rules, [stronger(0, 500, 2), stronger(1, 500, 1)], contextOf([{}, {}]))).toEqual([50, 30]);
  });

  it('the last places go to the strongest', () => {
    const wishes = [stronger(0, 10, 1), stronger(1, 10, 2), stronger(2, 10, 3)];
    expect(planned([maxPositions({ limit: 2 })], wishes, contextOf([{}, {}, {}]))).toEqual(['max-positions', 10, 10]);
  });
});
