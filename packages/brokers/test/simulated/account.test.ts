import { type AccountTerms, borrowAt, simulatedVenue } from '@tradekit/brokers/simulated';
import { type BrokerEvent, ConfigError, parseIsoDate } from '@tradekit/core';
import { describe, expect, test } from 'vitest';
import { UnsettledProceeds } from '../../src/simulated/account/unsettled.js';
import { type Bar, limit, type Market, marketOf, order, single, still, trade } from './kit.js';

const A = (...bars: Bar[]) => ({ A: bars });
const margin: AccountTerms = { type: 'margin' };

/** Every adjustment of a run: its type, dollars and reason. */
function adjustments(market: Market, sent: ReturnType<typeof single>, account: AccountTerms): readonly string[] {
  const venue = simulatedVenue(marketOf(market), { initialCash: 100_000, account });
  const found: string[] = [];
  venue.send([sent]);
  const drain = (): void => {
    for (let event: BrokerEvent | undefined = venue.answer(); event !== undefined; event = venue.answer()) {
      if (event.kind === 'adjustment') found.push(`${event.type} ${event.cash.toFixed(6)}: ${event.reason}`);
    }
  };
  while (venue.step(Number.POSITIVE_INFINITY as never) !== undefined) drain();
  drain();
  return found;
}

describe('a cash account', () => {
  const cash: AccountTerms = { type: 'cash' };

  test('sells nothing short, and says so before anybody asks', () => {
    const market = { bars: A(still(10)) };
    const { updates, venue } = trade(
      market,
      { slice: { 0: [single(order(1, 'sell', 10, undefined, { role: 'entry' }))] } },
      { account: cash },
    );
    expect(updates).toEqual(['1 rejected 0: a cash account sells nothing short']);
    expect(venue.capabilities.shortSelling).toBe(false);
  });

  test('lends nothing: 10,001 shares at 10 are more than 100,000 dollars', () => {
    const two = { bars: A(still(10), still(10)) };
    const buy = (quantity: number) =>
      trade(two, { slice: { 1: [single(order(1, 'buy', quantity))] } }, { account: cash });
    expect(buy(10_000).fills).toEqual(['1: 10000@10 open 1']);
    expect(buy(10_001).updates).toEqual([
      '1 rejected 0: buying power: positions of 100010.00 dollars, 1 × equity is 100000.00',
    ]);
  });

  // Buy all of A, sell it, buy B with the proceeds, and want to sell B at once: 2021, two sessions.
  const market: Market = {
    bars: {
      A: [still(10), still(10), still(10), still(10), still(10)],
      B: [still(20), still(20), still(20), still(20), still(20)],
    },
    sessions: [2, 1, 1, 1],
  };
  const script = {
    slice: {
      0: [single(order(1, 'buy', 10_000))],
      1: [single(order(2, 'sell', 10_000))],
      2: [
        single(order(3, 'buy', 5_000, undefined, { instrument: 1 })),
        single(order(4, 'sell', 5_000, undefined, { instrument: 1 })),
      ],
    },
  };

  test('does not sell what was bought with unsettled proceeds before these settle, two sessions after the sale', () => {
    const { fills } = trade(market, script, { account: cash });
    // Sold in session 0, settled in session 2: row 3.
    expect(fills).toEqual(['1: 10000@10 open 0', '2: 10000@10 open 1', '3: 5000@20 open 2', '4: 5000@20 open 3']);
  });

  test('from 2024-05-28 on one session is enough', () => {
    const boundFrom = (first: string) => {
      const day = (parseIsoDate(first) ?? 0) as number;
      const sessions = [0, 1, 2, 3].map((k) => ({ day: day + k }));
      const unsettled = new UnsettledProceeds({ sessions } as never);
      unsettled.sold(1000, 0);
      unsettled.bought(0 as never, 50, 1000, 1000, 0);
      return [0, 1, 2].map((session) => unsettled.bound(0 as never, session));
    };
    expect(boundFrom('2024-05-27')).toEqual([50, 50, 0]);
    expect(boundFrom('2024-05-28')).toEqual([50, 0, 0]);
  });

  test('settled cash is spent first: a purchase within it is free', () => {
    const small = {
      slice: {
        0: [single(order(1, 'buy', 1_000))],
        1: [single(order(2, 'sell', 1_000))],
        2: [single(order(3, 'buy', 4_500, undefined, { instrument: 1 }))],
        3: [single(order(4, 'sell', 4_500, undefined, { instrument: 1 }))],
      },
    };
    expect(trade(market, small, { account: cash }).fills.at(-1)).toBe('4: 4500@20 open 3');
  });
});

describe('a margin account', () => {
  const bars = { bars: A(still(10), still(10), still(10)), sessions: [2, 1] };
  const buyAfter = (row: number, quantity: number, account: AccountTerms) =>
    trade(bars, { slice: { [row]: [single(order(1, 'buy', quantity))] } }, { account });

  test('opens up to four times its equity within a session, and twice for the night', () => {
    expect(buyAfter(1, 40_000, margin).fills).toHaveLength(1);
    expect(buyAfter(1, 40_001, margin).updates[0]).toContain('4 × equity is 400000.00');
    expect(buyAfter(2, 20_000, margin).fills).toHaveLength(1);
    expect(buyAfter(2, 20_001, margin).updates[0]).toContain('2 × equity is 200000.00');
    expect(buyAfter(1, 15_000, { ...margin, intradayLeverage: 1.5 }).fills).toHaveLength(1);
    expect(buyAfter(1, 15_001, { ...margin, intradayLeverage: 1.5 }).fills).toHaveLength(0);
  });

  test('a reduction always passes', () => {
    const script = { slice: { 1: [single(order(1, 'buy', 40_000))], 2: [single(order(2, 'sell', 40_000))] } };
    expect(trade(bars, script, { account: margin }).fills).toHaveLength(2);
  });
});

describe('a night', () => {
  // Sessions on Monday and Tuesday: one day of 360.
  const market: Market = { bars: A(still(100), still(100)), sessions: [1, 1] };
  const short = single(order(1, 'sell', 100, undefined, { role: 'entry' }));

  test('short shares pay their fee: 10,000 dollars at 3.6 % are 1 dollar', () => {
    expect(adjustments(market, short, { ...margin, borrow: borrowAt(0.036) })).toEqual([
      'borrow -1.000000: fee of 0.036 a year, 1 days',
    ]);
  });

  test('cash earns, proceeds of short sales do not: 100,000 at 3.6 % are 10 dollars', () => {
    expect(adjustments(market, short, { ...margin, creditRate: 0.036 })).toEqual([
      'interest 10.000000: 0.036 a year, 1 days',
    ]);
  });

  test('what is borrowed costs: 150,000 of shares with 100,000, 50,000 at 7.2 % are 10 dollars', () => {
    const buy = single(order(1, 'buy', 1500));
    expect(adjustments(market, buy, { ...margin, debitRate: 0.072 })).toEqual([
      'interest -10.000000: 0.072 a year, 1 days',
    ]);
  });
});

describe('short sales', () => {
  const sell = (market: Market, row: number, account: AccountTerms, pricing?: ReturnType<typeof limit>) =>
    trade(market, { slice: { [row]: [single(order(1, 'sell', 10, pricing, { role: 'entry' }))] } }, { account });

  test('need shares to borrow', () => {
    const market = { bars: A(still(10)) };
    expect(sell(market, 0, { ...margin, borrow: borrowAt(0.01, ['A']) }).updates).toEqual([
      '1 rejected 0: no shares to borrow',
    ]);
    expect(sell(market, 0, { ...margin, borrow: borrowAt(0.01, ['B']) }).fills).toHaveLength(1);
  });

  test('after a fall of 10 % need a limit above the last price, that day and the next, and not the one after', () => {
    // Falls from 100 to 90 in the second session.
    const market = {
      bars: A(still(100), [95, 95, 90, 91], still(91), still(91), still(91)),
      sessions: [1, 2, 1, 1],
    };
    const account = { ...margin, shortSaleRestriction: true };
    expect(sell(market, 1, account).fills).toHaveLength(1);
    expect(sell(market, 2, account).updates).toEqual([
      '1 rejected 0: short-sale restriction after a fall of 10 %: give a limit above 91',
    ]);
    expect(sell(market, 3, account).updates).toHaveLength(1);
    expect(sell(market, 4, account).fills).toHaveLength(1);
    expect(sell(market, 2, account, limit(91.5)).updates).toEqual([]);
  });
});

test('the day-trade rule: after three day trades below 25,000 dollars nothing more is opened, up to its date', () => {
  const market = { bars: A(...Array.from({ length: 8 }, () => still(10))) };
  const slice: Record<number, ReturnType<typeof single>[]> = {};
  for (let k = 0; k < 4; k++) {
    slice[2 * k] = [single(order(2 * k + 1, 'buy', 1))];
    slice[2 * k + 1] = [single(order(2 * k + 2, 'sell', 1))];
  }
  const run = (initialCash: number, until?: string) =>
    trade(
      market,
      { slice },
      { initialCash, account: { ...margin, dayTradeRule: until === undefined ? {} : { until } } },
    );
  expect(run(20_000).updates[0]).toBe(
    '7 rejected 0: pattern day trader: 3 day trades in 5 sessions below 25000 dollars',
  );
  expect(run(26_000).fills).toHaveLength(8);
  expect(run(20_000, '2020-12-31').fills).toHaveLength(8);
});

test.each<[string, AccountTerms]>([
  ['leverage', { type: 'margin', intradayLeverage: 0.5 }],
  ['a rate in percent', { type: 'margin', creditRate: 5 }],
  ['a date', { type: 'margin', dayTradeRule: { until: 'soon' } }],
  ['a loan in a cash account', { type: 'cash', debitRate: 0.05 }],
])('terms that cannot be meant are refused: %s', (_, account) => {
  expect(() => simulatedVenue(marketOf({ bars: A(still(10)) }), { initialCash: 1, account })).toThrow(ConfigError);
  expect(() => borrowAt(-1)).toThrow(ConfigError);
});
