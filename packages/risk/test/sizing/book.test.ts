/** Sizers that know volatilities, correlations and stops. Numbers by hand or published. */
import { ConfigError, type FeatureSpec, RiskError, type Wish } from '@tradekit/core';
import { describe, expect, it } from 'vitest';
import {
  type AnySizer,
  averageTrueRange,
  bookVolatility,
  capped,
  equalRisk,
  equalRiskWeights,
  fixedFraction,
  fixedQuantity,
  fixedRisk,
  forecastEdge,
  kelly,
  realisedVolatility,
  riskManager,
  scaled,
  signalEdge,
  smallest,
  tradesEdge,
  volatilityTarget,
} from '../../src/index.js';
import { type Account, contextOf, type Line, unsized } from '../context.js';

/** Twenty returns of 1 %, not correlated with one another: the deviation is 0.01 √(20/19), the variance 1/9500. */
const pattern = (signs: readonly number[], step = 0.01): readonly number[] =>
  Array.from({ length: 20 }, (_, k) => step * (signs[k % 4] ?? 0));
const p = pattern([1, -1, 1, -1]);
const q = pattern([1, 1, -1, -1]);
const feature: FeatureSpec = {
  key: 'forecast',
  unit: 'none',
  warmUpBars: 1,
  create: () => ({ state: [], step: () => undefined }),
};

const say = (instrument: number, more: Partial<Wish['signal']> = {}, direction: 1 | -1 = 1): Wish => {
  const wish = unsized(instrument, direction);
  return { ...wish, signal: { ...wish.signal, ...more } };
};
function sizes(sizer: AnySizer, wishes: readonly Wish[], lines: readonly Line[], account: Account = {}) {
  return riskManager({ sizer, rules: [] })
    .plan(wishes, contextOf(lines, account))
    .map((verdict) => (verdict.kind === 'allow' ? verdict.quantity : verdict.rule));
}
/** One lot of a millionth, so that sizes are seen as they are. */
const fine = (line: Line): Line => ({ lot: 1e-6, ...line });

describe('fixedRisk: 0.5 % of 100,000 to the stop', () => {
  const sizer = fixedRisk({ riskFraction: 0.005 });
  it.each([
    [95, 1, 100],
    [90, 1, 50],
    [105, -1, -100],
  ] as const)('with the stop at %d, %d: %d shares', (stopPrice, direction, shares) =>
    expect(sizes(sizer, [say(0, { stopPrice }, direction)], [{}])).toEqual([shares]),
  );

  it.each([undefined, 100, 101, Number.NaN])(
    'refuses a buy with the stop at %d, and says what it needs',
    (stopPrice) => {
      const wish = say(0, stopPrice === undefined ? {} : { stopPrice });
      const [verdict] = riskManager({ sizer, rules: [] }).plan([wish], contextOf([{}]));
      expect(verdict).toMatchObject({
        rule: 'no-size',
        reason:
          'the size is NaN shares; a finite number, 0 or more, would pass; sizer "fixed-risk" needs a stop on the losing side of the price',
      });
    },
  );
});

describe('volatilityTarget: 1 % of 100,000 a year', () => {
  it('from realised volatility: 1,000 / (√252 × 100 × 0.01 × √(20/19)) = 61.4', () => {
    const sizer = volatilityTarget({ annualFraction: 0.01, measure: realisedVolatility({ sessions: 20 }) });
    expect(
      sizes(sizer, [say(0), say(1, {}, -1)], [{ returns: p }, { returns: pattern([1, -1, Number.NaN, Number.NaN]) }]),
    ).toEqual([
      61,
      'no-size', // half of the returns are missing
    ]);
    const exact = sizes(sizer, [say(0)], [fine({ returns: p })])[0];
    expect(exact).toBeCloseTo(1000 / (Math.sqrt(252) * Math.sqrt(20 / 19)), 5);
  });

  it('from a range: 1,000 / (√252 × 2) = 31.5', () => {
    const sizer = volatilityTarget({ annualFraction: 0.01, measure: averageTrueRange(feature) });
    expect(sizer.features).toEqual([feature]);
    expect(sizes(sizer, [say(0), say(1), say(2)], [{ feature: 2 }, { feature: 0 }, {}])).toEqual([
      31,
      'no-size',
      'no-size',
    ]);
  });
});

describe('bookVolatility', () => {
  const of = fixedFraction({ targetFraction: 0.5 });
  const sizer = bookVolatility({ of, annualFraction: 0.1 });
  const daily = 0.01 * Math.sqrt(20 / 19);

  it('scales two halves that are not correlated to 10 % a year: σ√252 × 0.5 × √2 is 11.5 %', () => {
    const scale = 0.1 / (daily * Math.sqrt(252) * 0.5 * Math.SQRT2);
    const [a, b] = sizes(sizer, [say(0), say(1)], [fine({ returns: p }), fine({ returns: q, sector: 'B' })]);
    expect(a).toBeCloseTo(500 * scale, 4);
    expect(b).toBe(a);
  });

  it('leaves alone what is below the target', () => {
    expect(sizes(sizer, [say(0)], [{ returns: p }])).toEqual([500]);
  });

  it('counts what is held: (0.3 + s × 0.5) σ√252 = 10 %', () => {
    const lines = [fine({ returns: p }), { returns: p, held: 300 }];
    const wanted = (0.1 / (daily * Math.sqrt(252)) - 0.3) * 1000;
    expect(sizes(sizer, [say(0)], lines)[0]).toBeCloseTo(wanted, 4);
  });

  it('refuses where a return is missing', () => {
    expect(sizes(sizer, [say(0)], [{}])).toEqual(['no-size']);
  });
});

describe('equalRiskWeights', () => {
  /** Covariances from deviations and correlations of the pairs (1, 2), (1, 3), …, (2, 3), … */
  const covariance = (deviations: readonly number[], correlations: readonly (readonly number[])[]) =>
    deviations.map((a, i) => deviations.map((b, j) => a * b * (correlations[i]?.[j] ?? Number.NaN)));
  const percent = (weights: readonly number[]) => weights.map((weight) => Math.round(weight * 1e4) / 100);

  it.each([-0.9, 0, 0.5, 0.99])('of two assets goes by 1/σ, whatever the correlation %d', (rho) => {
    const weights = equalRiskWeights(
      covariance(
        [0.1, 0.3],
        [
          [1, rho],
          [rho, 1],
        ],
      ),
    );
    expect(weights[0]).toBeCloseTo(0.75, 10);
    expect(weights[1]).toBeCloseTo(0.25, 10);
  });

  // T. Roncalli, Introduction to Risk Parity and Budgeting, 2013, section 2.1: volatilities 30, 20 and 15 %.
  it('of three assets is 19.69, 32.44 and 47.87 %', () => {
    const correlations = [
      [1, 0.8, 0.5],
      [0.8, 1, 0.3],
      [0.5, 0.3, 1],
    ];
    expect(percent(equalRiskWeights(covariance([0.3, 0.2, 0.15], correlations)))).toEqual([19.69, 32.44, 47.87]);
  });

  // Maillard, Roncalli, Teïletche 2010, section 4.1: volatilities 10, 20, 30 and 40 %.
  it('of four assets is 38.4, 19.2, 24.3 and 18.2 %', () => {
    const correlations = [
      [1, 0.8, 0, 0],
      [0.8, 1, 0, 0],
      [0, 0, 1, -0.5],
      [0, 0, -0.5, 1],
    ];
    const weights = equalRiskWeights(covariance([0.1, 0.2, 0.3, 0.4], correlations));
    expect(weights.map((weight) => Math.round(weight * 1e3) / 10)).toEqual([38.4, 19.2, 24.3, 18.2]);
  });

  it('gives every name the same contribution', () => {
    const matrix = covariance(
      [0.3, 0.1, 0.2],
      [
        [1, -0.4, 0.2],
        [-0.4, 1, 0.6],
        [0.2, 0.6, 1],
      ],
    );
    const x = equalRiskWeights(matrix);
    const each = x.map((weight, i) => weight * x.reduce((sum, other, j) => sum + other * (matrix[i]?.[j] ?? 0), 0));
    expect(Math.max(...each) / Math.min(...each)).toBeCloseTo(1, 9);
  });

  it.each([
    [
      'not positive definite',
      [
        [1, 2],
        [2, 1],
      ],
    ],
    [
      'singular',
      [
        [1, 1],
        [1, 1],
      ],
    ],
    ['without a number', [[Number.NaN]]],
    ['without a variance', [[0]]],
  ])('gives nothing for a matrix that is %s', (_, matrix) => {
    expect(equalRiskWeights(matrix).every(Number.isNaN)).toBe(true);
  });
});

describe('equalRisk: 90 % gross', () => {
  const sizer = equalRisk({ grossFraction: 0.9 });

  it('of three times the volatility holds a third: 675 and 225 shares', () => {
    const lines = [fine({ returns: p }), fine({ returns: pattern([1, 1, -1, -1], 0.03), sector: 'B' })];
    const [a, b] = sizes(sizer, [say(0), say(1, {}, -1)], lines);
    expect(a).toBeCloseTo(675, 4);
    expect(b).toBeCloseTo(-225, 4);
  });

  it('counts what is held, and does not resize it', () => {
    const lines = [fine({ returns: p }), { returns: pattern([1, 1, -1, -1], 0.03), sector: 'B', held: 10 }];
    expect(sizes(sizer, [say(0)], lines)[0]).toBeCloseTo(675, 4);
  });

  it('refuses where correlations do not belong together', () => {
    expect(sizes(sizer, [say(0), say(1)], [{ returns: p }, { returns: p }])).toEqual(['no-size', 'no-size']);
  });
});

describe('kelly', () => {
  const forecast = (more: Partial<Parameters<typeof kelly>[0]> = {}) =>
    kelly({ edge: forecastEdge(feature), horizonSessions: 10, costBps: 5, ...more });

  it('a quarter of (2 % − 2 × 5 bp) / (10 × 1/9500) is 4.5125 of the budget', () => {
    expect(sizes(forecast(), [say(0)], [fine({ returns: p, feature: 0.02 })])[0]).toBeCloseTo(4512.5, 3);
    expect(sizes(forecast({ fraction: 1 }), [say(0)], [{ returns: p, feature: 0.02 }])).toEqual([18_050]);
  });

  it('is nothing where the costs eat the edge, and for a short of what should rise', () => {
    expect(sizes(forecast(), [say(0)], [{ returns: p, feature: 0.001 }])).toEqual(['below-one-lot']);
    expect(sizes(forecast(), [say(0, {}, -1)], [{ returns: p, feature: 0.02 }])).toEqual(['below-one-lot']);
    expect(sizes(forecast(), [say(0, {}, -1)], [{ returns: p, feature: -0.02 }])).toEqual([-4512]);
  });

  it('two names that are one get half each, two that are not correlated the whole', () => {
    const lines = (second: Line) => [fine({ returns: p, feature: 0.02 }), fine({ feature: 0.02, ...second })];
    const [same] = sizes(forecast(), [say(0), say(1)], lines({ returns: p }));
    expect(same).toBeCloseTo(4512.5 / 2, 3);
    const [apart] = sizes(forecast(), [say(0), say(1)], lines({ returns: q, sector: 'B' }));
    expect(apart).toBeCloseTo(4512.5, 3);
  });

  it('takes off what is held of the same: 4,512.5 − 500', () => {
    const lines = [fine({ returns: p, feature: 0.02 }), { returns: p, held: 500 }];
    expect(sizes(forecast(), [say(0)], lines)[0]).toBeCloseTo(4012.5, 3);
  });

  it('reads the signal: p 0.6, +10 % or −5 %: a quarter of 0.04 / 0.0054', () => {
    const sizer = kelly({ edge: signalEdge(), horizonSessions: 10 });
    const wish = say(0, { probability: 0.6, targetPrice: 110, stopPrice: 95 });
    expect(sizes(sizer, [wish], [fine({})])[0]).toBeCloseTo((250 * 0.04) / 0.0054, 3);
    expect(sizes(sizer, [say(0, { probability: 1.2, targetPrice: 110, stopPrice: 95 })], [{}])).toEqual(['no-size']);
    expect(sizes(sizer, [say(0, { probability: 0.6 })], [{}])).toEqual(['no-size']);
  });

  it('reads the trades: 30 of mean 1 % and variance 0.01 count half: a quarter of 0.5', () => {
    const sizer = kelly({ edge: tradesEdge(), horizonSessions: 10, costBps: 50 });
    const trades = { count: 30, meanReturn: 0.01, variance: 0.01 };
    expect(sizes(sizer, [say(0)], [{}], { trades })).toEqual([125]);
    expect(sizes(sizer, [say(0)], [{}], { trades: { ...trades, count: 29 } })).toEqual(['no-size']);
    expect(sizes(sizer, [say(0)], [{}], { trades: { ...trades, meanReturn: -0.01 } })).toEqual(['below-one-lot']);
  });
});

describe('sizers of sizers', () => {
  const risky = fixedRisk({ riskFraction: 0.005 });

  it('capped: 100 shares to the stop, but no more than 4 %', () => {
    const sizer = capped({ of: risky, capFraction: 0.04 });
    expect(sizes(sizer, [say(0, { stopPrice: 95 }), say(1, { stopPrice: 80 })], [{}, {}])).toEqual([40, 25]);
    expect(sizes(sizer, [say(0)], [{}])).toEqual(['no-size']);
  });

  it('scaled: half of it', () => {
    expect(sizes(scaled({ of: risky, factor: 0.5 }), [say(0, { stopPrice: 95 })], [{}])).toEqual([50]);
  });

  it('smallest: of three', () => {
    const sizer = smallest(risky, fixedQuantity(70), fixedFraction({ targetFraction: 0.08 }));
    expect(sizes(sizer, [say(0, { stopPrice: 95 }), say(1, { stopPrice: 50 })], [{}, {}])).toEqual([70, 10]);
    expect(sizes(sizer, [say(0)], [{}])).toEqual(['no-size']);
    expect(sizer.name).toBe('smallest(fixed-risk, fixed-quantity, fixed-fraction)');
  });

  it('carry the features of what they are made of to the manager', () => {
    const of = volatilityTarget({ annualFraction: 0.01, measure: averageTrueRange(feature) });
    const sizer = capped({ of: smallest(scaled({ of, factor: 2 })), capFraction: 0.04 });
    expect(riskManager({ sizer, rules: [] }).features).toEqual([feature]);
  });

  it('must answer for every wish', () => {
    const short = { name: 'short', sizes: () => [1] };
    expect(() => sizes(short, [say(0), say(1)], [{}, {}])).toThrow(RiskError);
  });
});

it.each<readonly [string, () => unknown, string]>([
  ['fixedRisk', () => fixedRisk({ riskFraction: 0.5 * 100 }), '50 % is written 0.5'],
  ['volatilityTarget', () => volatilityTarget({ annualFraction: 10 }), '10 % is written 0.1'],
  ['realisedVolatility', () => realisedVolatility({ sessions: 1 }), 'from 2 to 120'],
  ['realisedVolatility', () => realisedVolatility({ sessions: 121 }), 'from 2 to 120'],
  ['bookVolatility', () => bookVolatility({ of: fixedQuantity(1), annualFraction: 0 }), 'above 0'],
  ['equalRisk', () => equalRisk({ grossFraction: 90 }), '90 % is written 0.9'],
  ['kelly', () => kelly({ edge: signalEdge(), horizonSessions: 0 }), 'whole number'],
  ['kelly', () => kelly({ edge: signalEdge(), horizonSessions: 1, fraction: 25 }), '25 % is written 0.25'],
  ['kelly', () => kelly({ edge: signalEdge(), horizonSessions: 1, costBps: -1 }), '0 or more'],
  ['tradesEdge', () => tradesEdge({ minTrades: 1 }), 'at least 2'],
  ['tradesEdge', () => tradesEdge({ shrinkageTrades: -1 }), '0 or more'],
  ['capped', () => capped({ of: fixedQuantity(1), capFraction: 4 }), '4 % is written 0.04'],
  ['scaled', () => scaled({ of: fixedQuantity(1), factor: 0 }), 'above 0'],
  ['smallest', () => smallest(), 'at least one'],
])('%s does not take what cannot be meant', (_, make, hint) => {
  expect(make).toThrow(ConfigError);
  expect(make).toThrow(hint);
});
