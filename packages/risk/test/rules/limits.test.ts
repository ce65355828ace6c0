/** Every rule that is neither a loss nor a correlation: just below its limit, at it, just above it. Numbers by hand. */
import { ConfigError } from '@tradekit/core';
import { describe, expect, it, test } from 'vitest';
import {
  blackOut,
  buyingPower,
  coolDown,
  fixedQuantity,
  maxDataAge,
  maxLeverage,
  maxNet,
  maxOrderNotional,
  maxOrderQuantity,
  maxOrdersPerMinute,
  maxPositions,
  maxTradeLoss,
  maxTradesPerDay,
  maxVolumeShare,
  noRepeatedOrder,
  noWashTrade,
  priceCollar,
  type RiskRule,
  riskManager,
  shortPermission,
  tradingHours,
} from '../../src/index.js';
import { type Account, contextOf, entry, type Line, wishFor } from '../context.js';

const MINUTE = 60_000;

/** What becomes of one order: the shares allowed, or the rule that refused. Equity 100,000, price 100 unless said otherwise. */
function order(rule: RiskRule, quantity: number, line: Line = {}, account: Account = {}): number | string {
  const verdict = riskManager({ sizer: fixedQuantity(1), rules: [rule] }).approve(
    entry(0, quantity),
    contextOf([line, {}, {}], account),
  );
  return verdict.kind === 'allow' ? verdict.quantity : verdict.rule;
}

/** What becomes of several wishes of one slice. */
function wishes(rule: RiskRule, quantities: readonly number[], lines: readonly Line[] = [], account: Account = {}) {
  const context = contextOf([...lines, ...quantities.slice(lines.length).map(() => ({}))], account);
  return riskManager({ sizer: fixedQuantity(1), rules: [rule] })
    .plan(
      quantities.map((quantity, i) => wishFor(i, quantity, { held: lines[i]?.held ?? 0 })),
      context,
    )
    .map((verdict) => (verdict.kind === 'allow' ? verdict.quantity : verdict.rule));
}

describe('maxNet: 30 % of 100,000 is 300 shares', () => {
  const rule = maxNet({ limitFraction: 0.3 });

  it.each([
    [299, 299],
    [300, 300],
    [301, 300],
    [-300, -300],
    [-301, -300],
  ])('a wish for %d comes to %d', (asked, allowed) => expect(wishes(rule, [asked])).toEqual([allowed]));

  it('shorts make room for longs, but open sells do not: they may not trade', () => {
    expect(wishes(rule, [0, 450], [{ held: -200 }]).at(1)).toBe(450);
    expect(order(rule, 450, {}, {})).toBe(300);
    expect(wishes(rule, [0, 450], [{ openSells: 200 }]).at(1)).toBe(300);
  });

  it('what a wish reverses makes no room for it: short 200 to long 300', () => {
    expect(wishes(rule, [301], [{ held: -200 }])).toEqual([300]);
  });

  it('a short that is being bought back makes none either', () => {
    expect(wishes(rule, [0, 450], [{ held: -200, openBuys: 200 }]).at(1)).toBe(300);
  });

  it('cuts the longs of a slice pro rata and leaves the shorts alone', () => {
    expect(wishes(rule, [200, 400, -100])).toEqual([100, 200, -100]);
  });

  it('lets nothing pass where a position has no mark', () => {
    expect(wishes(rule, [0, 10], [{ held: 1, price: Number.NaN }]).at(1)).toBe('max-net');
  });
});

describe('maxLeverage: twice 100,000 is 2,000 shares', () => {
  const rule = maxLeverage({ limit: 2 });
  test.each([
    [1999, 1999],
    [2000, 2000],
    [2001, 2000],
  ])('%d', (asked, allowed) => expect(order(rule, asked)).toBe(allowed));
});

describe('buyingPower: at 50 % margin 100,000 carry 2,000 shares', () => {
  test.each([
    [1999, 1999],
    [2000, 2000],
    [2001, 2000],
    [-2001, 2000],
  ])('%d', (asked, allowed) => expect(order(buyingPower(), asked)).toBe(allowed));

  it('adds up the margin of both sides: 1,000 long at 50 % leave 500 short at 100 %', () => {
    const rule = buyingPower({ shortMarginFraction: 1 });
    expect(wishes(rule, [0, -501], [{ held: 1000 }]).at(1)).toBe(-500);
  });
});

describe('maxPositions: two', () => {
  const rule = maxPositions({ limit: 2 });

  it('counts what is held and what is being opened', () => {
    expect(wishes(rule, [10], [{}])).toEqual([10]);
    expect(wishes(rule, [0, 0, 10], [{ held: 1 }, {}]).at(2)).toBe(10);
    expect(wishes(rule, [0, 0, 10], [{ held: -1 }, { openSells: 1 }]).at(2)).toBe('max-positions');
  });

  it('adds to what is held even above the limit', () => {
    expect(wishes(rule, [20, 0, 0], [{ held: 10 }, { held: 1 }, { held: 1 }]).at(0)).toBe(20);
  });

  it('gives the last places to the larger wishes', () => {
    expect(wishes(rule, [10, 30, 20])).toEqual(['max-positions', 30, 20]);
  });
});

describe('maxVolumeShare: 1 % of 10,000 is 100 shares', () => {
  const rule = maxVolumeShare({ limitFraction: 0.01 });
  test.each([
    [99, 99],
    [100, 100],
    [101, 100],
  ])('%d', (asked, allowed) => expect(order(rule, asked, { averageVolume: 10_000 })).toBe(allowed));

  it('counts what works on the same side, and not what works on the other', () => {
    expect(order(rule, 100, { averageVolume: 10_000, openBuys: 40, openSells: 70 })).toBe(60);
    expect(order(rule, -100, { averageVolume: 10_000, openBuys: 40, openSells: 70 })).toBe(30);
  });

  it('lets nothing pass before a volume is known', () => expect(order(rule, 1)).toBe('max-volume-share'));
});

describe('the size of an order', () => {
  test.each([
    [49, 49],
    [50, 50],
    [51, 50],
  ])('maxOrderQuantity 50: %d', (asked, allowed) =>
    expect(order(maxOrderQuantity({ limit: 50 }), asked)).toBe(allowed),
  );
  test.each([
    [49, 49],
    [50, 50],
    [51, 50],
  ])('maxOrderNotional 5,000: %d at 100', (asked, allowed) =>
    expect(order(maxOrderNotional({ limit: 5000 }), asked)).toBe(allowed),
  );

  it('maxOrderNotional goes by the worst price: 5,000 / 101 is 49', () =>
    expect(order(maxOrderNotional({ limit: 5000 }), 50, {}, { collarBps: 100 })).toBe(49));
});

describe('priceCollar: 3 % of 100', () => {
  const risk = riskManager({ sizer: fixedQuantity(1), rules: [priceCollar({ limitFraction: 0.03 })] });
  const at = (limitPrice: number) =>
    risk.approve(entry(0, 1, { pricing: { type: 'limit', limitPrice } }), contextOf([{}])).kind;
  test.each([
    [102.99, 'allow'],
    [103, 'allow'],
    [103.01, 'refused'],
    [97, 'allow'],
    [96.99, 'refused'],
    [Number.NaN, 'refused'],
  ])('a limit at %d is %s', (price, kind) => expect(at(price)).toBe(kind));

  it('a market order is reckoned with the engine’s collar', () => {
    expect(order(priceCollar({ limitFraction: 0.01 }), 1, {}, { collarBps: 100 })).toBe(1);
    expect(order(priceCollar({ limitFraction: 0.01 }), 1, {}, { collarBps: 101 })).toBe('price-collar');
  });
});

describe('maxDataAge: 20 minutes', () => {
  const time = 1000 * MINUTE;
  test.each([
    [20 * MINUTE - 1, 1],
    [20 * MINUTE, 1],
    [20 * MINUTE + 1, 'max-data-age'],
    [Number.NaN, 'max-data-age'],
  ])('a bar of %d ms ago', (age, allowed) =>
    expect(order(maxDataAge({ limitMinutes: 20 }), 1, { lastTradeTime: time - age }, { time })).toBe(allowed),
  );
});

describe('maxOrdersPerMinute: three', () => {
  const rule = maxOrdersPerMinute({ limit: 3 });
  const time = 1000 * MINUTE;

  it('lets the third pass and not the fourth', () => {
    expect(order(rule, 1, {}, { time, entries: [time, time] })).toBe(1);
    expect(order(rule, 1, {}, { time, entries: [time, time, time] })).toBe('max-orders-per-minute');
  });

  it('forgets an order after exactly a minute', () => {
    const entries = (first: number) => [time - first, time, time];
    expect(order(rule, 1, {}, { time, entries: entries(MINUTE - 1) })).toBe('max-orders-per-minute');
    expect(order(rule, 1, {}, { time, entries: entries(MINUTE) })).toBe(1);
  });

  it('lets the larger of a slice pass', () => {
    const asked = [10, 40, 20, 30];
    expect(wishes(rule, asked, [], { time })).toEqual(['max-orders-per-minute', 40, 20, 30]);
  });
});

it('maxTradesPerDay: the second of two passes, the third does not, however long ago', () => {
  const rule = maxTradesPerDay({ limit: 2 });
  expect(order(rule, 1, {}, { time: 1e9, entries: [1] })).toBe(1);
  expect(order(rule, 1, {}, { time: 1e9, entries: [1, 2] })).toBe('max-trades-per-day');
});

describe('noRepeatedOrder: 60 seconds', () => {
  const rule = noRepeatedOrder({ withinSeconds: 60 });
  const time = 1000 * MINUTE;
  const after = (ms: number, quantity = 10) =>
    order(rule, 10, { lastEntry: { time: (time - ms) as never, quantity } }, { time });
  test.each([
    [MINUTE - 1, 'no-repeated-order'],
    [MINUTE, 10],
    [MINUTE + 1, 10],
  ])('the same after %d ms', (ms, allowed) => expect(after(ms)).toBe(allowed));

  it('another quantity or the other side is another order', () => {
    expect([after(0, 11), after(0, -10)]).toEqual([10, 10]);
    expect(order(rule, 10)).toBe(10);
  });
});

it('noWashTrade: nothing opens against what rests, one share is enough', () => {
  const rule = noWashTrade();
  expect([order(rule, 5), order(rule, 5, { openBuys: 9 }), order(rule, -5, { openSells: 9 })]).toEqual([5, 5, 5]);
  expect(order(rule, 5, { openSells: 1 })).toBe('no-wash-trade');
  expect(order(rule, -5, { openBuys: 1 })).toBe('no-wash-trade');
});

it('shortPermission: listed names only, longs always', () => {
  const rule = shortPermission({ symbols: ['KO'] });
  expect([order(rule, -5, { id: 'KO' }), order(rule, 5, { id: 'PEP' })]).toEqual([5, 5]);
  expect(order(rule, -5, { id: 'PEP' })).toBe('short-permission');
});

describe('tradingHours: 30 minutes after the open to 30 before the close', () => {
  const rule = tradingHours({ afterOpenMinutes: 30, beforeCloseMinutes: 30 });
  test.each([
    [29, 300, 'trading-hours'],
    [30, 300, 1],
    [31, 300, 1],
    [300, 31, 1],
    [300, 30, 1],
    [300, 29, 'trading-hours'],
    [Number.NaN, Number.NaN, 'trading-hours'],
  ])('%d minutes since the open, %d to the close', (sinceOpen, toClose, allowed) =>
    expect(order(rule, 1, {}, { sinceOpen, toClose })).toBe(allowed),
  );
});

describe('blackOut: KO from 2024-02-12 to 2024-02-14, everything on 2024-07-03', () => {
  const rule = blackOut({
    windows: [
      { symbol: 'KO', first: '2024-02-12', last: '2024-02-14', why: 'earnings' },
      { first: '2024-07-03', last: '2024-07-03', why: 'half day' },
    ],
  });
  test.each([
    ['KO', '2024-02-11', 1],
    ['KO', '2024-02-12', 'black-out'],
    ['KO', '2024-02-14', 'black-out'],
    ['KO', '2024-02-15', 1],
    ['PEP', '2024-02-13', 1],
    ['PEP', '2024-07-03', 'black-out'],
  ])('%s on %s', (id, session, allowed) => expect(order(rule, 1, { id }, { session })).toBe(allowed));
});

describe('maxTradeLoss: 1 % of 100,000 with the stop at 95 is 200 shares', () => {
  const rule = maxTradeLoss({ limitFraction: 0.01 });
  const stop = { stopPrice: 95 };
  test.each([
    [199, 199],
    [200, 200],
    [201, 200],
  ])('%d', (asked, allowed) => expect(order(rule, asked, stop)).toBe(allowed));

  it('reckons a buy from its worst price: 1,000 / 6 is 166', () =>
    expect(order(rule, 200, stop, { collarBps: 100 })).toBe(166));
  it('counts what is held and working: 50 × 5 + 30 × 6 + n × 6 = 1,000 gives 95', () =>
    expect(order(rule, 200, { ...stop, held: 50, openBuys: 30 }, { collarBps: 100 })).toBe(95));
  it('goes upwards for a short', () => expect(order(rule, -201, { stopPrice: 105 })).toBe(200));
  it.each([undefined, 100, 105])('a buy with the stop at %d is refused', (stopPrice) =>
    expect(order(rule, 1, stopPrice === undefined ? {} : { stopPrice })).toBe('max-trade-loss'),
  );
  it('reads the stop of a wish in a plan', () => {
    const risk = riskManager({ sizer: fixedQuantity(1), rules: [rule] });
    const wish = wishFor(0, 300);
    const guarded = { ...wish, signal: { ...wish.signal, stopPrice: 95 } };
    expect(risk.plan([guarded], contextOf([{}]))).toEqual([{ kind: 'allow', quantity: 200 }]);
  });
});

describe('coolDown: an hour', () => {
  const time = 1000 * MINUTE;
  test.each([
    [60 * MINUTE - 1, 'cool-down'],
    [60 * MINUTE, 1],
    [60 * MINUTE + 1, 1],
    [Number.NaN, 1],
  ])('a loss %d ms ago', (ago, allowed) =>
    expect(order(coolDown({ minutes: 60 }), 1, { lastLossTime: time - ago }, { time })).toBe(allowed),
  );
});

describe('no rule holds up what reduces', () => {
  const strict: readonly RiskRule[] = [
    maxNet({ limitFraction: 0.01 }),
    maxPositions({ limit: 1 }),
    maxVolumeShare({ limitFraction: 0.01 }),
    maxOrdersPerMinute({ limit: 1 }),
    noWashTrade(),
    tradingHours({ afterOpenMinutes: 500 }),
    blackOut({ windows: [{ first: '1970-01-01', last: '2100-01-01', why: 'always' }] }),
  ];
  it.each(strict.map((rule) => [rule.name, rule] as const))('%s', (_, rule) => {
    const risk = riskManager({ sizer: fixedQuantity(1), rules: [rule] });
    const context = contextOf([{ held: 500, openBuys: 100 }]);
    for (const role of ['exit', 'flatten', 'stop', 'target'] as const)
      expect(risk.approve(entry(0, -500, { role }), context)).toEqual({ kind: 'allow', quantity: 500 });
    expect(risk.plan([wishFor(0, 300, { held: 500 })], context)).toEqual([{ kind: 'allow', quantity: 300 }]);
  });
});

it.each<readonly [string, () => unknown, string]>([
  ['maxNet', () => maxNet({ limitFraction: 50 }), '50 % is written 0.5'],
  ['maxLeverage', () => maxLeverage({ limit: 200 }), 'twice the equity, not 200'],
  ['maxLeverage', () => maxLeverage({ limit: 0 }), 'above 0'],
  ['buyingPower', () => buyingPower({ longMarginFraction: 50 }), '50 % is written 0.5'],
  ['buyingPower', () => buyingPower({ shortMarginFraction: 0 }), 'above 0'],
  ['maxPositions', () => maxPositions({ limit: 0 }), 'whole number of at least 1'],
  ['maxPositions', () => maxPositions({ limit: 2.5 }), 'whole number'],
  ['maxVolumeShare', () => maxVolumeShare({ limitFraction: 1.5 }), '1.5 % is written 0.015'],
  ['maxOrderQuantity', () => maxOrderQuantity({ limit: 0 }), 'above 0'],
  ['maxOrderNotional', () => maxOrderNotional({ limit: Number.POSITIVE_INFINITY }), 'above 0'],
  ['priceCollar', () => priceCollar({ limitFraction: 3 }), '3 % is written 0.03'],
  ['maxDataAge', () => maxDataAge({ limitMinutes: -1 }), 'above 0'],
  ['maxOrdersPerMinute', () => maxOrdersPerMinute({ limit: Number.NaN }), 'whole number'],
  ['maxTradesPerDay', () => maxTradesPerDay({ limit: -1 }), 'whole number'],
  ['noRepeatedOrder', () => noRepeatedOrder({ withinSeconds: 0 }), 'above 0'],
  ['tradingHours', () => tradingHours({ afterOpenMinutes: -1 }), '0 or more'],
  ['blackOut', () => blackOut({ windows: [{ first: '2024-02-30', last: '2024-03-01', why: 'x' }] }), 'is no date'],
  [
    'blackOut',
    () => blackOut({ windows: [{ first: '2024-03-02', last: '2024-03-01', why: 'x' }] }),
    'before it begins',
  ],
  ['maxTradeLoss', () => maxTradeLoss({ limitFraction: 1.01 }), '1.01 % is written 0.0101'],
  ['coolDown', () => coolDown({ minutes: 0 }), 'above 0'],
])('%s does not take what cannot be meant', (_, make, hint) => {
  expect(make).toThrow(ConfigError);
  expect(make).toThrow(hint);
});
