import { ConfigError } from '@tradekit/core';
import { describe, expect, it } from 'vitest';
import { fixedQuantity, maxDailyLoss, maxDrawdown, riskManager } from '../../src/index.js';
import { contextOf, entry } from '../context.js';

const daily = riskManager({ sizer: fixedQuantity(1), rules: [maxDailyLoss({ limitFraction: 0.02 })] });

describe('maxDailyLoss', () => {
  // Equity 100,000 at the last official close: 2,000 dollars.
  const at = (equity: number, flows = 0) => contextOf([{}], { equity, previousCloseEquity: 100_000, flows });

  it('does nothing just below the limit', () => {
    expect(daily.watch(at(98_000.01))).toBeUndefined();
    expect(daily.approve(entry(0, 1), at(98_000.01))).toEqual({ kind: 'allow', quantity: 1 });
  });

  it('halts until the next session and flattens exactly at the limit', () => {
    expect(daily.watch(at(98_000))).toEqual({
      state: 'halted',
      flatten: true,
      until: 'next-session',
      rule: 'max-daily-loss',
      measured: 0.02,
      limit: 0.02,
      reason: "the day's loss is 2 %, the limit is 2 %: 0 % beyond",
    });
  });

  it('says by how much the loss found lies beyond the limit: a gap to −3.6 %', () => {
    expect(daily.watch(at(96_400))).toMatchObject({
      measured: 0.036,
      reason: "the day's loss is 3.6 %, the limit is 2 %: 1.6 % beyond",
    });
    expect(daily.approve(entry(0, 1), at(96_400))).toMatchObject({
      kind: 'refused',
      rule: 'max-daily-loss',
      measured: 0.036,
      limit: 0.02,
    });
  });

  it('takes deposits and withdrawals out: 98,000 after a deposit of 500 is a loss of 2,500', () => {
    expect(daily.watch(at(98_000, 500))).toMatchObject({ measured: 0.025 });
    expect(daily.watch(at(98_000, -500))).toBeUndefined();
  });

  it('goes by the equity at the last close, not by what there is now: 2,000 of 99,000 after a gain is no halt', () => {
    const context = contextOf([{}], { equity: 107_000, previousCloseEquity: 109_000 });
    expect(daily.watch(context)).toBeUndefined();
  });

  it('keeps legs where the policy says so', () => {
    const keeping = maxDailyLoss({ limitFraction: 0.02, onHalt: 'keep-legs' });
    expect(keeping.watch?.(at(98_000))).toMatchObject({ state: 'halted', flatten: false });
  });

  it.each([Number.NaN, Number.NEGATIVE_INFINITY])('halts where the equity is %d', (equity) => {
    expect(daily.watch(at(equity))?.state).toBe('halted');
  });

  it('knows no loss without equity at the last close, but for a real one', () => {
    expect(daily.watch(contextOf([{}], { equity: 5000, previousCloseEquity: 0, flows: 5000 }))).toBeUndefined();
    expect(daily.watch(contextOf([{}], { equity: 4999, previousCloseEquity: 0, flows: 5000 }))?.state).toBe('halted');
  });
});

describe('maxDrawdown', () => {
  const drawdown = riskManager({ sizer: fixedQuantity(1), rules: [maxDrawdown({ limitFraction: 0.1 })] });
  const at = (index: number, peakIndex = 1.25) => contextOf([{}], { index, peakIndex });

  it('does nothing just below the limit: 1.25 to 1.1251', () => {
    expect(drawdown.watch(at(1.1251))).toBeUndefined();
    expect(drawdown.approve(entry(0, 1), at(1.1251))).toMatchObject({ kind: 'allow' });
  });

  it('halts until a start exactly at the limit and beyond it: 1.25 to 1.125', () => {
    expect(drawdown.watch(at(1.125))).toMatchObject({ state: 'halted', flatten: true, until: 'started', limit: 0.1 });
    expect(drawdown.watch(at(1))).toMatchObject({
      measured: 0.19999999999999996,
      reason: 'the drawdown is 20 %, the limit is 10 %: 10 % beyond',
    });
    expect(drawdown.approve(entry(0, 1), at(1.125))).toMatchObject({ kind: 'refused', rule: 'max-drawdown' });
  });

  it('names the sessions after which research lets it end', () => {
    const research = maxDrawdown({ limitFraction: 0.1, releaseAfterSessions: 20, onHalt: 'keep-legs' });
    expect(research.watch?.(at(1))).toMatchObject({ until: 'started', releaseAfterSessions: 20, flatten: false });
    expect(drawdown.watch(at(1))).not.toHaveProperty('releaseAfterSessions');
  });

  it('halts where the index is no number', () => {
    expect(drawdown.watch(at(Number.NaN))?.state).toBe('halted');
  });
});

describe('several rules that watch', () => {
  const context = contextOf([{}], { equity: 90_000, previousCloseEquity: 100_000, index: 0.9 });
  const day = maxDailyLoss({ limitFraction: 0.02 });
  const fall = maxDrawdown({ limitFraction: 0.1, onHalt: 'keep-legs' });
  const research = maxDrawdown({ limitFraction: 0.05, releaseAfterSessions: 3 });
  const watched = (...rules: Parameters<typeof riskManager>[0]['rules']) =>
    riskManager({ sizer: fixedQuantity(1), rules }).watch(context);

  it('give the one that lasts longer, and flatten where one of them does', () => {
    for (const both of [watched(day, fall), watched(fall, day)]) {
      expect(both).toMatchObject({ rule: 'max-drawdown', until: 'started', flatten: true });
    }
    expect(watched(research, fall)).not.toHaveProperty('releaseAfterSessions');
    expect(watched(day, research)).toMatchObject({ releaseAfterSessions: 3 });
  });

  it('go by the tighter state first', () => {
    const reduce = {
      name: 'own',
      check: day.check,
      watch: () => ({ state: 'reduce-only', flatten: false, until: 'started', rule: 'own', reason: 'test' }) as const,
    };
    expect(watched(reduce, day)).toMatchObject({ state: 'halted', rule: 'max-daily-loss' });
  });
});

it.each([
  ['maxDailyLoss', () => maxDailyLoss({ limitFraction: 2 }), '2 % is written 0.02'],
  ['maxDailyLoss', () => maxDailyLoss({ limitFraction: 0 }), 'above 0'],
  ['maxDrawdown', () => maxDrawdown({ limitFraction: 10 }), '10 % is written 0.1'],
  ['maxDrawdown', () => maxDrawdown({ limitFraction: Number.NaN }), 'above 0'],
  ['maxDrawdown', () => maxDrawdown({ limitFraction: 0.1, releaseAfterSessions: 0 }), 'whole number of at least 1'],
  ['maxDrawdown', () => maxDrawdown({ limitFraction: 0.1, releaseAfterSessions: 1.5 }), 'whole number of at least 1'],
])('%s does not take what cannot be meant', (_, make, hint) => {
  expect(make).toThrow(ConfigError);
  expect(make).toThrow(hint);
});
