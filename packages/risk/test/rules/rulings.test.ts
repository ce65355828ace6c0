/** What each rule itself answers, before the manager rounds it to lots: quantity, measure, limit and words. Numbers by hand. */
import { ConfigError, type InstrumentIndex, type StrategyIndex } from '@tradekit/core';
import { describe, expect, it, test } from 'vitest';
import {
  type Addition,
  averageTrueRange,
  blackOut,
  bookVolatility,
  buyingPower,
  capped,
  cashReserve,
  coolDown,
  defaultRules,
  equalRisk,
  fixedFraction,
  fixedQuantity,
  fixedRisk,
  kelly,
  maxCluster,
  maxCorrelation,
  maxDailyLoss,
  maxDataAge,
  maxDrawdown,
  maxGross,
  maxLeverage,
  maxNet,
  maxOrderNotional,
  maxOrderQuantity,
  maxOrdersPerMinute,
  maxPosition,
  maxPositions,
  maxSector,
  maxTradeLoss,
  maxTradesPerDay,
  maxVolumeShare,
  noRepeatedOrder,
  noWashTrade,
  pass,
  priceCollar,
  type RiskRule,
  realisedVolatility,
  scaled,
  shortPermission,
  signalEdge,
  tradesEdge,
  tradingHours,
  volatilityTarget,
} from '../../src/index.js';
import { type Account, contextOf, type Line } from '../context.js';

const MINUTE = 60_000;

/** Shares to add, signed; at 100 dollars, without a stop or a strength, unless said otherwise. */
function adding(instrument: number, shares: number, more: Partial<Addition> = {}): Addition {
  return {
    strategy: 0 as StrategyIndex,
    instrument: instrument as InstrumentIndex,
    direction: shares > 0 ? 1 : -1,
    quantity: Math.abs(shares),
    worstPrice: 100,
    stopPrice: Number.NaN,
    strength: 0,
    ...more,
  };
}
const asked = (rule: RiskRule, additions: readonly Addition[], lines: readonly Line[] = [{}], account: Account = {}) =>
  rule.check(additions, contextOf(lines, account));
const cut = (quantity: number, measured: number, limit: number, reason: string) => ({
  kind: 'cut',
  quantity,
  measured,
  limit,
  reason,
});
const time = 1000 * MINUTE;

// Equity 100,000, one instrument at 100 dollars unless a line says otherwise.
test.each<readonly [name: string, () => RiskRule, Addition, Line, Account, ReturnType<typeof cut>]>([
  [
    'maxPosition',
    () => maxPosition({ limitFraction: 0.05 }),
    adding(0, 100),
    {},
    {},
    cut(50, 0.1, 0.05, 'the position would be 10 % of equity, the limit is 5 %'),
  ],
  [
    'maxSector',
    () => maxSector({ limitFraction: 0.25 }),
    adding(0, -500),
    { sector: 'Energy' },
    {},
    cut(250, 0.5, 0.25, 'sector "Energy" would be 50 % of equity, the limit is 25 %'),
  ],
  [
    'maxGross',
    () => maxGross({ limitFraction: 0.5 }),
    adding(0, 1000),
    {},
    {},
    cut(500, 1, 0.5, 'the gross exposure would be 100 % of equity, the limit is 50 %'),
  ],
  [
    'maxLeverage',
    () => maxLeverage({ limit: 2 }),
    adding(0, 4000),
    {},
    {},
    cut(2000, 4, 2, 'the leverage would be 400 % of equity, the limit is 200 %'),
  ],
  [
    'buyingPower',
    () => buyingPower(),
    adding(0, 4000),
    {},
    {},
    cut(2000, 2, 1, 'the margin needed would be 200 % of equity, the limit is 100 %'),
  ],
  [
    'maxCluster',
    () => maxCluster({ limitFraction: 0.1 }),
    adding(0, 200),
    { id: 'KO' },
    {},
    cut(100, 0.2, 0.1, 'the cluster of "KO" would be 20 % of equity, the limit is 10 %'),
  ],
  [
    'maxCorrelation',
    () => maxCorrelation({ limitFraction: 0.25 }),
    adding(0, 500),
    {},
    {},
    cut(250, 0.5, 0.25, 'with what is held it would come to Σwρ = 50 % of equity, the limit is 25 %'),
  ],
  [
    'maxNet',
    () => maxNet({ limitFraction: 0.3 }),
    adding(0, 400),
    {},
    {},
    cut(300, 0.4, 0.3, 'the net exposure would be 40 % of equity long, the limit is 30 %'),
  ],
  [
    'maxNet',
    () => maxNet({ limitFraction: 0.3 }),
    adding(0, -400),
    {},
    {},
    cut(300, 0.4, 0.3, 'the net exposure would be 40 % of equity short, the limit is 30 %'),
  ],
  [
    'cashReserve',
    () => cashReserve(),
    adding(0, 1000),
    {},
    { cash: 50_000, perOrder: 0 },
    cut(500, 100_000, 50_000, 'buying would take up to $100000.00 of cash, $50000.00 are free'),
  ],
  [
    'maxVolumeShare',
    () => maxVolumeShare({ limitFraction: 0.25 }),
    adding(0, 500),
    { averageVolume: 1000 },
    {},
    cut(250, 0.5, 0.25, "orders would be 50 % of a session's mean volume, the limit is 25 %"),
  ],
  [
    'maxOrderQuantity',
    () => maxOrderQuantity({ limit: 50 }),
    adding(0, 80),
    {},
    {},
    cut(50, 80, 50, 'the order would be 80 shares, the limit is 50'),
  ],
  [
    'maxOrderNotional',
    () => maxOrderNotional({ limit: 5000 }),
    adding(0, 80),
    {},
    {},
    cut(50, 8000, 5000, 'the order would be $8000.00, the limit is $5000.00'),
  ],
  [
    'priceCollar',
    () => priceCollar({ limitFraction: 0.25 }),
    adding(0, 1, { worstPrice: 150 }),
    {},
    {},
    cut(0, 0.5, 0.25, '150 is 50 % from the last close 100, the limit is 25 %'),
  ],
  [
    'maxDataAge',
    () => maxDataAge({ limitMinutes: 20 }),
    adding(0, 1),
    { lastTradeTime: time - 30 * MINUTE },
    { time },
    cut(0, 30, 20, 'the last bar ended 30 minutes ago, the limit is 20'),
  ],
  [
    'maxOrdersPerMinute',
    () => maxOrdersPerMinute({ limit: 1 }),
    adding(0, 1),
    {},
    { time, entries: [time] },
    cut(0, 2, 1, 'it would be opening order 2 within a minute, the limit is 1'),
  ],
  [
    'maxTradesPerDay',
    () => maxTradesPerDay({ limit: 2 }),
    adding(0, 1),
    {},
    { time, entries: [1, 2] },
    cut(0, 3, 2, 'it would be opening order 3 of the session, the limit is 2'),
  ],
  [
    'noRepeatedOrder',
    () => noRepeatedOrder({ withinSeconds: 60 }),
    adding(0, 5),
    { lastEntry: { time: (time - 15_000) as never, quantity: 5 } },
    { time },
    cut(0, 15, 60, 'the same order left 15 seconds ago, 60 must pass'),
  ],
  [
    'noWashTrade',
    () => noWashTrade(),
    adding(0, 5),
    { openSells: 7 },
    {},
    cut(0, 7, 0, '7 shares rest to be sold in the same instrument'),
  ],
  [
    'noWashTrade',
    () => noWashTrade(),
    adding(0, -5),
    { openBuys: 7 },
    {},
    cut(0, 7, 0, '7 shares rest to be bought in the same instrument'),
  ],
  [
    'shortPermission',
    () => shortPermission({ symbols: [] }),
    adding(0, -5),
    { id: 'PEP' },
    {},
    cut(0, 5, 0, '"PEP" may not be sold short'),
  ],
  [
    'tradingHours',
    () => tradingHours({ afterOpenMinutes: 30 }),
    adding(0, 1),
    {},
    { time, sinceOpen: 10 },
    cut(0, 10, 30, '10 minutes after the open, 30 must pass'),
  ],
  [
    'tradingHours',
    () => tradingHours({ beforeCloseMinutes: 30 }),
    adding(0, 1),
    {},
    { time, toClose: 10 },
    cut(0, 10, 30, '10 minutes before the close, 30 must be left'),
  ],
  [
    'blackOut',
    () => blackOut({ windows: [{ symbol: 'KO', first: '2024-02-12', last: '2024-02-14', why: 'earnings' }] }),
    adding(0, 1),
    { id: 'KO' },
    { session: '2024-02-13' },
    cut(0, 1, 0, 'earnings: nothing opens in KO to 2024-02-14'),
  ],
  [
    'blackOut',
    () => blackOut({ windows: [{ first: '2024-07-03', last: '2024-07-03', why: 'half day' }] }),
    adding(0, 1),
    {},
    { session: '2024-07-03' },
    cut(0, 1, 0, 'half day: nothing opens in any instrument to 2024-07-03'),
  ],
  [
    'maxTradeLoss',
    () => maxTradeLoss({ limitFraction: 0.25 }),
    adding(0, 1000, { stopPrice: 50 }),
    {},
    {},
    cut(500, 0.5, 0.25, 'the stop would cost 50 % of equity, the limit is 25 %'),
  ],
  [
    'maxTradeLoss',
    () => maxTradeLoss({ limitFraction: 0.25 }),
    adding(0, 1),
    {},
    {},
    cut(0, Number.NaN, 0.25, 'there is no stop on the losing side of the price'),
  ],
  [
    'coolDown',
    () => coolDown({ minutes: 60 }),
    adding(0, 1),
    { lastLossTime: time - 45 * MINUTE },
    { time },
    cut(0, 45, 60, 'a loss was taken 45 minutes ago, 60 must pass'),
  ],
  [
    'maxPositions',
    () => maxPositions({ limit: 1 }),
    adding(1, 1),
    { held: 5 },
    {},
    cut(0, 2, 1, 'it would be position 2 of 1'),
  ],
  [
    'maxDailyLoss',
    () => maxDailyLoss({ limitFraction: 0.25 }),
    adding(0, 1),
    {},
    { previousCloseEquity: 200_000 },
    cut(0, 0.5, 0.25, "the day's loss is 50 %, the limit is 25 %: 25 % beyond"),
  ],
  [
    'maxDrawdown',
    () => maxDrawdown({ limitFraction: 0.25 }),
    adding(0, 1),
    {},
    { index: 0.5 },
    cut(0, 0.5, 0.25, 'the drawdown is 50 %, the limit is 25 %: 25 % beyond'),
  ],
])('%s says what it measured against what', (_, make, addition, line, account, ruling) => {
  expect(asked(make(), [addition], [line, {}], account)).toEqual([ruling]);
});

describe('what fits is passed as such, not cut to all of it', () => {
  test.each<readonly [name: string, () => RiskRule, Line, Account]>([
    ['maxPosition', () => maxPosition({ limitFraction: 0.05 }), {}, {}],
    ['maxNet', () => maxNet({ limitFraction: 0.05 }), {}, {}],
    ['maxCorrelation', () => maxCorrelation({ limitFraction: 0.05 }), {}, {}],
    ['maxTradeLoss', () => maxTradeLoss({ limitFraction: 0.05 }), {}, {}],
    ['maxVolumeShare', () => maxVolumeShare({ limitFraction: 0.05 }), { averageVolume: 1000 }, {}],
    ['maxOrderQuantity', () => maxOrderQuantity({ limit: 50 }), {}, {}],
    ['maxOrderNotional', () => maxOrderNotional({ limit: 5000 }), {}, {}],
    ['cashReserve', () => cashReserve(), {}, { cash: 5000 }],
    ['maxPositions', () => maxPositions({ limit: 1 }), {}, {}],
    ['maxTradesPerDay', () => maxTradesPerDay({ limit: 1 }), {}, {}],
  ])('%s at its limit', (_, make, line, account) => {
    expect(asked(make(), [adding(0, 50, { stopPrice: 0 })], [line], account)).toEqual([pass]);
  });

  it('of a slice each addition that fits beside one that does not', () => {
    const two = [adding(0, 100), adding(1, 10)];
    for (const rule of [maxPosition({ limitFraction: 0.05 }), maxOrderQuantity({ limit: 50 })])
      expect(asked(rule, two, [{}, {}]).map(({ kind }) => kind)).toEqual(['cut', 'pass']);
    expect(asked(maxNet({ limitFraction: 0.05 }), [adding(0, 100), adding(1, -10)], [{}, {}])[1]).toEqual(pass);
    expect(asked(cashReserve(), [adding(0, 100), adding(1, -10)], [{}, {}], { cash: 1 })[1]).toEqual(pass);
  });
});

describe('maxNet: 30 % of 100,000', () => {
  const rule = maxNet({ limitFraction: 0.3 });
  const kinds = (additions: readonly Addition[], lines: readonly Line[]) =>
    asked(rule, additions, lines).map(({ kind }) => kind);

  it('a short is measured from where the book leans: 10,000 long make room for 40,000 short', () => {
    const lines = [{}, { held: 100 }];
    expect(asked(rule, [adding(0, -400)], lines)).toEqual([pass]);
    const [ruling] = asked(rule, [adding(0, -500)], lines);
    expect(ruling).toMatchObject({ kind: 'cut', quantity: 400, measured: 0.4 });
  });

  it('gives nothing, and not less, where the book leans too far already', () => {
    expect(asked(rule, [adding(0, 100)], [{}, { held: 400 }])).toMatchObject([{ quantity: 0, measured: 0.5 }]);
  });

  it('what two strategies reverse in one instrument is closed once: 200 short, 150 + 150 long are 30 %', () => {
    const other = { strategy: 1 as StrategyIndex };
    expect(kinds([adding(0, 150), adding(0, 150, other)], [{ held: -200 }])).toEqual(['pass', 'pass']);
  });

  it('finds what is reversed behind another instrument, and behind the other side of the same one', () => {
    expect(kinds([adding(0, 100), adding(1, 300)], [{}, { held: -200 }])).toEqual(['cut', 'cut']);
    const other = { strategy: 1 as StrategyIndex };
    expect(kinds([adding(0, -50), adding(0, 301, other)], [{ held: -200 }])[1]).toBe('cut');
  });
});

describe('an option that cannot be meant is named, with its part and what may be given', () => {
  const edge = signalEdge();
  const feature = {
    key: 'x',
    unit: 'none',
    warmUpBars: 1,
    create: () => ({ state: [], step: () => undefined }),
  } as const;
  const fraction = (most: number) => `give a fraction above 0 and at most ${most}; 5 % is written 0.05`;
  const count = 'give a whole number of at least 1';
  const amount = 'give a number above 0';

  test.each<readonly [part: string, option: string, remedy: string, make: () => unknown]>([
    ['maxPosition', 'limitFraction', fraction(1), () => maxPosition({ limitFraction: 0 })],
    ['maxSector', 'limitFraction', fraction(1), () => maxSector({ limitFraction: 0 })],
    ['maxGross', 'limitFraction', fraction(4), () => maxGross({ limitFraction: 0 })],
    ['maxNet', 'limitFraction', fraction(4), () => maxNet({ limitFraction: 0 })],
    ['maxCluster', 'limitFraction', fraction(4), () => maxCluster({ limitFraction: 0 })],
    ['maxCluster', 'correlation', fraction(1 - 1e-9), () => maxCluster({ limitFraction: 1, correlation: 0 })],
    ['maxCorrelation', 'limitFraction', fraction(4), () => maxCorrelation({ limitFraction: 0 })],
    ['maxTradeLoss', 'limitFraction', fraction(1), () => maxTradeLoss({ limitFraction: 0 })],
    ['maxVolumeShare', 'limitFraction', fraction(1), () => maxVolumeShare({ limitFraction: 0 })],
    ['priceCollar', 'limitFraction', fraction(1), () => priceCollar({ limitFraction: 0 })],
    ['maxDailyLoss', 'limitFraction', fraction(1), () => maxDailyLoss({ limitFraction: 0 })],
    ['maxDrawdown', 'limitFraction', fraction(1), () => maxDrawdown({ limitFraction: 0 })],
    ['buyingPower', 'longMarginFraction', fraction(1), () => buyingPower({ longMarginFraction: 0 })],
    ['buyingPower', 'shortMarginFraction', fraction(1), () => buyingPower({ shortMarginFraction: 0 })],
    ['buyingPower', 'limitFraction', fraction(1), () => buyingPower().limit?.to(0)],
    ['fixedFraction', 'targetFraction', fraction(1), () => fixedFraction({ targetFraction: 0 })],
    ['fixedRisk', 'riskFraction', fraction(1), () => fixedRisk({ riskFraction: 0 })],
    [
      'bookVolatility',
      'annualFraction',
      fraction(1),
      () => bookVolatility({ of: fixedQuantity(1), annualFraction: 0 }),
    ],
    ['equalRisk', 'grossFraction', fraction(4), () => equalRisk({ grossFraction: 0 })],
    ['kelly', 'fraction', fraction(1), () => kelly({ edge, horizonSessions: 1, fraction: 0 })],
    ['capped', 'capFraction', fraction(1), () => capped({ of: fixedQuantity(1), capFraction: 0 })],
    [
      'volatilityTarget',
      'annualFraction',
      fraction(1),
      () => volatilityTarget({ annualFraction: 0, measure: averageTrueRange(feature) }),
    ],
    ['maxPositions', 'limit', count, () => maxPositions({ limit: 0 })],
    ['maxOrdersPerMinute', 'limit', count, () => maxOrdersPerMinute({ limit: 0 })],
    ['maxTradesPerDay', 'limit', count, () => maxTradesPerDay({ limit: 0 })],
    ['kelly', 'horizonSessions', count, () => kelly({ edge, horizonSessions: 0 })],
    ['maxDrawdown', 'releaseAfterSessions', count, () => maxDrawdown({ limitFraction: 1, releaseAfterSessions: 0 })],
    ['tradesEdge', 'minTrades', 'give a whole number of at least 2', () => tradesEdge({ minTrades: 0 })],
    ['maxOrderQuantity', 'limit', amount, () => maxOrderQuantity({ limit: 0 })],
    ['maxOrderNotional', 'limit', amount, () => maxOrderNotional({ limit: 0 })],
    ['maxDataAge', 'limitMinutes', amount, () => maxDataAge({ limitMinutes: 0 })],
    ['noRepeatedOrder', 'withinSeconds', amount, () => noRepeatedOrder({ withinSeconds: 0 })],
    ['coolDown', 'minutes', amount, () => coolDown({ minutes: 0 })],
    ['scaled', 'factor', amount, () => scaled({ of: fixedQuantity(1), factor: 0 })],
  ])('%s: %s', (part, option, remedy, make) => {
    expect(make).toThrow(
      expect.objectContaining({
        code: 'RISK_OPTION',
        message: `${part}: ${option} is 0; ${remedy}`,
        context: { part, option, value: 0 },
      }),
    );
    expect(make).toThrow(ConfigError);
  });

  test.each<readonly [part: string, option: string, remedy: string, make: () => unknown]>([
    ['tradingHours', 'afterOpenMinutes', 'give minutes, 0 or more', () => tradingHours({ afterOpenMinutes: -1 })],
    ['tradingHours', 'beforeCloseMinutes', 'give minutes, 0 or more', () => tradingHours({ beforeCloseMinutes: -1 })],
    ['kelly', 'costBps', 'give a number, 0 or more', () => kelly({ edge, horizonSessions: 1, costBps: -1 })],
    ['tradesEdge', 'shrinkageTrades', 'give a number of trades, 0 or more', () => tradesEdge({ shrinkageTrades: -1 })],
  ])('%s: %s below 0', (part, option, remedy, make) => {
    expect(make).toThrow(
      expect.objectContaining({
        code: 'RISK_OPTION',
        message: `${part}: ${option} is -1; ${remedy}`,
        context: { part, option, value: -1 },
      }),
    );
  });

  test.each<readonly [message: string, context: unknown, make: () => unknown]>([
    [
      'maxLeverage: limit is 5; give a multiple of the equity above 0 and at most 4: 2 is twice the equity, not 200',
      { limit: 5 },
      () => maxLeverage({ limit: 5 }),
    ],
    ['fixedQuantity: 0 shares; give a number above 0', { shares: 0 }, () => fixedQuantity(0)],
    [
      'realisedVolatility: sessions is 2.5; give a whole number from 2 to 120',
      { sessions: 2.5 },
      () => realisedVolatility({ sessions: 2.5 }),
    ],
  ])('%s', (message, context, make) => {
    expect(make).toThrow(expect.objectContaining({ code: 'RISK_OPTION', message, context }));
  });

  it('the largest that may be given is taken: 4 times the equity, all of it, 2 and 120 sessions', () => {
    expect(maxLeverage({ limit: 4 }).limit?.value).toBe(4);
    expect(maxGross({ limitFraction: 4 }).limit?.value).toBe(4);
    expect(maxPosition({ limitFraction: 1 }).limit?.value).toBe(1);
    expect(realisedVolatility({ sessions: 2 }).name).toBe('realised(2)');
    expect(realisedVolatility({ sessions: 120 }).name).toBe('realised(120)');
    expect(realisedVolatility().name).toBe('realised(60)');
  });
});

it('the default rules are 5 % a position, 25 % a sector, 100 % gross and the cash', () => {
  const rules = defaultRules();
  expect(rules.map(({ name }) => name)).toEqual(['max-position', 'max-sector', 'max-gross', 'cash-reserve']);
  expect(rules.map(({ limit }) => limit?.value)).toEqual([0.05, 0.25, 1, undefined]);
});

describe('where there is no room a ruling is nothing, not less', () => {
  it('by correlation, cash and exposure', () => {
    expect(asked(maxCorrelation({ limitFraction: 0.25 }), [adding(0, 10)], [{ held: 500 }])[0]).toMatchObject({
      quantity: 0,
      measured: 0.51,
    });
    expect(asked(cashReserve(), [adding(0, 10)], [{}], { cash: -100 })[0]).toMatchObject({ quantity: 0 });
    expect(asked(maxGross({ limitFraction: 0.25 }), [adding(0, 10)], [{ held: 500 }])[0]).toMatchObject({
      quantity: 0,
    });
  });

  it('a short is measured on the short side: 125 held short leave 125 of 250', () => {
    const lines = [{ held: -125 }];
    expect(asked(maxCorrelation({ limitFraction: 0.25 }), [adding(0, -250)], lines)[0]).toMatchObject({
      quantity: 125,
    });
    expect(asked(maxGross({ limitFraction: 0.25 }), [adding(0, -250)], lines)[0]).toMatchObject({ quantity: 125 });
  });
});

describe('an order of one side leaves what the other side may come to', () => {
  it('fits beside open orders of the other side as long as these are the worse side', () => {
    const lines = [{ openSells: 500 }, { held: 300 }];
    expect(asked(maxGross({ limitFraction: 0.8 }), [adding(0, 500)], lines)).toEqual([pass]);
    expect(asked(maxGross({ limitFraction: 0.8 }), [adding(0, 501)], lines)[0]).toMatchObject({ kind: 'cut' });
  });

  it('with margins of 25 and 100 %: 1,000 long and 500 short tie up 75 %, and 1,000 more long the rest', () => {
    const rule = buyingPower({ longMarginFraction: 0.25, shortMarginFraction: 1 });
    const lines = [{}, { held: 1000 }, { held: -500 }];
    expect(asked(rule, [adding(0, 1000)], lines)).toEqual([pass]);
    expect(asked(rule, [adding(0, 2000)], lines)[0]).toMatchObject({ kind: 'cut', quantity: 1000, measured: 1.25 });
    expect(asked(rule, [adding(0, -250)], lines)).toEqual([pass]);
    expect(asked(rule, [adding(0, -500)], lines)[0]).toMatchObject({ kind: 'cut', quantity: 250, measured: 1.25 });
  });
});
