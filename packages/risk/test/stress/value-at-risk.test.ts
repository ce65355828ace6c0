import { RiskError } from '@tradekit/core';
import { describe, expect, it } from 'vitest';
import {
  bookReturns,
  type CovarianceMatrix,
  correlationsAt,
  covarianceShock,
  historicalRisk,
  normalRisk,
  type StressBook,
  stress,
} from '../../src/index.js';

const Z99 = 2.3263478740408408;

describe('by historical simulation: −5 % to +4 % in steps of 1 %', () => {
  const returns = [0.01, -0.05, 0.04, -0.01, 0, -0.03, 0.02, -0.02, 0.03, -0.04];

  it('80 %: the third largest loss, and the mean of the two larger ones', () => {
    const { valueAtRisk, conditionalValueAtRisk } = historicalRisk(returns, 0.8);
    expect(valueAtRisk).toBe(0.03);
    expect(conditionalValueAtRisk).toBeCloseTo(0.045, 15);
  });
  it('75 %: two and a half losses, (5 + 4 + 3 ÷ 2) ÷ 2.5 = 4.2 %', () => {
    const { valueAtRisk, conditionalValueAtRisk } = historicalRisk(returns, 0.75);
    expect(valueAtRisk).toBe(0.03);
    expect(conditionalValueAtRisk).toBeCloseTo(0.042, 15);
  });
  it('99 % of ten sessions: the largest loss is both', () => {
    const { valueAtRisk, conditionalValueAtRisk } = historicalRisk(returns, 0.99);
    expect(valueAtRisk).toBe(0.05);
    expect(conditionalValueAtRisk).toBeCloseTo(0.05, 15);
  });
  it('99 % of a hundred: the second largest, although 100 × (1 − 0.99) is a little above 1', () => {
    const hundred = Array.from({ length: 100 }, (_, k) => -k / 1000);
    expect(historicalRisk(hundred, 0.99).valueAtRisk).toBe(0.098);
  });
  it('a book that gained in every session has a value at risk below 0', () => {
    expect(historicalRisk([0.02, 0.01, 0.03], 0.5).valueAtRisk).toBe(-0.02);
  });
});

describe('of a normal return', () => {
  it('with a deviation of 1 %: 1.6449 % and 2.0627 % at 95 %, 2.3263 % and 2.6652 % at 99 %', () => {
    expect(normalRisk({ deviation: 0.01 }, 0.95).valueAtRisk).toBeCloseTo(0.016448536269514723, 15);
    expect(normalRisk({ deviation: 0.01 }, 0.95).conditionalValueAtRisk).toBeCloseTo(0.020627128075074257, 15);
    expect(normalRisk({ deviation: 0.01 }, 0.99).valueAtRisk).toBeCloseTo(0.02326347874040841, 15);
    expect(normalRisk({ deviation: 0.01 }, 0.99).conditionalValueAtRisk).toBeCloseTo(0.02665214220345808, 15);
  });
  it('a mean is taken off', () => {
    expect(normalRisk({ mean: 0.001, deviation: 0.01 }, 0.95).valueAtRisk).toBeCloseTo(0.015448536269514722, 15);
  });
  it('nothing that moves is no risk', () => {
    expect(normalRisk({ deviation: 0 }, 0.99)).toEqual({ valueAtRisk: 0, conditionalValueAtRisk: 0 });
  });
});

describe('returns of a book in past sessions', () => {
  it('Σ weight × return; what is not held need not have traded', () => {
    const sessions = [
      [0.01, Number.NaN, -0.02],
      [-0.03, 0.5, 0.01],
    ];
    const returns = bookReturns([0.5, 0, -0.25], sessions);
    expect(returns[0]).toBeCloseTo(0.01, 15);
    expect(returns[1]).toBeCloseTo(-0.0175, 15);
  });
  it('a session in which something held did not trade is left out', () => {
    expect(
      bookReturns(
        [1, 1],
        [
          [0.01, Number.NaN],
          [0.02, 0.01],
        ],
      ),
    ).toEqual([0.03]);
  });
});

describe('a bad session of two names, 10,000 each, σ 1 % and 2 %, ρ 0.5', () => {
  const book: StressBook = {
    equity: 50_000,
    positions: [
      { id: 'A', sector: 'X', quantity: 100, price: 100 },
      { id: 'B', sector: 'Y', quantity: 200, price: 50 },
    ],
  };
  const covariance: CovarianceMatrix = [
    [1e-4, 1e-4],
    [1e-4, 4e-4],
  ];
  const shock = (more: object = {}) =>
    stress(book, covarianceShock({ name: 'bad', source: 'by hand', covariance, confidence: 0.99, ...more }));

  it('σ = √(1 + 4 + 2) × 100 = 264.58; A has 2 ÷ 7 of the loss, B 5 ÷ 7', () => {
    const { profit, positions } = shock();
    expect(profit).toBeCloseTo(-Z99 * Math.sqrt(70_000), 9);
    expect(positions[0]?.profit).toBeCloseTo((profit * 2) / 7, 9);
    expect(positions[1]?.profit).toBeCloseTo((profit * 5) / 7, 9);
  });
  it('correlation 1: deviations add up to 300; −1: 100 is left', () => {
    expect(shock({ correlation: 1 }).profit).toBeCloseTo(-Z99 * 300, 9);
    expect(shock({ correlation: -1 }).profit).toBeCloseTo(-Z99 * 100, 9);
  });
  it('volatility × 2: twice the loss', () => {
    expect(shock({ volatilityFactor: 2 }).profit).toBeCloseTo(2 * shock().profit, 9);
  });
  it('both: 600', () => {
    expect(shock({ correlation: 1, volatilityFactor: 2 }).profit).toBeCloseTo(-Z99 * 600, 9);
  });

  it.each([
    ['a percentage', { confidence: 99 }, 'STRESS_PROBABILITY'],
    ['a confidence of a half', { confidence: 0.5 }, 'STRESS_PROBABILITY'],
    ['a confidence of NaN', { confidence: Number.NaN }, 'STRESS_PROBABILITY'],
    ['a correlation above 1', { correlation: 1.1 }, 'STRESS_CORRELATION'],
    ['a volatility of nothing', { volatilityFactor: 0 }, 'STRESS_VOLATILITY'],
    ['an infinite volatility', { volatilityFactor: Number.POSITIVE_INFINITY }, 'STRESS_VOLATILITY'],
    ['a matrix of another size', { covariance: [[1e-4]] }, 'STRESS_COVARIANCE'],
    ['a matrix that is not square', { covariance: [[1e-4, 0], [0]] }, 'STRESS_COVARIANCE'],
    [
      'a number that is missing',
      {
        covariance: [
          [1e-4, Number.NaN],
          [Number.NaN, 1e-4],
        ],
      },
      'STRESS_COVARIANCE',
    ],
    [
      'halves that differ',
      {
        covariance: [
          [1e-4, 1e-5],
          [2e-5, 1e-4],
        ],
      },
      'STRESS_COVARIANCE',
    ],
    [
      'correlations that do not belong together',
      {
        covariance: [
          [1e-4, 2e-4],
          [2e-4, 1e-4],
        ],
      },
      'STRESS_COVARIANCE',
    ],
    [
      'a negative variance',
      {
        covariance: [
          [-1e-4, 0],
          [0, 1e-4],
        ],
      },
      'STRESS_COVARIANCE',
    ],
  ])('%s is refused', (_, more, expected) => {
    const run = () => shock(more);
    expect(run).toThrow(RiskError);
    expect(run).toThrow(expect.objectContaining({ code: expected }));
  });
});

describe('bad input', () => {
  const throws = (run: () => unknown, code: string): void => {
    expect(run).toThrow(RiskError);
    expect(run).toThrow(expect.objectContaining({ code }));
  };
  it.each([0, 1, -0.1, 1.5, 95, Number.NaN])('a confidence of %d', (confidence) => {
    throws(() => historicalRisk([0.01], confidence), 'STRESS_PROBABILITY');
    throws(() => normalRisk({ deviation: 0.01 }, confidence), 'STRESS_PROBABILITY');
  });
  it('no returns, or one that is no number', () => {
    throws(() => historicalRisk([], 0.95), 'STRESS_RETURNS');
    throws(() => historicalRisk([0.01, Number.NaN], 0.95), 'STRESS_RETURNS');
    throws(() => historicalRisk([0.01, Number.NEGATIVE_INFINITY], 0.95), 'STRESS_RETURNS');
  });
  it('a deviation below 0, and numbers that are none', () => {
    throws(() => normalRisk({ deviation: -0.01 }, 0.95), 'STRESS_RETURNS');
    throws(() => normalRisk({ deviation: Number.NaN }, 0.95), 'STRESS_RETURNS');
    throws(() => normalRisk({ mean: Number.POSITIVE_INFINITY, deviation: 0.01 }, 0.95), 'STRESS_RETURNS');
  });
});

describe('correlations as a risk manager had them', () => {
  // Two names that go up and down together and one that goes against them, in sessions of ± 1 %.
  const up = (k: number): number => (k % 2 === 0 ? 0.01 : -0.01);
  const sessions = Array.from({ length: 30 }, (_, k) => [up(k), up(k), -up(k)]);
  const returns = { sectors: ['X', 'X', 'Y'], sessions };

  it('are known from 20 sessions on', () => {
    const at = correlationsAt(returns);
    expect(at(19).correlation(0, 1)).toBeNaN();
    expect(at(20).correlation(0, 1)).toBeCloseTo(1, 12);
    expect(at(20).correlation(0, 2)).toBeCloseTo(-1, 12);
    // n − 1: √(20 ÷ 19) × 1 %
    expect(at(20).volatility(0)).toBeCloseTo(0.01 * Math.sqrt(20 / 19), 12);
  });
  it('are told in ascending order, of sessions that there are', () => {
    const at = correlationsAt(returns);
    at(25);
    expect(() => at(24)).toThrow(RiskError);
    expect(() => at(31)).toThrow('ask for a count from 25 to 30');
  });
});
