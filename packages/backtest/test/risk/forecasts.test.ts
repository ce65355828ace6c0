import { describe, expect, it } from 'vitest';
import { reviewOf, type StressRow } from '../../src/index.js';
import { type HandMade, runOf } from './run.js';

/** 100 sessions of one share that moves by −5, −4, … +4 % over and over; half of the equity is in it, and the account moves with it. */
const COUNT = 100;
const RETURNS = Array.from({ length: COUNT }, (_, k) => ((k % 10) - 5) / 100);

function holding(more: Partial<HandMade> = {}): HandMade {
  return {
    sessions: RETURNS.map((_, k) => [indexAt(k)]),
    held: RETURNS.map((_, k) => [indexAt(k) * 500]),
    returns: RETURNS.map((value) => [value]),
    ...more,
  };
}

/** So that 500 shares × index at 100 are half of the equity at every close. */
function indexAt(k: number): number {
  return RETURNS.slice(0, k + 1).reduce((index, value) => index * (1 + value / 2), 1);
}

const forecast = (made: HandMade, method: string, confidence: number) => {
  const found = reviewOf(runOf(made)).forecasts.find(
    (each) => each.method === method && each.confidence === confidence,
  );
  if (found === undefined) throw new Error('no such forecast');
  return found;
};

describe('value at risk before a session', () => {
  it('by history: from the 61st session on, of the book at the close before', () => {
    const { valueAtRisk, conditionalValueAtRisk } = forecast(holding(), 'historical', 0.95);
    expect(valueAtRisk[59]).toBeNaN();
    // Of 60 returns six are −5 %: 60 × 0.05 = 3, so the fourth largest loss. Half of it is the book's.
    expect(valueAtRisk[60]).toBeCloseTo(0.025, 12);
    expect(conditionalValueAtRisk[60]).toBeCloseTo(0.025, 12);
  });
  it('by the normal distribution: from the 21st on, z × half the deviation', () => {
    const { valueAtRisk } = forecast(holding(), 'normal', 0.99);
    expect(valueAtRisk[19]).toBeNaN();
    // Of twenty returns −5 … 4 %: Σ (x + 0.5)² = 2 × 82.5, over 19.
    expect(valueAtRisk[20]).toBeCloseTo((2.3263478740408408 / 2) * Math.sqrt(165 / 19) * 0.01, 9);
  });
  it('a session that loses as much as was said is no exception', () => {
    const { tests } = forecast(holding(), 'historical', 0.95);
    expect(tests).toMatchObject({ observations: 40, exceptions: 0, expected: expect.closeTo(2, 12) });
  });
  it('one that loses more is', () => {
    // In the last session the account falls by 10 %.
    const made = holding();
    const sessions = made.sessions.map((slices, k) =>
      k === COUNT - 1 ? [(made.sessions[k - 1]?.[0] ?? 1) * 0.9] : slices,
    );
    expect(forecast({ ...made, sessions }, 'historical', 0.95).tests).toMatchObject({
      observations: 40,
      exceptions: 1,
    });
    expect(forecast({ ...made, sessions }, 'normal', 0.99).tests?.exceptions).toBe(1);
  });
  it('a session that began flat is no observation', () => {
    const made = holding();
    const held = (made.held ?? []).map((shares, k) => (k >= 89 ? [0] : shares));
    expect(forecast({ ...made, held }, 'historical', 0.95).tests?.observations).toBe(30);
  });
  it('of a run that held nothing nothing is said', () => {
    const { forecasts, book, stress } = reviewOf(runOf({ sessions: [[1], [1]] }));
    expect(forecasts.map(({ tests }) => tests)).toEqual([undefined, undefined, undefined, undefined]);
    expect([book, stress]).toEqual([undefined, []]);
  });
  it('of a run without a session neither', () => {
    expect(reviewOf(runOf({ sessions: [] })).forecasts.every(({ valueAtRisk }) => valueAtRisk.length === 0)).toBe(true);
  });
});

describe('stress', () => {
  const profitOf = (rows: readonly StressRow[], scenario: string): number => {
    const row = rows.find((each) => each.scenario === scenario);
    if (row === undefined || 'reason' in row) throw new Error(`${scenario}: ${row?.reason}`);
    return row.profit;
  };

  it('is played on the last book that held something, with its sector and its beta', () => {
    const made = holding({ sectors: ['Energy'] });
    const held = (made.held ?? []).map((shares, k) => (k === 98 ? [500] : k === 99 ? [0] : shares));
    const { book, stress } = reviewOf(runOf({ ...made, held }), { maxDailyLossFraction: 0.02 });
    expect(book).toMatchObject({ session: 98, positions: [{ id: 'A', sector: 'Energy', quantity: 500, price: 100 }] });
    expect(profitOf(stress, 'the year 2022')).toBeCloseTo(50_000 * 0.657, 6);
    expect(profitOf(stress, 'the fall of 2007–09')).toBeCloseTo(-50_000 * 0.4676, 6);
    expect(profitOf(stress, '−20 % in Energy')).toBeCloseTo(-10_000, 6);
    // The universe is this one share: its beta is 1.
    expect(profitOf(stress, 'market −10 %')).toBeCloseTo(-5000, 6);
    expect(profitOf(stress, 'volatility × 2')).toBeCloseTo(2 * profitOf(stress, 'a bad session'), 9);
    expect(
      stress
        .flatMap((row) => ('reason' in row ? [] : row.breaches))
        .every(({ limit }) => limit === 'maxDailyLossFraction'),
    ).toBe(true);
  });
  it('says why where too little is known', () => {
    const { stress } = reviewOf(runOf({ sessions: [[1]], held: [[10]], returns: [[Number.NaN]] }));
    const reasons = stress.flatMap((row) => ('reason' in row ? [row.reason] : []));
    expect(reasons).toEqual([
      'stress "market −10 %": the exposure of "A" is none; give a number for a factor that moves',
      ...new Array<string>(4).fill('stress: of the covariance matrix the number in row 1, column 1 is NaN'),
    ]);
    expect(profitOf(stress, '−20 % in every name')).toBeCloseTo(-200, 9);
  });
  it('a market that stands still has no beta, and a price that is none no scenario: the page is written all the same', () => {
    const still = { sessions: Array.from({ length: 30 }, () => [1]), held: Array.from({ length: 30 }, () => [10]) };
    const { stress } = reviewOf(runOf(still));
    expect(stress.find(({ scenario }) => scenario === 'market −10 %')).toHaveProperty('reason');
    const blind = reviewOf(runOf({ ...still, mark: Array.from({ length: 30 }, () => [Number.NaN]) }));
    expect(blind.stress.every((row) => 'reason' in row)).toBe(true);
  });
});
