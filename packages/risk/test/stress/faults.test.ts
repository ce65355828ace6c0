/** What cannot be meant is an error that says what is wrong and what to give; what is just still meant is none. */
import { RiskError } from '@tradekit/core';
import { describe, expect, it, test } from 'vitest';
import {
  chiSquareSurvival,
  christoffersen,
  correlationsAt,
  covarianceShock,
  crisis2008,
  factorShock,
  historicalRisk,
  kupiec,
  normalRisk,
  type Scenario,
  type StressBook,
  sectorShock,
  stress,
  year2022,
} from '../../src/index.js';

const line = { id: 'A', sector: 'Energy', quantity: 1, price: 1 };
const book: StressBook = { equity: 100, positions: [line] };
const gap = sectorShock({ name: 'gap', source: 'by hand', shocks: { Energy: -0.2, Materials: 0.1 } });
const played = (part: Partial<StressBook>) => () => stress({ ...book, ...part }, gap);
const shocked =
  (more: object, size = 1) =>
  () =>
    stress(
      { equity: 100, positions: Array.from({ length: size }, (_, k) => ({ ...line, id: `${k}` })) },
      covarianceShock({ name: 'bad', source: 'by hand', covariance: [[1e-4]], confidence: 0.99, ...more }),
    );
const two = (a: number, b: number, c: number, d: number) =>
  shocked(
    {
      covariance: [
        [a, b],
        [c, d],
      ],
    },
    2,
  );
const loadings = (of: Record<string, number>) => () =>
  factorShock({ name: 'x', source: '', factors: { market: -0.1 }, exposures: { A: of } });
const answering = (...profits: number[]): Scenario => ({ name: 'odd', source: '', profits: () => profits });

test.each<readonly [code: string, message: string, run: () => unknown]>([
  ['STRESS_BOOK', 'stress: the equity is 0; give dollars above 0', played({ equity: 0 })],
  [
    'STRESS_BOOK',
    'stress: drawdownFraction is 1; give a fraction from 0 to below 1: 5 % is 0.05',
    played({ drawdownFraction: 1 }),
  ],
  [
    'STRESS_BOOK',
    'stress: drawdownFraction is -0.1; give a fraction from 0 to below 1: 5 % is 0.05',
    played({ drawdownFraction: -0.1 }),
  ],
  ['STRESS_BOOK', 'stress: "A" is listed twice; add its shares up', played({ positions: [line, line] })],
  [
    'STRESS_BOOK',
    'stress: "A" has NaN shares; give a finite number',
    played({ positions: [{ ...line, quantity: Number.NaN }] }),
  ],
  ['STRESS_BOOK', 'stress: "A" has the price 0; give dollars above 0', played({ positions: [{ ...line, price: 0 }] })],
  [
    'STRESS_BOOK',
    'stress: "A" has the price Infinity; give dollars above 0',
    played({ positions: [{ ...line, price: Number.POSITIVE_INFINITY }] }),
  ],
  [
    'STRESS_SECTOR',
    'stress "gap": "A" is of sector "Enregy", and the scenario says nothing of that; known are Energy, Materials',
    played({ positions: [{ ...line, sector: 'Enregy' }] }),
  ],
  [
    'STRESS_SECTOR',
    'stress "gap": "A" has no sector, and the scenario says nothing of that; known are Energy, Materials',
    played({ positions: [{ ...line, sector: undefined }] }),
  ],
  [
    'STRESS_SHOCK',
    'stress: the return of Energy is -20; give a number of at least -1; -20 % is written -0.2',
    () => sectorShock({ name: 'x', source: '', shocks: { Energy: -20 } }),
  ],
  [
    'STRESS_SHOCK',
    'stress: the return of Energy is -100; give a number of at least -1; -100 % is written -1',
    () => sectorShock({ name: 'x', source: '', shocks: { Energy: -100 } }),
  ],
  [
    'STRESS_SHOCK',
    'stress: the return of Energy is -101; give a number of at least -1',
    () => sectorShock({ name: 'x', source: '', shocks: { Energy: -101 } }),
  ],
  [
    'STRESS_SHOCK',
    'stress: the return of Energy is NaN; give a number of at least -1',
    () => sectorShock({ name: 'x', source: '', shocks: { Energy: Number.NaN } }),
  ],
  [
    'STRESS_SHOCK',
    'stress: the return of unknown is -2; give a number of at least -1; -2 % is written -0.02',
    () => sectorShock({ name: 'x', source: '', shocks: {}, unknown: -2 }),
  ],
  [
    'STRESS_SHOCK',
    'stress: the return of others is -2; give a number of at least -1; -2 % is written -0.02',
    () => sectorShock({ name: 'x', source: '', shocks: {}, others: -2 }),
  ],
  [
    'STRESS_SHOCK',
    'stress: the return of market is Infinity; give a number of at least -1',
    () => factorShock({ name: 'x', source: '', factors: { market: Number.POSITIVE_INFINITY }, exposures: {} }),
  ],
  [
    'STRESS_EXPOSURE',
    'stress "x": the exposure of "A" is 1 to "rates"; give a number for a factor that moves',
    loadings({ rates: 1 }),
  ],
  [
    'STRESS_EXPOSURE',
    'stress "x": the exposure of "A" is NaN to "market"; give a number for a factor that moves',
    loadings({ market: Number.NaN }),
  ],
  [
    'STRESS_EXPOSURE',
    'stress "x": the exposure of "A" is none; give a number for a factor that moves',
    () => stress(book, factorShock({ name: 'x', source: '', factors: {}, exposures: {} })),
  ],
  [
    'STRESS_PROFITS',
    'stress "odd" gave 2 profits for 1 positions; give a finite number each',
    () => stress(book, answering(1, 2)),
  ],
  [
    'STRESS_PROFITS',
    'stress "odd" gave 1 profits for 1 positions; give a finite number each',
    () => stress(book, answering(Number.NaN)),
  ],
  [
    'STRESS_PROBABILITY',
    'confidence is 99; give a probability above 0.5 and below 1; 99 % is written 0.99',
    shocked({ confidence: 99 }),
  ],
  ['STRESS_PROBABILITY', 'confidence is 0.5; give a probability above 0.5 and below 1', shocked({ confidence: 0.5 })],
  ['STRESS_PROBABILITY', 'confidence is 1; give a probability above 0 and below 1', () => historicalRisk([0], 1)],
  [
    'STRESS_PROBABILITY',
    'confidence is 100; give a probability above 0 and below 1',
    () => normalRisk({ deviation: 0 }, 100),
  ],
  ['STRESS_PROBABILITY', 'probability is 0; give a probability above 0 and below 1', () => kupiec(10, 1, 0)],
  [
    'STRESS_CORRELATION',
    'stress "bad": correlation is -1.1; give a number from -1 to 1',
    shocked({ correlation: -1.1 }),
  ],
  ['STRESS_CORRELATION', 'stress "bad": correlation is 1.1; give a number from -1 to 1', shocked({ correlation: 1.1 })],
  ['STRESS_VOLATILITY', 'stress "bad": volatilityFactor is 0; give a number above 0', shocked({ volatilityFactor: 0 })],
  [
    'STRESS_COVARIANCE',
    'stress: of the covariance matrix it is not 2 × 2; give a row and a column for each position',
    shocked({}, 2),
  ],
  [
    'STRESS_COVARIANCE',
    'stress: of the covariance matrix the number in row 1, column 2 is NaN',
    two(1e-4, Number.NaN, Number.NaN, 1e-4),
  ],
  [
    'STRESS_COVARIANCE',
    'stress: of the covariance matrix rows and columns 1 and 2 differ',
    two(1e-4, 1e-5, 2e-5, 1e-4),
  ],
  [
    'STRESS_COVARIANCE',
    'stress: of the covariance matrix it is not positive definite; take correlations that belong together',
    two(1e-4, 2e-4, 2e-4, 1e-4),
  ],
  ['STRESS_STATISTIC', 'chi-square: -1 is no statistic; give a number of at least 0', () => chiSquareSurvival(-1, 1)],
  [
    'STRESS_EXCEPTIONS',
    'kupiec: 11 exceptions in 10 sessions; give whole numbers, of sessions above 0',
    () => kupiec(10, 11, 0.01),
  ],
  ['STRESS_EXCEPTIONS', 'christoffersen: 1 sessions; give at least two', () => christoffersen([true])],
  ['STRESS_RETURNS', 'value at risk: there are no returns; give at least one', () => historicalRisk([], 0.9)],
  [
    'STRESS_RETURNS',
    'value at risk: a return is no finite number; leave such sessions out',
    () => historicalRisk([0, Number.NaN], 0.9),
  ],
  [
    'STRESS_RETURNS',
    'value at risk: a return is no finite number; leave such sessions out',
    () => historicalRisk([Number.NEGATIVE_INFINITY, 0], 0.9),
  ],
  [
    'STRESS_RETURNS',
    'value at risk: mean NaN and deviation 1; give finite numbers, the deviation 0 or more',
    () => normalRisk({ mean: Number.NaN, deviation: 1 }, 0.9),
  ],
  [
    'STRESS_RETURNS',
    'value at risk: mean 0 and deviation Infinity; give finite numbers, the deviation 0 or more',
    () => normalRisk({ deviation: Number.POSITIVE_INFINITY }, 0.9),
  ],
  [
    'STRESS_SESSIONS',
    'correlations after 2 sessions; ask for a count from 0 to 1, in ascending order',
    () => correlationsAt({ sectors: ['A'], sessions: [[0]] })(2),
  ],
  [
    'STRESS_SESSIONS',
    'correlations after 0.5 sessions; ask for a count from 0 to 1, in ascending order',
    () => correlationsAt({ sectors: ['A'], sessions: [[0]] })(0.5),
  ],
])('%s: %s', (code, message, run) => {
  expect(run).toThrow(expect.objectContaining({ code, message }));
  expect(run).toThrow(RiskError);
});

describe('an error carries what was given', () => {
  test.each<readonly [context: unknown, run: () => unknown]>([
    [{ id: 'A', sector: 'Enregy' }, played({ positions: [{ ...line, sector: 'Enregy' }] })],
    [{ of: 'Energy', shock: -20 }, () => sectorShock({ name: 'x', source: '', shocks: { Energy: -20 } })],
    [{ id: 'A' }, loadings({ rates: 1 })],
    [{ scenario: 'odd' }, () => stress(book, answering())],
    [{ what: 'confidence', value: 1 }, () => historicalRisk([0], 1)],
    [{ observations: 0, exceptions: 0 }, () => kupiec(0, 0, 0.01)],
    [{ mean: 0, deviation: -1 }, () => normalRisk({ deviation: -1 }, 0.9)],
    [{ now: 2, closed: 0 }, () => correlationsAt({ sectors: [], sessions: [] })(2)],
  ])('%o', (context, run) => {
    expect(run).toThrow(expect.objectContaining({ context }));
  });
});

describe('just still meant', () => {
  it('a fall of all of it, correlations of 1 and −1, one exception in one session, 20 of 20 sessions', () => {
    expect(stress(book, sectorShock({ name: 'x', source: '', shocks: { Energy: -1 } })).profit).toBe(-1);
    expect(shocked({ correlation: 1 })).not.toThrow();
    expect(shocked({ correlation: -1 })).not.toThrow();
    expect(kupiec(1, 1, 0.5).statistic).toBeCloseTo(2 * Math.LN2, 12);
    expect(christoffersen([true, false]).statistic).toBe(0);
    expect(() => correlationsAt({ sectors: ['A'], sessions: [[0]] })(1)).not.toThrow();
    expect(stress({ ...book, drawdownFraction: 0 }, gap).profit).toBe(-0.2);
  });

  it('two halves of a matrix that differ by dust', () => {
    expect(two(1e-4, 1e-5, 1e-5 * (1 + 1e-12), 1e-4)).not.toThrow();
  });

  it('a loss of a session without others: nothing that moves is shocked by nothing', () => {
    const still = { equity: 100, positions: [{ ...line, quantity: 0 }] };
    const bad = covarianceShock({ name: 'bad', source: 'by hand', covariance: [[1e-4]], confidence: 0.99 });
    expect(stress(still, bad)).toMatchObject({ scenario: 'bad', source: 'by hand', profit: 0 });
  });
});

describe('falls of the past, every sector', () => {
  const returnsOf = (scenario: Scenario) =>
    Object.fromEntries(
      [
        'Communication Services',
        'Consumer Discretionary',
        'Consumer Staples',
        'Energy',
        'Financials',
        'Health Care',
        'Industrials',
        'Information Technology',
        'Materials',
        'Real Estate',
        'Utilities',
        'Tech',
      ].map((sector) => [sector, scenario.profits({ equity: 1, positions: [{ ...line, sector }] })[0]]),
    );

  it('2022', () => {
    expect(year2022()).toMatchObject({
      name: 'the year 2022',
      source: 'total returns of the S&P 500 sectors in 2022 (S&P Dow Jones Indices), at once',
    });
    expect(returnsOf(year2022())).toEqual({
      'Communication Services': -0.399,
      'Consumer Discretionary': -0.37,
      'Consumer Staples': -0.006,
      Energy: 0.657,
      Financials: -0.105,
      'Health Care': -0.02,
      Industrials: -0.055,
      'Information Technology': -0.282,
      Materials: -0.123,
      'Real Estate': -0.261,
      Utilities: 0.016,
      Tech: -0.181,
    });
  });

  it('2007–09', () => {
    expect(crisis2008()).toMatchObject({
      name: 'the fall of 2007–09',
      source: 'price returns of the S&P 500 sectors from 2007-10-09 to 2009-03-09 (Standard & Poor’s), at once',
    });
    expect(returnsOf(crisis2008())).toEqual({
      'Communication Services': -0.5072,
      'Consumer Discretionary': -0.5801,
      'Consumer Staples': -0.3123,
      Energy: -0.4676,
      Financials: -0.8262,
      'Health Care': -0.3988,
      Industrials: -0.6515,
      'Information Technology': -0.5295,
      Materials: -0.5955,
      'Real Estate': -0.8262,
      Utilities: -0.4587,
      Tech: -0.5678,
    });
  });
});

it('sectors are added up: 40 and −10 of Energy and 5 of Materials fall by 20 % and rise by 10 %', () => {
  const of = (id: string, sector: string, quantity: number) => ({ id, sector, quantity, price: 1 });
  const positions = [of('A', 'Energy', 40), of('B', 'Materials', 5), of('C', 'Energy', -10)];
  expect(stress({ equity: 100, positions }, gap)).toMatchObject({
    profit: -5.5,
    profitFraction: -0.055,
    equityAfter: 94.5,
    sectors: [
      { name: 'Energy', value: 30, profit: -6 },
      { name: 'Materials', value: 5, profit: 0.5 },
    ],
  });
});

it('factors are added up, and no share falls by more than all of it', () => {
  const factors = { market: -0.5, rates: 0.25 };
  const profit = (market: number, rates: number) =>
    factorShock({ name: 'x', source: '', factors, exposures: { A: { market, rates } } }).profits(book)[0];
  expect([profit(1, 1), profit(1, -1), profit(-1, 0), profit(4, 0)]).toEqual([-0.25, -0.75, 0.5, -1]);
});
