import { stock, universe } from '@tradekit/core';
import { describe, expect, it } from 'vitest';
import { backtest, type LotMatching, lotsOf, type Movement, type RunResult } from '../../src/index.js';
import { handMade } from '../market.js';

/** Monday 2021-03-01, 15:00 UTC, and days after it. */
const day = (count: number): number => Date.UTC(2021, 2, 1 + count, 15);

/** A run of one instrument: `[day, signed shares, price]`, a dollar of commission each. */
function lots(fills: readonly (readonly [number, number, number])[], more: LotsOptions = {}) {
  const { movements = [], matching } = more;
  const result = {
    universe: universe([stock('A')]),
    movements,
    fills: {
      length: fills.length,
      time: fills.map(([at]) => day(at)),
      instrument: fills.map(() => 0),
      sign: fills.map(([, quantity]) => Math.sign(quantity)),
      quantity: fills.map(([, quantity]) => Math.abs(quantity)),
      price: fills.map(([, , price]) => price),
      commission: fills.map(() => 1),
    },
  } as unknown as RunResult;
  return lotsOf(result, matching).map(({ direction, quantity, openPrice, closePrice, profit, washSale }) => ({
    direction,
    quantity,
    openPrice,
    closePrice,
    profit,
    washSale,
  }));
}

interface LotsOptions {
  readonly movements?: readonly Partial<Movement>[];
  readonly matching?: LotMatching;
}

describe('lots', () => {
  it('match a sale with the oldest purchases first, commissions by share', () => {
    // 10 at 100 and 10 at 110; 15 sold at 120: 10 × 20 − 1 − 10/15, and 5 × 10 − 0.5 − 5/15.
    const [first, second] = lots([
      [0, 10, 100],
      [1, 10, 110],
      [2, -15, 120],
    ]);
    expect(first).toMatchObject({ direction: 1, quantity: 10, openPrice: 100, closePrice: 120, washSale: false });
    expect(first?.profit).toBeCloseTo(200 - 1 - 10 / 15, 10);
    expect(second).toMatchObject({ quantity: 5, openPrice: 110 });
    expect(second?.profit).toBeCloseTo(50 - 0.5 - 5 / 15, 10);
  });

  it('match the dearest purchase first by specific identification, and the cheapest short sale', () => {
    const fills = [
      [0, 10, 100],
      [1, 10, 110],
      [2, -10, 120],
    ] as const;
    expect(lots(fills, { matching: 'highest-cost' })).toMatchObject([{ openPrice: 110 }]);
    const shorts = fills.map(([at, quantity, price]) => [at, -quantity, price] as const);
    expect(lots(shorts, { matching: 'highest-cost' })).toMatchObject([{ direction: -1, openPrice: 100 }]);
  });

  it('one fill may close long lots and open a short one', () => {
    const found = lots([
      [0, 10, 100],
      [1, -15, 90],
      [2, 5, 80],
    ]);
    expect(found).toMatchObject([
      { direction: 1, quantity: 10, openPrice: 100, closePrice: 90 },
      { direction: -1, quantity: 5, openPrice: 90, closePrice: 80 },
    ]);
  });

  it('a split changes what is open: 10 at 100 become 20 at 50', () => {
    const split = { type: 'split', instrument: 0, value: 2, sharesBefore: 10, sharesAfter: 20, time: day(1) } as never;
    const [lot] = lots(
      [
        [0, 10, 100],
        [2, -20, 55],
      ],
      { movements: [split] },
    );
    expect(lot).toMatchObject({ quantity: 20, openPrice: 50 });
    expect(lot?.profit).toBeCloseTo(100 - 2, 10);
  });

  it('delisted shares leave no lot', () => {
    const gone = {
      type: 'delisted',
      instrument: 0,
      value: 90,
      sharesBefore: 10,
      sharesAfter: 0,
      time: day(1),
    } as never;
    expect(lots([[0, 10, 100]], { movements: [gone] })).toEqual([]);
  });
});

describe('the wash-sale flag', () => {
  const loss = [
    [0, 10, 100],
    [5, -10, 90],
  ] as const;

  it('stands on a loss with another purchase within 30 days after, and not at 31', () => {
    expect(lots([...loss, [35, 10, 95]])[0]?.washSale).toBe(true);
    expect(lots([...loss, [36, 10, 95]])[0]?.washSale).toBe(false);
  });

  it('stands on a loss with another purchase within 30 days before, and not at 31', () => {
    const before = (days: number) =>
      lots([
        [5 - days, 10, 100],
        [0, 10, 100],
        [5, -20, 90],
      ]).map((lot) => lot.washSale);
    expect(before(30)).toEqual([true, true]);
    expect(before(31)).toEqual([true, false]);
  });

  it('never on a gain, nor for the lot itself, nor for a short sale after a long loss', () => {
    expect(lots(loss)[0]?.washSale).toBe(false);
    expect(lots([...loss, [6, -10, 95]])[0]?.washSale).toBe(false);
    expect(
      lots([
        [0, 10, 100],
        [5, -10, 110],
        [6, 10, 95],
      ])[0]?.washSale,
    ).toBe(false);
  });
});

it('the lots of a run add up to its closed round trips', () => {
  const run = backtest(handMade());
  expect(lotsOf(run).map(({ profit }) => profit)).toEqual(run.trades.map(({ profit }) => expect.closeTo(profit, 10)));
});
