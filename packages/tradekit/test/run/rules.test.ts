import * as risk from '@tradekit/risk';
import { expect, test } from 'vitest';
import type { RiskLimits } from '../../src/config/risk-content.js';
import { rulesOf } from '../../src/run/rules.js';
import { sizerOf } from '../../src/run/sizer.js';

const LEAST: RiskLimits = { targetFraction: 0.04, maxPositionFraction: 0.05, maxGrossFraction: 1 };

const EVERY: RiskLimits = {
  ...LEAST,
  maxSectorFraction: 0.25,
  maxNetFraction: 0.5,
  maxLeverage: 2,
  maxPositions: 20,
  maxCorrelation: 0.35,
  maxClusterFraction: 0.1,
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
  shortSymbols: [],
  tradingHours: {},
  blackOuts: [{ first: '2024-01-30', last: '2024-02-01', why: 'audit' }],
  coolDownMinutes: 90,
  maxDailyLossFraction: 0.02,
  maxDrawdownFraction: 0.1,
};

const namesOf = (limits: RiskLimits): readonly string[] => rulesOf(limits).map(({ name }) => name);

test('what is left out is no rule: the four of the default', () => {
  expect(namesOf(LEAST)).toEqual(['max-position', 'max-gross', 'cash-reserve']);
  expect(namesOf({ ...LEAST, maxSectorFraction: 0.25 })).toEqual([
    'max-position',
    'max-sector',
    'max-gross',
    'cash-reserve',
  ]);
});

test('every rule has a key: what halts comes first, then what refuses, then what cuts', () => {
  expect(namesOf(EVERY)).toEqual([
    'max-daily-loss',
    'max-drawdown',
    'short-permission',
    'trading-hours',
    'black-out',
    'cool-down',
    'max-data-age',
    'no-wash-trade',
    'no-repeated-order',
    'price-collar',
    'max-positions',
    'max-orders-per-minute',
    'max-trades-per-day',
    'max-trade-loss',
    'max-order-quantity',
    'max-order-notional',
    'max-volume-share',
    'max-position',
    'max-correlation',
    'max-cluster',
    'max-sector',
    'max-net',
    'max-gross',
    'max-leverage',
    'cash-reserve',
  ]);
  expect(namesOf({ ...LEAST, buyingPower: {} })).toEqual(['max-position', 'max-gross', 'buying-power']);
});

/** Exports that are no rules but parts of one: `pass` and the like. */
const PARTS = new Set(['defaultRules', 'eachAlone', 'pass', 'refuse', 'riskManager']);

test('no rule of the package is out of reach of a config', () => {
  const reached = new Set([...namesOf(EVERY), ...namesOf({ ...LEAST, buyingPower: {} })]);
  const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const rules = Object.keys(risk).filter(
    (name) => !PARTS.has(name) && /^(max|no|price|short|trading|black|cool|cash|buying)[A-Z]/.test(name),
  );
  expect(rules.length).toBe(26);
  expect(rules.map(kebab).filter((name) => !reached.has(name))).toEqual([]);
});

test('a sizer is made of what it is made of', () => {
  const kelly = { kind: 'kelly', edge: { kind: 'trades' }, horizonSessions: 5 } as const;
  const sizer = sizerOf(
    {
      kind: 'smallest',
      of: [
        { kind: 'capped', capFraction: 0.04, of: kelly },
        { kind: 'scaled', factor: 2, of: { kind: 'fixed-risk', riskFraction: 0.01 } },
      ],
    },
    (each) => each,
  );
  expect(sizer.name).toBe('smallest(capped(kelly(trades)), scaled(fixed-risk))');
  const atr = sizerOf(
    { kind: 'volatility-target', annualFraction: 0.01, measure: { kind: 'average-true-range', period: 10 } },
    (each) => each,
  );
  expect(atr.features?.map(({ key, timeframe }) => `${key} ${timeframe}`)).toEqual(['atr(10) day']);
});
