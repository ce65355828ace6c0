/** `risk` of a config: every rule and every sizer, and what is said of each mistake. */
import { ConfigFaults, loadConfig } from 'tradekit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Scratch, scratch } from '../scratch.js';

let place: Scratch;

beforeAll(() => {
  place = scratch();
  place.file('strategy.ts', 'export default () => ({});');
});

afterAll(() => place.remove());

const LEAST = `data: { folder: ./data }
symbols: [AAPL, MSFT]
cash: 100000
strategies: [{ use: ./strategy.ts }]
`;

const load = (risk: string, more = '') => loadConfig(place.file('config.yaml', `${LEAST}risk:\n  ${risk}\n${more}`));

/** What is wrong with a key of `risk`, which stands in line 6. */
function fault(risk: string, more = ''): string {
  try {
    load(risk, more);
  } catch (error) {
    if (error instanceof ConfigFaults) return error.message;
    throw error;
  }
  return '';
}

test('every key of a limit is read as it stands', () => {
  const text = [
    'competition: by-strength',
    'maxPositionFraction: 0.04',
    'maxSectorFraction: 0.2',
    'maxGrossFraction: 1.5',
    'maxNetFraction: 0.5',
    'maxLeverage: 2',
    'buyingPower: { longMarginFraction: 0.25, shortMarginFraction: 0.3 }',
    'maxPositions: 20',
    'maxCorrelation: 0.35',
    'maxClusterFraction: 0.1',
    'clusterCorrelation: 0.8',
    'maxVolumeShare: 0.01',
    'maxOrderQuantity: 5000',
    'maxOrderNotional: 50000',
    'maxTradeLossFraction: 0.01',
    'priceCollarFraction: 0.03',
    'maxDataAgeMinutes: 20',
    'maxOrdersPerMinute: 10',
    'maxTradesPerDay: 40',
    'repeatedOrderSeconds: 60',
    'washTrades: refuse',
    'shortSymbols: [MSFT]',
    'tradingHours: { afterOpenMinutes: 30, beforeCloseMinutes: 45 }',
    'blackOuts: [{ symbol: AAPL, first: 2024-01-30, last: 2024-02-01, why: earnings }]',
    'coolDownMinutes: 90',
    'maxDailyLossFraction: 0.02',
    'maxDrawdownFraction: 0.1',
    'onHalt: keep-legs',
    'releaseAfterSessions: 20',
  ];
  expect(load(text.join('\n  ')).risk).toEqual({
    targetFraction: 0.04,
    competition: 'by-strength',
    maxPositionFraction: 0.04,
    maxSectorFraction: 0.2,
    maxGrossFraction: 1.5,
    maxNetFraction: 0.5,
    maxLeverage: 2,
    buyingPower: { longMarginFraction: 0.25, shortMarginFraction: 0.3 },
    maxPositions: 20,
    maxCorrelation: 0.35,
    maxClusterFraction: 0.1,
    clusterCorrelation: 0.8,
    maxVolumeShare: 0.01,
    maxOrderQuantity: 5000,
    maxOrderNotional: 50_000,
    maxTradeLossFraction: 0.01,
    priceCollarFraction: 0.03,
    maxDataAgeMinutes: 20,
    maxOrdersPerMinute: 10,
    maxTradesPerDay: 40,
    repeatedOrderSeconds: 60,
    washTrades: 'refuse',
    shortSymbols: ['MSFT'],
    tradingHours: { afterOpenMinutes: 30, beforeCloseMinutes: 45 },
    blackOuts: [{ symbol: 'AAPL', first: '2024-01-30', last: '2024-02-01', why: 'earnings' }],
    coolDownMinutes: 90,
    maxDailyLossFraction: 0.02,
    maxDrawdownFraction: 0.1,
    onHalt: 'keep-legs',
    releaseAfterSessions: 20,
  });
});

describe('a sizer', () => {
  const sizes: readonly (readonly [yaml: string, content: object])[] = [
    ['{ kind: fixed-fraction, targetFraction: 0.03 }', { kind: 'fixed-fraction', targetFraction: 0.03 }],
    ['{ kind: fixed-quantity, shares: 100 }', { kind: 'fixed-quantity', shares: 100 }],
    ['{ kind: fixed-risk, riskFraction: 0.005 }', { kind: 'fixed-risk', riskFraction: 0.005 }],
    [
      '{ kind: volatility-target, annualFraction: 0.01, measure: { kind: realised, sessions: 40 } }',
      { kind: 'volatility-target', annualFraction: 0.01, measure: { kind: 'realised', sessions: 40 } },
    ],
    [
      '{ kind: volatility-target, annualFraction: 0.01, measure: { kind: average-true-range, period: 10 } }',
      { kind: 'volatility-target', annualFraction: 0.01, measure: { kind: 'average-true-range', period: 10 } },
    ],
    [
      '{ kind: kelly, edge: { kind: trades, minTrades: 40 }, horizonSessions: 10, costBps: 2, fraction: 0.5 }',
      { kind: 'kelly', edge: { kind: 'trades', minTrades: 40 }, horizonSessions: 10, costBps: 2, fraction: 0.5 },
    ],
    [
      '{ kind: kelly, edge: { kind: signal }, horizonSessions: 1 }',
      { kind: 'kelly', edge: { kind: 'signal' }, horizonSessions: 1 },
    ],
    [
      '{ kind: kelly, edge: { kind: forecast, feature: { indicator: roc, parameters: { period: 10 }, timeframe: day } }, horizonSessions: 5 }',
      {
        kind: 'kelly',
        edge: { kind: 'forecast', feature: { indicator: 'roc', parameters: { period: 10 }, timeframe: 'day' } },
        horizonSessions: 5,
      },
    ],
    ['{ kind: equal-risk, grossFraction: 0.9 }', { kind: 'equal-risk', grossFraction: 0.9 }],
    [
      '{ kind: book-volatility, annualFraction: 0.1, of: { kind: scaled, factor: 0.5, of: { kind: fixed-quantity, shares: 9 } } }',
      {
        kind: 'book-volatility',
        annualFraction: 0.1,
        of: { kind: 'scaled', factor: 0.5, of: { kind: 'fixed-quantity', shares: 9 } },
      },
    ],
    [
      '{ kind: capped, capFraction: 0.04, of: { kind: smallest, of: [{ kind: fixed-risk, riskFraction: 0.01 }, { kind: fixed-quantity, shares: 9 }] } }',
      {
        kind: 'capped',
        capFraction: 0.04,
        of: {
          kind: 'smallest',
          of: [
            { kind: 'fixed-risk', riskFraction: 0.01 },
            { kind: 'fixed-quantity', shares: 9 },
          ],
        },
      },
    ],
  ];
  test.each(sizes)('%s', (yaml, content) => {
    expect(load(`sizer: ${yaml}`).risk).toEqual({ sizer: content, maxPositionFraction: 0.05, maxGrossFraction: 1 });
  });
});

describe('a mistake has its line, the value, and what to do', () => {
  const A_FRACTION = 'give a fraction above 0 and at most 1: 5 % is 0.05';
  const KINDS =
    'use fixed-fraction or fixed-quantity or fixed-risk or volatility-target or kelly or equal-risk or book-volatility or capped or scaled or smallest';
  const cases: readonly (readonly [risk: string, fault: string])[] = [
    ['maxDailyLossFraction: 2', 'risk.maxDailyLossFraction is 2; give a fraction: 2 % is 0.02'],
    ['maxDrawdownFraction: 10', 'risk.maxDrawdownFraction is 10; give a fraction: 10 % is 0.1'],
    ['maxDrawdownFraction: 0', `risk.maxDrawdownFraction is 0; ${A_FRACTION}`],
    ['maxVolumeShare: .inf', `risk.maxVolumeShare is null; ${A_FRACTION}`],
    ['maxTradeLossFraction: .nan', `risk.maxTradeLossFraction is null; ${A_FRACTION}`],
    [
      'maxLeverage: 200',
      'risk.maxLeverage is 200; give a multiple of the equity above 0 and at most 4: 2 is twice the equity',
    ],
    ['maxPositions: 2.5', 'risk.maxPositions is 2.5; give a whole number of at least 1'],
    ['maxOrdersPerMinute: 0', 'risk.maxOrdersPerMinute is 0; give a whole number of at least 1'],
    ['maxOrderNotional: -1', 'risk.maxOrderNotional is -1; give a number above 0'],
    ['maxCorrelation: 35', 'risk.maxCorrelation is 35; give a fraction: 35 % is 0.35'],
    [
      'clusterCorrelation: 0.7',
      'risk.clusterCorrelation is 0.7; it says nothing without maxClusterFraction; give that too',
    ],
    ['onHalt: flaten', 'risk.onHalt is "flaten"; did you mean "flatten"?'],
    [
      'onHalt: flatten',
      'risk.onHalt is "flatten"; it says nothing without maxDailyLossFraction or maxDrawdownFraction; give that too',
    ],
    [
      'releaseAfterSessions: 5',
      'risk.releaseAfterSessions is 5; it says nothing without maxDrawdownFraction; give that too',
    ],
    [
      'priceCollarFraction: 0.005',
      'risk.priceCollarFraction is 0.005; an order without a limit is reckoned 0.01 from the mark (engine.collarBps), so none would pass; give at least that',
    ],
    ['shortSymbols: MSFT', 'risk.shortSymbols is "MSFT"; give a list of symbols; an empty one is none'],
    ['shortSymbols: [MSFTT]', '"MSFTT" is not among the symbols; did you mean "MSFT"?'],
    [
      'tradingHours: { beforeClose: 30 }',
      'risk.tradingHours.beforeClose is not known; did you mean "beforeCloseMinutes"?',
    ],
    [
      'blackOuts: [{ first: 2024-02-30, last: 2024-03-01, why: audit }]',
      'risk.blackOuts[0].first is "2024-02-30"; write a date as YYYY-MM-DD',
    ],
    [
      'blackOuts: [{ first: 2024-03-02, last: 2024-03-01, why: audit }]',
      'risk.blackOuts[0].first is "2024-03-02"; it begins after it ends; exchange them',
    ],
    [
      'blackOuts: [{ symbol: GOOG, first: 2024-03-01, last: 2024-03-01, why: audit }]',
      '"GOOG" is not among the symbols; add it there, or take it out here',
    ],
    ['buyingPower: margin', 'risk.buyingPower is "margin"; use cash'],
    ['maxGros: 1', 'risk.maxGros is not known; did you mean "maxGrossFraction"?'],
    ['sizer: { kind: kely }', 'risk.sizer.kind is "kely"; did you mean "kelly"?'],
    ['sizer: { kind: martingale, factor: 2 }', `risk.sizer.kind is "martingale"; ${KINDS}`],
    ['sizer: 100', `risk.sizer is 100; give a map with a kind: ${KINDS.slice(4).replaceAll(' or ', ', ')}`],
    [
      'sizer: { kind: fixed-risk, riskFraction: 1.5 }',
      'risk.sizer.riskFraction is 1.5; give a fraction: 1.5 % is 0.015',
    ],
    ['sizer: { kind: fixed-quantity }', 'risk.sizer.shares is missing; give a number of shares above 0'],
    [
      'sizer: { kind: capped, capFraction: 0.04, of: { kind: scaled, factor: 0, of: { kind: fixed-quantity, shares: 1 } } }',
      'risk.sizer.of.factor is 0; give a factor above 0',
    ],
    ['sizer: { kind: smallest, of: [] }', 'risk.sizer.of is a list of nothing; list at least one sizer'],
    [
      'sizer: { kind: volatility-target, annualFraction: 0.01, measure: { kind: realised, sessions: 500 } }',
      'risk.sizer.measure.sessions is 500; give a whole number from 2 to 120',
    ],
    [
      'sizer: { kind: kelly, edge: { kind: forecast, feature: { indicator: rok } }, horizonSessions: 5 }',
      'risk.sizer.edge.feature: feature "forecast" has the indicator "rok", and there is none of that name; did you mean "roc"?',
    ],
    [
      'sizer: { kind: kelly, edge: { kind: signal } }',
      'risk.sizer.horizonSessions is missing; give a whole number of at least 1',
    ],
  ];
  test.each(cases)('%s', (risk, expected) => {
    expect(fault(risk)).toBe(`config.yaml:6: ${expected}`);
  });

  test('a target beside a sizer', () => {
    expect(fault('targetFraction: 0.04\n  sizer: { kind: fixed-quantity, shares: 10 }')).toBe(
      'config.yaml:6: risk.targetFraction is 0.04; the sizer says how much; leave out targetFraction',
    );
  });

  test('an id of `data.instruments` may be named as well', () => {
    const text = LEAST.replace('./data }', './data, instruments: [{ id: FB, symbol: META }] }').replace('AAPL', 'META');
    const file = place.file('ids.yaml', `${text}risk: { shortSymbols: [FB] }`);
    expect(loadConfig(file).risk).toMatchObject({ shortSymbols: ['FB'] });
  });
});
