import { RiskError } from '@tradekit/core';
import { describe, expect, it } from 'vitest';
import {
  crisis2008,
  factorShock,
  type Scenario,
  type StressBook,
  sectorShock,
  stress,
  year2022,
} from '../../src/index.js';

/** 40,000 of A and 15,000 of B held, 10,000 of C sold short, in an equity of 100,000. */
const book: StressBook = {
  equity: 100_000,
  positions: [
    { id: 'A', sector: 'Energy', quantity: 400, price: 100 },
    { id: 'B', sector: 'Materials', quantity: 300, price: 50 },
    { id: 'C', sector: 'Energy', quantity: -100, price: 100 },
  ],
};

const gap = sectorShock({ name: 'gap', source: 'by hand', shocks: { Energy: -0.2, Materials: 0.1 } });

/** The code of what is thrown. */
function code(run: () => unknown): string | undefined {
  try {
    run();
  } catch (error) {
    return error instanceof RiskError ? error.code : String(error);
  }
  return undefined;
}

describe('Energy −20 %, Materials +10 %', () => {
  const result = stress(book, gap);

  it('is −8,000 + 1,500 + 2,000 = −4,500 by name', () => {
    expect(result.positions).toEqual([
      { name: 'A', value: 40_000, profit: -8000 },
      { name: 'B', value: 15_000, profit: 1500 },
      { name: 'C', value: -10_000, profit: 2000 },
    ]);
    expect(result).toMatchObject({ scenario: 'gap', profit: -4500, profitFraction: -0.045, equityAfter: 95_500 });
  });

  it('by sector longs and shorts stand against each other', () => {
    expect(result.sectors).toEqual([
      { name: 'Energy', value: 30_000, profit: -6000 },
      { name: 'Materials', value: 15_000, profit: 1500 },
    ]);
  });

  it('breaches what lies beyond its limit afterwards, at the new worth and the new equity', () => {
    // 32,000 and 40,000 of 95,500; gross 32,000 + 16,500 + 8,000 = 56,500; net 40,500; loss 4.5 %
    const limits = {
      maxPositionFraction: 0.3,
      maxSectorFraction: 0.4,
      maxGrossFraction: 0.55,
      maxNetFraction: 0.4,
      maxLeverage: 0.6,
      maxPositions: 2,
      maxDailyLossFraction: 0.045,
      maxDrawdownFraction: 0.1,
    };
    expect(stress(book, gap, limits).breaches).toEqual([
      { limit: 'maxPositionFraction', of: 'A', measured: 32_000 / 95_500, allowed: 0.3 },
      { limit: 'maxSectorFraction', of: 'Energy', measured: 40_000 / 95_500, allowed: 0.4 },
      { limit: 'maxGrossFraction', measured: 56_500 / 95_500, allowed: 0.55 },
      { limit: 'maxNetFraction', measured: 40_500 / 95_500, allowed: 0.4 },
      { limit: 'maxPositions', measured: 3, allowed: 2 },
      { limit: 'maxDailyLossFraction', measured: 0.045, allowed: 0.045 },
    ]);
  });

  it('at a limit is no breach, but a loss at its limit halts', () => {
    const at = { maxPositionFraction: 32_000 / 95_500, maxDailyLossFraction: 0.046, maxDrawdownFraction: 0.045 };
    expect(stress(book, gap, at).breaches.map(({ limit }) => limit)).toEqual(['maxDrawdownFraction']);
  });

  it('falls further from a peak that lies behind: 1 − 0.9 × 0.955 = 14.05 %', () => {
    const { breaches } = stress({ ...book, drawdownFraction: 0.1 }, gap, { maxDrawdownFraction: 0.14 });
    expect(breaches[0]?.measured).toBeCloseTo(0.1405, 12);
  });
});

it('ruin breaches every limit that is a part of the equity', () => {
  const all = { equity: 1000, positions: [{ id: 'A', sector: 'Energy', quantity: 40, price: 100 }] };
  const half = sectorShock({ name: 'half', source: 'by hand', shocks: { Energy: -0.5 } });
  const limits = { maxPositionFraction: 1, maxGrossFraction: 4, maxPositions: 5, maxDrawdownFraction: 0.5 };
  const { breaches, equityAfter } = stress(all, half, limits);
  expect(equityAfter).toBe(-1000);
  expect(breaches.map(({ limit }) => limit)).toEqual([
    'maxPositionFraction',
    'maxGrossFraction',
    'maxDrawdownFraction',
  ]);
});

it('an empty book loses nothing', () => {
  expect(stress({ equity: 5, positions: [] }, gap, { maxPositions: 1 })).toMatchObject({
    profit: 0,
    sectors: [],
    breaches: [],
  });
});

describe('falls of the past', () => {
  const of = (scenario: Scenario, sector: string | undefined): number =>
    stress({ equity: 1000, positions: [{ id: 'X', sector, quantity: 10, price: 100 }] }, scenario).profit;

  it('2022: −28.2 % technology, +65.7 % energy; without a sector −18.1 %, as the index', () => {
    expect(of(year2022(), 'Information Technology')).toBeCloseTo(-282, 9);
    expect(of(year2022(), 'Energy')).toBeCloseTo(657, 9);
    expect(of(year2022(), undefined)).toBeCloseTo(-181, 9);
    expect(of(year2022(), 'Tech')).toBeCloseTo(-181, 9);
  });

  it('2007–09: −82.62 % financials, −31.23 % staples, −56.78 % the index', () => {
    expect(of(crisis2008(), 'Financials')).toBeCloseTo(-826.2, 9);
    expect(of(crisis2008(), 'Consumer Staples')).toBeCloseTo(-312.3, 9);
    expect(of(crisis2008(), undefined)).toBeCloseTo(-567.8, 9);
  });
});

describe('factors', () => {
  const crash = factorShock({
    name: 'crash',
    source: 'by hand',
    factors: { market: -0.1, rates: 0.02 },
    exposures: { A: { market: 1.5, rates: -2 }, B: { market: 0.5 }, C: { market: 12 } },
  });

  it('a share moves by Σ exposure × move: A −15 % − 4 %, B −5 %, C no more than all of it', () => {
    expect(stress(book, crash).positions.map(({ profit }) => Math.round(profit * 100) / 100)).toEqual([
      -7600, -750, 10_000,
    ]);
  });

  it('a position without exposures is an error', () => {
    const none = factorShock({ name: 'x', source: '', factors: { market: -0.1 }, exposures: { A: { market: 1 } } });
    expect(code(() => stress(book, none))).toBe('STRESS_EXPOSURE');
  });

  it('a factor that does not move here, and an exposure that is no number', () => {
    const make = (loadings: Record<string, number>) => () =>
      factorShock({ name: 'x', source: '', factors: { market: -0.1 }, exposures: { A: loadings } });
    expect(code(make({ rates: 1 }))).toBe('STRESS_EXPOSURE');
    expect(code(make({ market: Number.NaN }))).toBe('STRESS_EXPOSURE');
  });
});

describe('bad input', () => {
  const line = { id: 'A', sector: 'Energy', quantity: 1, price: 1 };
  it.each([
    ['an equity of nothing', { equity: 0 }, 'STRESS_BOOK'],
    ['a negative equity', { equity: -5 }, 'STRESS_BOOK'],
    ['an equity of NaN', { equity: Number.NaN }, 'STRESS_BOOK'],
    ['an infinite equity', { equity: Number.POSITIVE_INFINITY }, 'STRESS_BOOK'],
    ['a drawdown in percent', { drawdownFraction: 5 }, 'STRESS_BOOK'],
    ['a price of NaN', { positions: [{ ...line, price: Number.NaN }] }, 'STRESS_BOOK'],
    ['a price of 0', { positions: [{ ...line, price: 0 }] }, 'STRESS_BOOK'],
    ['a quantity of infinity', { positions: [{ ...line, quantity: Number.NEGATIVE_INFINITY }] }, 'STRESS_BOOK'],
    ['an id twice', { positions: [line, line] }, 'STRESS_BOOK'],
    ['a sector that the scenario does not know', { positions: [{ ...line, sector: 'Enregy' }] }, 'STRESS_SECTOR'],
    ['no sector', { positions: [{ ...line, sector: undefined }] }, 'STRESS_SECTOR'],
  ])('%s', (_, part, expected) => {
    expect(code(() => stress({ ...book, ...part }, gap))).toBe(expected);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, -20, -1.01])('a shock of %d', (shock) => {
    expect(code(() => sectorShock({ name: 'x', source: '', shocks: { Energy: shock } }))).toBe('STRESS_SHOCK');
  });

  it('a percentage is recognised', () => {
    expect(() => sectorShock({ name: 'x', source: '', shocks: { Energy: -20 } })).toThrow('-20 % is written -0.2');
  });

  it('a scenario that does not answer for every position, or not with numbers', () => {
    const answering = (...profits: number[]): Scenario => ({ name: 'x', source: '', profits: () => profits });
    expect(code(() => stress(book, answering(1, 2)))).toBe('STRESS_PROFITS');
    expect(code(() => stress(book, answering(1, 2, Number.NaN)))).toBe('STRESS_PROFITS');
  });
});
