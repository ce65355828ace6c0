import { describe, expect, test } from 'vitest';
import { type Bar, limit, MARKET, order, single, still, stop, trade } from './kit.js';

const A = (...bars: Bar[]) => ({ bars: { A: bars } });

describe('market orders', () => {
  test('trade at the next open: sent after bar 0, filled at the open of bar 1, 10.5', () => {
    const { fills } = trade(A(still(10), [10.5, 11, 10, 11]), { slice: { 1: [single(order(1, 'buy', 100))] } });
    expect(fills).toEqual(['1: 100@10.5 open 1']);
  });

  test('sent before the first open trade at it', () => {
    const { fills } = trade(A([10, 12, 9, 11]), { slice: { 0: [single(order(1, 'buy', 100))] } });
    expect(fills).toEqual(['1: 100@10 open 0']);
  });

  test('1.6 rest over missing bars until the next open at which the instrument trades', () => {
    const market = { bars: { A: [still(10), undefined, undefined, still(12)], B: [1, 2, 3, 4].map(() => still(5)) } };
    const { fills } = trade(market, { slice: { 1: [single(order(1, 'buy', 100))] } });
    expect(fills).toEqual(['1: 100@12 open 3']);
  });

  test('sent when a fill at an open is told, trade at the next open', () => {
    const { fills } = trade(A(still(10), still(11), still(12)), {
      slice: { 0: [single(order(1, 'buy', 100))] },
      open: { 0: [single(order(2, 'sell', 100))] },
    });
    expect(fills).toEqual(['1: 100@10 open 0', '2: 100@11 open 1']);
  });

  test('at the end of the data nothing is invented: an order after the last bar stays open', async () => {
    const { fills, updates, venue } = trade(A(still(10)), { slice: { 1: [single(order(1, 'buy', 100))] } });
    expect(fills).toEqual([]);
    expect(updates).toEqual([]);
    expect((await venue.snapshot()).openOrders).toEqual([
      { id: 'order-1', status: 'accepted', quantity: 100, filledQuantity: 0 },
    ]);
  });

  test('at one open reductions trade before entries, whatever the order of sending', () => {
    const market = { bars: { A: [still(10), still(10)], B: [still(20), still(20)] } };
    const { fills } = trade(market, {
      slice: {
        0: [single(order(1, 'buy', 100))],
        1: [
          single(order(2, 'buy', 50, MARKET, { instrument: 1 })),
          single(order(3, 'sell', 100)),
          single(order(4, 'sell', 10, MARKET, { role: 'entry', instrument: 1 })),
        ],
      },
    });
    expect(fills).toEqual(['1: 100@10 open 0', '3: 100@10 open 1', '2: 50@20 open 1', '4: 10@20 open 1']);
  });
});

describe('limit orders', () => {
  const buy = { slice: { 0: [single(order(1, 'buy', 100, limit(9.5)))] } };
  const sell = { slice: { 0: [single(order(1, 'sell', 100, limit(10.5)))] } };

  test.each<[string, Bar, string[]]>([
    ['a bar that stays above it by a cent', [10, 10, 9.51, 10], []],
    ['a bar that trades at it', [10, 10, 9.5, 10], ['1: 100@9.5 inside 0']],
    ['a bar that trades through it', [10, 10, 9, 10], ['1: 100@9.5 inside 0']],
    ['an open at it', [9.5, 10, 9.5, 10], ['1: 100@9.5 open 0']],
    ['a better open', [9.25, 10, 9, 10], ['1: 100@9.25 open 0']],
  ])('a buy limit at 9.50 and %s', (_, bar, fills) => {
    expect(trade(A(bar), buy).fills).toEqual(fills);
  });

  test.each<[string, Bar, string[]]>([
    ['a bar that stays below it by a cent', [10, 10.49, 10, 10], []],
    ['a bar that trades at it', [10, 10.5, 10, 10], ['1: 100@10.5 inside 0']],
    ['a bar that trades through it', [10, 11, 10, 10], ['1: 100@10.5 inside 0']],
    ['a better open', [10.75, 11, 10, 10], ['1: 100@10.75 open 0']],
  ])('a sell limit at 10.50 and %s', (_, bar, fills) => {
    expect(trade(A(bar), sell).fills).toEqual(fills);
  });

  test('rest until they are reached', () => {
    expect(trade(A(still(10), still(10), [10, 10, 9.4, 10]), buy).fills).toEqual(['1: 100@9.5 inside 2']);
  });
});

describe('stop orders', () => {
  const sell = { slice: { 0: [single(order(1, 'sell', 100, stop(9)))] } };
  const buy = { slice: { 0: [single(order(1, 'buy', 100, stop(11)))] } };

  test.each<[string, Bar, string[]]>([
    ['a bar that stays above it', [10, 10, 9.01, 9.5], []],
    ['a bar that touches it', [10, 10, 9, 9.5], ['1: 100@9 inside 0']],
    ['a bar that goes through it', [10, 10, 8, 9.5], ['1: 100@9 inside 0']],
    ['a gap through it', [8.5, 10, 8, 9.5], ['1: 100@8.5 open 0']],
  ])('a sell stop at 9 and %s', (_, bar, fills) => {
    expect(trade(A(bar), sell).fills).toEqual(fills);
  });

  test.each<[string, Bar, string[]]>([
    ['a bar that stays below it', [10, 10.99, 10, 10], []],
    ['a bar that touches it', [10, 11, 10, 10], ['1: 100@11 inside 0']],
    ['a gap through it', [12, 12, 10, 10], ['1: 100@12 open 0']],
  ])('a buy stop at 11 and %s', (_, bar, fills) => {
    expect(trade(A(bar), buy).fills).toEqual(fills);
  });

  test('a stop that came after the open and is passed already trades at that open: 8.50, not at its own 9', () => {
    const { fills } = trade(A([8.5, 10, 8, 9.5], still(20)), {
      slice: { 0: [single(order(1, 'buy', 100))] },
      open: { 0: [single(order(2, 'sell', 100, stop(9)))] },
    });
    expect(fills).toEqual(['1: 100@8.5 open 0', '2: 100@8.5 inside 0']);
  });
});

describe('stop-limit orders', () => {
  const sell = (limitPrice: number) => ({
    slice: { 0: [single(order(1, 'sell', 100, { type: 'stop-limit', stopPrice: 9, limitPrice }))] },
  });

  test('touched inside the bar: 9', () => {
    expect(trade(A([10, 10, 8.5, 9.5]), sell(8.8)).fills).toEqual(['1: 100@9 inside 0']);
  });

  test('a gap between stop and limit trades at the open', () => {
    expect(trade(A([8.9, 9.5, 8.5, 9.5]), sell(8.8)).fills).toEqual(['1: 100@8.9 open 0']);
  });

  test('a gap below the limit rests as a limit, and trades when the bar comes back to 8.80', () => {
    expect(trade(A([8.5, 8.79, 8.4, 8.6], [8.6, 8.9, 8.5, 8.9]), sell(8.8)).fills).toEqual(['1: 100@8.8 inside 1']);
  });

  test('not touched, not filled: a bar that only trades at the limit', () => {
    expect(trade(A([10, 10, 9.01, 9.5]), sell(8.8)).fills).toEqual([]);
  });
});

describe('market-on-open', () => {
  const moo = { type: 'market-on-open' } as const;
  const two = { bars: { A: [still(10), still(11), still(12), still(13)] }, sessions: [2, 2] };

  test('trades at the first open of a session alone', () => {
    const { fills } = trade(two, { slice: { 1: [single(order(1, 'buy', 100, moo))] } });
    expect(fills).toEqual(['1: 100@12 open 2']);
  });

  test('as a day order sent inside a session expires at its end', () => {
    const { fills, updates } = trade(two, {
      slice: { 1: [single(order(1, 'buy', 100, moo, { timeInForce: 'day' }))] },
    });
    expect(fills).toEqual([]);
    expect(updates).toEqual(['1 expired 0: the session ended']);
  });
});

describe('orders at the close', () => {
  const moc = { type: 'market-on-close' } as const;
  const loc = (limitPrice: number) => ({ type: 'limit-on-close', limitPrice }) as const;
  const bars = { bars: { A: [still(10), [10, 12, 10, 11.5] as const] } };

  test('market-on-close trades at the official close, 11.40, and says so', () => {
    const { fills, notes } = trade(
      { ...bars, official: { A: [11.4] } },
      { slice: { 1: [single(order(1, 'buy', 100, moc))] } },
    );
    expect(fills).toEqual(['1: 100@11.4 close 1']);
    expect(notes).toEqual(['official close']);
  });

  test('without an official close at the last close, 11.50, and says so', () => {
    const { fills, notes } = trade(bars, { slice: { 1: [single(order(1, 'buy', 100, moc))] } });
    expect(fills).toEqual(['1: 100@11.5 close 1']);
    expect(notes).toEqual(['last close: no official one in the data']);
  });

  test('the last close is that of the last bar there was: 10', () => {
    const market = { bars: { A: [still(10), undefined], B: [still(5), still(5)] } };
    expect(trade(market, { slice: { 1: [single(order(1, 'buy', 100, moc))] } }).fills).toEqual(['1: 100@10 close 1']);
  });

  test('1.7 an order at the close in an instrument without a last bar never gets a fill of NaN shares under a volume cap', async () => {
    const { volumeShare } = await import('@tradekit/brokers/simulated');
    const market = { bars: { A: [still(10), undefined], B: [still(5), still(5)] }, official: { A: [11] } };
    const { fills, venue } = trade(
      market,
      { slice: { 1: [single(order(1, 'buy', 100, moc))] } },
      { slippage: volumeShare() },
    );
    expect(fills.join()).not.toContain('NaN');
    expect((await venue.snapshot()).cash).not.toBeNaN();
  });

  test('limit-on-close trades at the official close when that is no worse than the limit', () => {
    const at = (price: number) =>
      trade(
        { ...bars, official: { A: [11.4] } },
        { slice: { 1: [single(order(1, 'buy', 100, loc(price), { timeInForce: 'day' }))] } },
      );
    expect(at(11.4).fills).toEqual(['1: 100@11.4 close 1']);
    expect(at(12).fills).toEqual(['1: 100@11.4 close 1']);
    expect(at(11.39).fills).toEqual([]);
    expect(at(11.39).updates).toEqual(['1 expired 0: the session ended']);
  });

  test('an order at the close that was sent after the last slice is one of the next session', () => {
    const two = { bars: { A: [still(10), still(11)] }, sessions: [1, 1] };
    const { fills } = trade(two, { slice: { 1: [single(order(1, 'buy', 100, moc, { timeInForce: 'day' }))] } });
    expect(fills).toEqual(['1: 100@11 close 1']);
  });

  test('an order at the close that was sent at the open of the last bar is in time for its auction', () => {
    const two = { bars: { A: [still(10), still(11)] } };
    const { fills } = trade(two, {
      slice: { 1: [single(order(1, 'buy', 100))] },
      open: { 1: [single(order(2, 'sell', 100, moc))] },
    });
    expect(fills).toEqual(['1: 100@11 open 1', '2: 100@11 close 1']);
  });
});

describe('time in force', () => {
  const two = { bars: { A: [still(10), still(10), [10, 10, 9, 10] as const, still(10)] }, sessions: [2, 2] };
  const buy = (timeInForce: 'day' | 'gtc') => order(1, 'buy', 100, limit(9.5), { timeInForce });

  test('a day order expires at the end of its session', () => {
    const { fills, updates } = trade(two, { slice: { 0: [single(buy('day'))] } });
    expect(fills).toEqual([]);
    expect(updates).toEqual(['1 expired 0: the session ended']);
  });

  test('gtc goes on in the next session', () => {
    expect(trade(two, { slice: { 0: [single(buy('gtc'))] } }).fills).toEqual(['1: 100@9.5 inside 2']);
  });

  test('1.6 an order of the last slice is a day order of the next session', () => {
    expect(trade(two, { slice: { 2: [single(buy('day'))] } }).fills).toEqual(['1: 100@9.5 inside 2']);
  });

  test('1.6 a day order expires at the end of its session even if the instrument never traded in it', () => {
    const hole = {
      bars: { A: [still(10), undefined, still(11)], B: [still(5), still(5), still(5)] },
      sessions: [2, 1],
    };
    const { fills, updates } = trade(hole, {
      slice: { 1: [single(order(1, 'buy', 100, MARKET, { timeInForce: 'day' }))] },
    });
    expect(fills).toEqual([]);
    expect(updates).toEqual(['1 expired 0: the session ended']);
  });
});
