/** Rules 4.1 to 4.5: books and account, one direction, the ledger's only movers, deposits, corporate actions. */
import {
  type FeatureHandle,
  type FeatureUnit,
  type InstrumentIndex,
  type RiskManager,
  stock,
  universe,
} from '@tradekit/core';
import { describe, expect, test } from 'vitest';
import {
  brief,
  FLAT,
  GUARDED,
  guarded,
  holding,
  hundred,
  LONG,
  type Rig,
  repeated,
  requests,
  rig,
  SHORT,
} from './kit.js';

const A = 0 as InstrumentIndex;
const two = { strategies: [{}, {}] };
const book = (r: Rig, strategy: number) => r.engine.account.book(strategy as never);
const split = (r: Rig, ratio: number, cashInLieu = 10) =>
  r.take({ kind: 'corporate-action', instrument: A, action: { type: 'split', ratio, cashInLieu } });

describe('4.1 every strategy has its own book, and books add up to the account', () => {
  test('4.1 two books in one instrument: 100 bought at 10 and 100 at 11, 100 of the first sold at 12', () => {
    const r = rig({ ...two });
    r.slice([10], LONG);
    r.fill(1, 100, 10);
    r.slice([11], [], LONG);
    r.fill(2, 100, 11);
    r.slice([12], FLAT);
    r.fill(3, 100, 12);
    expect([r.held(0, 0), r.held(0, 1), r.engine.account.position(A)]).toEqual([0, 100, 100]);
    expect([book(r, 0).realised, book(r, 1).realised]).toEqual([200, 0]);
    expect([book(r, 0).cash, book(r, 1).cash]).toEqual([200, -1100]);
    expect(r.stance(0, 1).entryPrice).toBe(11);
    expect(r.engine.account.cash).toBe(1_000_000 + 200 - 1100);
    expect(r.engine.account.unallocatedCash).toBe(1_000_000);
  });

  test('4.1 nothing is netted: one book buys 100 and the other sells its 100, two orders', () => {
    const r = rig({ ...two });
    r.slice([10], LONG);
    r.fill(1, 100, 10);
    expect(requests(r.slice([10], FLAT, LONG)).map(({ strategy, side }) => [strategy, side])).toEqual([
      [0, 'sell'],
      [1, 'buy'],
    ]);
  });

  test('4.1 the stop of one book sells nothing of the other', () => {
    const r = rig({ ...two });
    r.slice([10], GUARDED, LONG);
    r.fill(1, 100, 10);
    r.fill(4, 100, 10);
    r.fill(2, 100, 9);
    r.update(3, 'canceled');
    expect([r.held(0, 0), r.held(0, 1)]).toEqual([0, 100]);
    expect([r.stance(0, 0).status, r.stance(0, 1).status]).toEqual(['ended', 'standing']);
  });
});

describe('4.2 weights, and one direction for one instrument', () => {
  test('4.2 the sizing budget is the share of equity', () => {
    const budgets: number[] = [];
    const risk: RiskManager = {
      ...hundred,
      plan(wishes, context) {
        for (const { budget } of wishes) budgets.push(budget);
        return hundred.plan(wishes, context);
      },
    };
    const r = rig({ strategies: [{ weight: 0.25 }, { weight: 0.5 }], risk });
    r.slice([10], LONG, LONG);
    expect(budgets).toEqual([250_000, 500_000]);
  });

  test('4.2 weights above 1 together are refused', () => {
    expect(() => rig({ strategies: [{ weight: 0.6 }, { weight: 0.5 }] })).toThrow('add up to 1.1');
  });

  test('4.2 an opening wish against the position of another book is refused', () => {
    const r = rig({ ...two });
    r.slice([10], LONG);
    r.fill(1, 100, 10);
    expect(brief(r.slice([10], [], SHORT))).toEqual([]);
    expect(r.decisions().filter(({ kind }) => kind === 'refused')).toMatchObject([
      { strategy: 1, rule: 'one-direction' },
    ]);
    expect(r.stance(0, 1)).toMatchObject({ direction: -1, status: 'refused', target: 0 });
  });

  test('4.2 an opening wish against an entry of another book that is not filled yet is refused as well', () => {
    const r = rig({ ...two });
    r.slice([10], LONG);
    expect(brief(r.slice([10], [], SHORT))).toEqual([]);
    expect(r.stance(0, 1).status).toBe('refused');
  });

  test('4.2 opposite wishes in the same slice: one of them opens', () => {
    const r = rig({ ...two });
    const sent = requests(r.slice([10], LONG, SHORT));
    expect(sent).toHaveLength(1);
    expect([r.stance(0, 0).status, r.stance(0, 1).status].sort()).toEqual(['refused', 'standing']);
  });

  test('4.2 while the other book is closing, its position counts: refused, then allowed when it is gone', () => {
    const r = rig({ ...two, retryRefused: 'every-slice' });
    r.slice([10], LONG);
    r.fill(1, 100, 10);
    expect(brief(r.slice([10], FLAT, SHORT))).toEqual(['exit sell 100']);
    r.fill(2, 100, 10);
    expect(brief(r.slice([10]))).toEqual(['entry sell 100']);
  });
});

describe('4.3 only fills, corrections, corporate actions and adjustments change the ledger', () => {
  const account = (r: Rig, cash: number, shares: number) =>
    r.take({ kind: 'account', cash, equity: cash, buyingPower: cash, positions: [shares] });

  test('4.3 an account that agrees changes nothing', () => {
    const r = holding();
    account(r, 999_000, 100);
    expect(r.engine.account.state).toBe('active');
  });

  test.each([
    ['cash by two cents', 999_000.02, 100],
    ['a position by one share', 999_000, 101],
  ])('4.3 %s beyond tolerance: reduce-only, and nothing is adopted', (_, cash, shares) => {
    const r = holding();
    account(r, cash, shares);
    expect(r.engine.account.state).toBe('reduce-only');
    expect([r.engine.account.cash, r.held()]).toEqual([999_000, 100]);
    expect(brief(r.slice([10], SHORT))).toEqual(['exit sell 100']);
  });

  test('4.3 a tolerance of a dollar lets two cents pass', () => {
    const r = holding({ accountTolerance: 1 });
    account(r, 999_000.02, 100);
    expect(r.engine.account.state).toBe('active');
  });

  test('4.3 a cash that is no number is no agreement', () => {
    const r = holding();
    account(r, Number.NaN, 100);
    expect(r.engine.account.state).toBe('reduce-only');
  });

  test('4.3 reduce-only cancels what has not opened yet', () => {
    const r = rig();
    r.slice([10], LONG);
    expect(brief(account(r, 5, 0))).toEqual(['cancel 1']);
  });

  test('4.3 a corrected price: 100 at 10 become 100 at 10.50', () => {
    const r = holding();
    r.take({ kind: 'fill-corrected', executionId: 'e1', order: 1 as never, quantity: 100, price: 10.5, commission: 1 });
    expect(r.engine.account.cash).toBe(1_000_000 - 1050 - 1);
    expect(r.stance()).toMatchObject({ held: 100, entryPrice: 10.5, target: 100, status: 'standing' });
  });

  test('4.3 a correction that comes before its fill is the truth, and the fill changes nothing any more', () => {
    const r = rig();
    r.slice([10], LONG);
    r.take({ kind: 'fill-corrected', executionId: 'x', order: 1 as never, quantity: 100, price: 10.5, commission: 0 });
    r.fill(1, 100, 10, 'x');
    expect([r.held(), r.engine.account.cash]).toEqual([100, 998_950]);
  });

  test('4.3 a part of an entry taken back: the stance keeps what is left', () => {
    const r = holding();
    r.take({ kind: 'fill-corrected', executionId: 'e1', order: 1 as never, quantity: 60, price: 10, commission: 0 });
    expect(r.stance()).toMatchObject({ held: 60, target: 60, status: 'standing' });
    expect(repeated(r, 100, LONG)).toEqual([]);
  });

  test('4.3 a fill taken back leaves the book as if it had never been: 100 at 10 and 100 at 12, the second taken back', () => {
    const r = rig({ risk: { ...hundred, plan: (w) => w.map(() => ({ kind: 'allow', quantity: 200 })) } });
    r.slice([10], LONG);
    r.fill(1, 100, 10, 'one');
    r.fill(1, 100, 12, 'two');
    r.take({ kind: 'fill-corrected', executionId: 'two', order: 1 as never, quantity: 0, price: 12, commission: 0 });
    expect(r.engine.account.cash).toBe(999_000);
    expect(book(r, 0).realised).toBe(0);
    expect(r.stance().entryPrice).toBe(10);
  });

  test('4.3 a protected entry of which 40 are taken back: the legs follow', () => {
    const r = guarded();
    const sent = r.take({
      kind: 'fill-corrected',
      executionId: 'e1',
      order: 1 as never,
      quantity: 60,
      price: 10,
      commission: 0,
    });
    expect(brief(sent)).toEqual(['replace 2: 60', 'replace 3: 60']);
  });

  test.each([
    ['fee', -5, 999_995],
    ['interest', 5, 1_000_005],
  ] as const)('4.3 a %s of the account belongs to no book', (type, cash, left) => {
    const r = rig();
    r.take({ kind: 'adjustment', type, cash, reason: 'test' });
    expect([r.engine.account.cash, r.engine.account.unallocatedCash]).toEqual([left, left]);
  });

  test('4.3 a dividend that the broker pays belongs to the book that holds the instrument', () => {
    const r = rig({ ...two });
    r.slice([10], [], LONG);
    r.fill(1, 100, 10);
    r.take({ kind: 'adjustment', type: 'dividend', cash: 50, instrument: A, reason: 'test' });
    expect([book(r, 0).cash, book(r, 1).cash]).toEqual([0, -950]);
  });

  test('4.3 shares that somebody else sold: the stance keeps what is left, its legs follow', () => {
    const r = guarded();
    const sent = r.take({
      kind: 'adjustment',
      type: 'adopted',
      cash: 400,
      instrument: A,
      quantity: -40,
      reason: 'foreign',
    });
    expect(brief(sent)).toEqual(['replace 2: 60', 'replace 3: 60']);
    expect(r.stance()).toMatchObject({ held: 60, target: 60, status: 'standing' });
    expect(r.engine.account.cash).toBe(999_400);
  });

  test('4.3 a fill of an order that is none of ours is a broken promise, not a position', () => {
    const r = rig();
    r.slice([10]);
    expect(() => r.fill(77, 100, 10)).toThrow('order 77');
  });
});

describe('4.4 returns use the flow-adjusted index', () => {
  test('4.4 a deposit and a withdrawal are no profit and no loss', () => {
    const r = holding();
    r.slice([11]);
    expect(r.engine.account.index).toBe(1_000_100 / 1_000_000);
    const index = r.engine.account.index;
    r.take({ kind: 'adjustment', type: 'deposit', cash: 500_000, reason: 'test' });
    r.slice([11]);
    expect(r.engine.account.equity).toBe(1_500_100);
    expect(r.engine.account.index).toBe(index);
    r.take({ kind: 'adjustment', type: 'withdrawal', cash: -700_000, reason: 'test' });
    r.slice([11]);
    expect(r.engine.account.equity).toBe(800_100);
    expect(r.engine.account.index).toBe(index);
  });

  test('4.4 a fee and a dividend are results', () => {
    const r = rig();
    r.take({ kind: 'adjustment', type: 'fee', cash: -1000, reason: 'test' });
    r.slice([10]);
    expect(r.engine.account.index).toBe(0.999);
  });

  test('4.4 the drawdown after a withdrawal counts losses alone: its peak is that of the index', () => {
    const r = rig();
    r.slice([10]);
    r.take({ kind: 'adjustment', type: 'withdrawal', cash: -500_000, reason: 'test' });
    r.slice([10]);
    expect([r.engine.account.index, r.engine.account.peakIndex]).toEqual([1, 1]);
  });
});

describe('4.5 corporate actions', () => {
  test('4.5 a split of 2 for 1 with a resting stop: books, stance and mark in new shares, legs ended and made again at half the price', () => {
    const r = guarded();
    expect(brief(split(r, 2))).toEqual(['cancel 2', 'cancel 3']);
    expect(r.stance()).toMatchObject({ held: 200, target: 200, entryPrice: 5, status: 'standing' });
    expect(r.engine.account.mark(A)).toBe(5);
    expect(brief(r.update(2, 'canceled'))).toEqual([]);
    const legs = requests(r.update(3, 'canceled'));
    expect(legs.map(({ role, side, quantity, pricing }) => [role, side, quantity, pricing])).toEqual([
      ['stop', 'sell', 200, { type: 'stop', stopPrice: 4.5 }],
      ['target', 'sell', 200, { type: 'limit', limitPrice: 6 }],
    ]);
    r.slice([5]);
    expect(r.engine.account.equity).toBe(1_000_000);
    expect(repeated(r, 50, [], 5)).toEqual([]);
  });

  test('4.5 an entry that rests over a split is ended and made again in new shares', () => {
    const r = rig();
    r.slice([10], LONG);
    expect(brief(split(r, 2))).toEqual(['cancel 1']);
    expect(brief(r.update(1, 'canceled'))).toEqual(['entry buy 200']);
    r.fill(2, 200, 5);
    expect(repeated(r, 50, LONG, 5)).toEqual([]);
  });

  test('4.5 an exit that rests over a split is ended and made again in new shares', () => {
    const r = holding();
    r.slice([10], FLAT);
    expect(brief(split(r, 2))).toEqual(['cancel 2']);
    expect(brief(r.update(2, 'canceled'))).toEqual(['exit sell 200']);
  });

  test('4.5 a bracket that rests over a split: the venue ends its legs with it, all is made again', () => {
    const r = rig();
    r.slice([10], GUARDED);
    expect(brief(split(r, 2))).toEqual(['cancel 1']);
    const sent = [...r.update(1, 'canceled'), ...r.update(2, 'canceled'), ...r.update(3, 'canceled')];
    expect(brief(sent)).toEqual(['bracket entry buy 200 + stop sell 200 + target sell 200']);
  });

  test('4.5 odd fractions come as cash in lieu: 3 for 2 on 101 shares are 151 and half a share at 6.60', () => {
    const r = rig({ risk: { ...hundred, plan: (w) => w.map(() => ({ kind: 'allow', quantity: 101 })) } });
    r.slice([10], LONG);
    r.fill(1, 101, 10);
    split(r, 1.5, 6.6);
    expect(r.stance()).toMatchObject({ held: 151, target: 151 });
    expect(r.engine.account.cash).toBeCloseTo(1_000_000 - 1010 + 3.3, 9);
    expect(repeated(r, 20, LONG, 7)).toEqual([]);
  });

  /** A feature that is the mean of the last three closes (or volumes), in a unit. */
  function meanOf(field: 'close' | 'volume', unit: FeatureUnit) {
    return {
      key: `${field} ${unit}`,
      unit,
      warmUpBars: 3,
      create: () => {
        const last: number[] = [];
        return {
          state: [],
          step(bars: { close: Float64Array; volume: Float64Array }, offset: number, out: Float64Array, base: number) {
            last.push(bars[field][offset] ?? Number.NaN);
            if (last.length > 3) last.shift();
            out[base] = last.length < 3 ? Number.NaN : last.reduce((sum, value) => sum + value, 0) / 3;
          },
        };
      },
    };
  }

  test('4.5 features of unit price and shares continue over a split, in the day’s own units; those without a unit do not jump', () => {
    const seen: number[][] = [];
    const handles: FeatureHandle[] = [];
    const r = rig({
      strategies: [
        {
          onSetup: (setup) => {
            handles.push(
              setup.feature(meanOf('close', 'price')),
              setup.feature(meanOf('volume', 'shares')),
              setup.feature({
                key: 'return',
                unit: 'none',
                warmUpBars: 2,
                create: () => {
                  let before = Number.NaN;
                  return {
                    state: [],
                    step({ close }, offset, out, base) {
                      out[base] = (close[offset] ?? Number.NaN) / before - 1;
                      before = close[offset] ?? Number.NaN;
                    },
                  };
                },
              }),
            );
          },
          generateSignals: (market) => {
            seen.push(handles.map((handle) => market.feature(handle, A)));
            return [];
          },
        },
      ],
    });
    // The rig's volume is the close. Closes 100, 102, 104, then 2 for 1: 53 is 106 in old units.
    for (const close of [100, 102, 104]) r.slice([close]);
    split(r, 2);
    r.slice([53]);
    expect(seen[2]).toEqual([102, 102, 104 / 102 - 1]);
    const mean = (102 + 104 + 106) / 3 / 2;
    // 53 new shares are 26.5 old ones: (102 + 104 + 26.5) / 3 old, twice as many new.
    expect(seen[3]).toEqual([mean, ((102 + 104 + 26.5) / 3) * 2, 106 / 104 - 1]);
  });

  test('4.5 a dividend of 0.50 pays each book for its shares, and charges a short one', () => {
    const r = rig({ ...two });
    r.slice([10], LONG, LONG);
    r.fill(1, 100, 10);
    r.take({ kind: 'corporate-action', instrument: A, action: { type: 'dividend', perShare: 0.5 } });
    expect([book(r, 0).cash, book(r, 1).cash]).toEqual([-950, 0]);
    const short = rig();
    short.slice([10], SHORT);
    short.fill(1, 100, 10);
    short.take({ kind: 'corporate-action', instrument: A, action: { type: 'dividend', perShare: 0.5 } });
    expect(short.engine.account.cash).toBe(1_000_000 + 1000 - 50);
  });

  test('4.5 a dividend leaves resting orders alone', () => {
    const r = guarded();
    expect(
      brief(r.take({ kind: 'corporate-action', instrument: A, action: { type: 'dividend', perShare: 0.5 } })),
    ).toEqual([]);
    expect(repeated(r, 10, GUARDED)).toEqual([]);
  });

  test('4.5 a delisting against 3 dollars a share: cash, no shares, no legs, no further order', () => {
    const r = guarded();
    const gone = r.take({ kind: 'corporate-action', instrument: A, action: { type: 'delisted', perShare: 3 } });
    expect(brief(gone)).toEqual(['cancel 2', 'cancel 3']);
    expect([r.held(), r.engine.account.cash, book(r, 0).realised]).toEqual([0, 999_300, -700]);
    expect(brief([...r.update(2, 'canceled'), ...r.update(3, 'canceled')])).toEqual([]);
    expect(repeated(r, 1000, LONG)).toEqual([]);
  });

  test('4.5 a split changes nothing in other instruments', () => {
    const r = rig({ universe: universe([stock('A'), stock('B')]), instruments: ['A', 'B'] });
    const B = 1 as InstrumentIndex;
    r.slice([10, 20], [{ direction: 1, instrument: B, stopPrice: 18 }]);
    r.fill(1, 100, 20);
    expect(brief(split(r, 2))).toEqual([]);
    expect(r.stance(1)).toMatchObject({ held: 100, entryPrice: 20 });
  });

  test('4.5 a split while the rest of a naked entry is being cancelled: the rest stays dropped', () => {
    const r = rig();
    r.slice([10], GUARDED);
    r.fill(1, 60, 10);
    expect(brief(r.slice([10]))).toEqual(['cancel 1']);
    split(r, 2);
    const sent = [...r.update(1, 'canceled', 60), ...r.update(2, 'canceled'), ...r.update(3, 'canceled')];
    expect(requests(sent).filter(({ role }) => role === 'entry')).toEqual([]);
    expect(r.stance()).toMatchObject({ held: 120, target: 120 });
  });
});
