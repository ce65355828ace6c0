import { participation, slippageBps, volumeShare } from '@tradekit/brokers/simulated';
import { commission } from '@tradekit/core';
import { describe, expect, test } from 'vitest';
import { type Bar, limit, MARKET, order, single, still, stop, submit, trade } from './kit.js';

const A = (...bars: Bar[]) => ({ bars: { A: bars } });
const buy = (quantity: number, pricing = MARKET) => ({ slice: { 0: [single(order(1, 'buy', quantity, pricing))] } });

describe('commission', () => {
  test.each([
    ['a share: 100 × 0.005', commission({ perShare: 0.005 }), 0.5],
    ['an order', commission({ perOrder: 1 }), 1],
    ['in basis points: 5 of 100 × 10 dollars', commission({ bps: 5 }), 0.5],
    ['all three together', commission({ perShare: 0.005, perOrder: 1, bps: 5 }), 2],
  ])('%s', async (_, model, cost) => {
    const { commissions, venue } = trade(A(still(10)), buy(100), { commission: model });
    expect(commissions).toEqual([cost]);
    expect((await venue.snapshot()).cash).toBe(100_000 - 1000 - cost);
  });

  test('an order that is filled in two parts pays for the order once', () => {
    const { commissions } = trade(A(still(10, 2000), still(10, 2000)), buy(100), {
      commission: commission({ perOrder: 1 }),
      slippage: volumeShare({ impact: 0 }),
    });
    expect(commissions).toEqual([1, 0]);
  });
});

describe('slippage in basis points', () => {
  const slippage = slippageBps(100);

  test('a market buy at 10 costs 10.10, a market sell brings 9.90', () => {
    const { fills } = trade(
      A(still(10), still(10)),
      { slice: { 0: [single(order(1, 'buy', 100))], 1: [single(order(2, 'sell', 100))] } },
      { slippage },
    );
    expect(fills).toEqual(['1: 100@10.1 open 0', '2: 100@9.9 open 1']);
  });

  test('a stop slips, a limit does not', () => {
    const run = (pricing: typeof MARKET) =>
      trade(A([10, 11, 9, 10]), { slice: { 0: [single(order(1, 'sell', 100, pricing))] } }, { slippage });
    expect(run(stop(9)).fills).toEqual(['1: 100@8.91 inside 0']);
    expect(run(limit(11)).fills).toEqual(['1: 100@11 inside 0']);
  });

  test('a limit that an open is better than slips at most to the limit', () => {
    expect(trade(A(still(10)), buy(100, limit(10.05)), { slippage }).fills).toEqual(['1: 100@10.05 open 0']);
  });
});

describe('volume share', () => {
  test('bar price 3.50, volume 2,000, cap 2.5 %, impact 0.1, buy 100 limit 3.6: 50 shares at 3.50021875, the rest waits', async () => {
    const { fills, updates, venue } = trade(A(still(3.5, 2000)), buy(100, limit(3.6)), { slippage: volumeShare() });
    expect(fills).toEqual(['1: 50@3.50021875 open 0']);
    expect(updates).toEqual([]);
    expect((await venue.snapshot()).openOrders).toEqual([
      { id: 'order-1', status: 'partially-filled', quantity: 100, filledQuantity: 50 },
    ]);
  });

  test('two orders share one bar: 50 are all there is', () => {
    const { fills } = trade(
      A(still(10, 2000)),
      { slice: { 0: [single(order(1, 'buy', 30)), single(order(2, 'buy', 30))] } },
      { slippage: volumeShare({ impact: 0 }) },
    );
    expect(fills).toEqual(['1: 30@10 open 0', '2: 20@10 open 0']);
  });

  test('whole shares: 2.5 % of 2,030 are 50', () => {
    expect(trade(A(still(10, 2030)), buy(100), { slippage: volumeShare({ impact: 0 }) }).fills).toEqual([
      '1: 50@10 open 0',
    ]);
  });

  test('a stop that was touched is a market order: its rest trades at the next open, though the price is back above it', () => {
    const { fills } = trade(
      A([10, 10, 8.9, 9.5, 2000], still(9.5, 2000)),
      { slice: { 0: [single(order(1, 'sell', 100, stop(9)))] } },
      { slippage: volumeShare({ impact: 0 }) },
    );
    expect(fills).toEqual(['1: 50@9 inside 0', '1: 50@9.5 open 1']);
  });

  test('a pair of exits whose stop is filled in part never sells more than it was for', () => {
    const half = participation(50 / 1_000_000);
    const exits = [
      order(1, 'sell', 100, stop(9), { role: 'stop' }),
      order(2, 'sell', 100, limit(11), { role: 'target' }),
    ];
    const { fills } = trade(A([10, 11, 9, 10]), { slice: { 0: [submit({ kind: 'oco', exits })] } }, { slippage: half });
    expect(fills).toEqual(['1: 50@9 inside 0']);
  });

  test('a pair of exits whose target took half: the stop trades the other half and ends, nothing is left open', () => {
    const half = participation(50 / 1_000_000);
    const exits = [
      order(1, 'sell', 100, stop(9), { role: 'stop' }),
      order(2, 'sell', 100, limit(11), { role: 'target' }),
    ];
    const bars = A([10, 11, 10, 10], [10, 10, 9, 9]);
    const { fills, updates } = trade(bars, { slice: { 0: [submit({ kind: 'oco', exits })] } }, { slippage: half });
    expect(fills).toEqual(['2: 50@11 inside 0', '1: 50@9 inside 1']);
    expect(updates).toEqual(['1 canceled 50: the pair is filled', '2 canceled 50: the other exit was filled']);
  });
});

describe('what is refused', () => {
  test('fractions of a share where the venue has none, and not where it has', () => {
    const capabilities = { fractionalShares: false };
    expect(trade(A(still(10)), buy(0.5), { capabilities }).updates).toEqual([
      '1 rejected 0: no fractions of a share here: 0.5',
    ]);
    expect(trade({ ...A(still(10)), lot: 1e-6 }, buy(0.5)).fills).toEqual(['1: 0.5@10 open 0']);
  });

  test('an order that no engine approved: a look-alike and a copy', () => {
    const real = order(1, 'buy', 100);
    const alike = { number: real.number, id: real.id, request: real.request, worstPrice: 1 } as typeof real;
    expect(trade(A(still(10)), { slice: { 0: [single(alike)] } }).updates).toEqual([
      '1 rejected 0: not approved by an engine',
    ]);
    expect(trade(A(still(10)), { slice: { 0: [single({ ...real } as typeof real)] } }).fills).toEqual([]);
  });

  test.each([
    ['bracket', submit({ kind: 'bracket', entry: order(1, 'buy', 1), exits: [order(2, 'sell', 1, stop(9))] })],
    ['oco', submit({ kind: 'oco', exits: [order(1, 'sell', 1, stop(9)), order(2, 'sell', 1, limit(11))] })],
  ] as const)('a %s where the venue has none: every order of it', (kind, group) => {
    expect(trade(A(still(10)), { slice: { 0: [group] } }, { capabilities: { [kind]: false } }).updates).toEqual([
      `1 rejected 0: no ${kind} groups here`,
      `2 rejected 0: no ${kind} groups here`,
    ]);
  });

  test('a pricing that the venue does not know', () => {
    const { updates } = trade(A(still(10)), buy(1, limit(9)), { capabilities: { pricing: ['market'] } });
    expect(updates).toEqual(['1 rejected 0: no limit orders here']);
  });

  test('a replacement where the venue has none', () => {
    const { updates } = trade(
      A(still(10)),
      {
        slice: {
          0: [single(order(1, 'buy', 1, limit(9)))],
          1: [{ kind: 'replace', order: order(1, 'buy', 1).number, by: order(2, 'buy', 1, limit(8)) }],
        },
      },
      { capabilities: { replace: false } },
    );
    expect(updates).toHaveLength(1);
    expect(updates[0]).toMatch(/^2 rejected 0/);
  });
});
