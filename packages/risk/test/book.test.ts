/** The book that rules reckon with, and what a plan has granted on top of it. Numbers by hand. */
import { type InstrumentIndex, RiskError, type StrategyIndex } from '@tradekit/core';
import { describe, expect, it, test } from 'vitest';
import { addedValue, additionValue, bookOf, leansAway } from '../src/book.js';
import { counting, engineContext } from '../src/granted.js';
import { type Addition, fixedQuantity, pass, type RiskRule, riskManager } from '../src/index.js';
import { belowOneLot, exposureAtMost, passing, RuleInUse, RulesInUse } from '../src/rulings.js';
import { contextOf, type Line, unsized } from './context.js';

const at = (instrument: number) => instrument as InstrumentIndex;
function adding(instrument: number, shares: number, worstPrice = 100): Addition {
  return {
    strategy: 0 as StrategyIndex,
    instrument: at(instrument),
    direction: shares > 0 ? 1 : -1,
    quantity: Math.abs(shares),
    worstPrice,
    stopPrice: Number.NaN,
    strength: 0,
  };
}

describe('the book at 100 dollars: buys may cost 101, what is sold short is marked at 100', () => {
  // held, open buys, open sells → long, short, value, buys, sells, gross, lean to the long side, to the short side
  test.each<readonly [Line, readonly number[]]>([
    [{ held: 10 }, [1000, 0, 1000, 0, 0, 1000, 1000, -1000]],
    [{ held: -10 }, [0, 1000, -1000, 0, 0, 1000, -1000, 1000]],
    [{ openBuys: 5 }, [505, 0, 0, 505, 0, 505, 505, 0]],
    [{ openSells: 5 }, [0, 500, 0, 0, 500, 500, 0, 500]],
    [{ openBuys: 5, openSells: 8 }, [505, 800, 0, 505, 800, 800, 505, 800]],
    [{ held: 10, openBuys: 5, openSells: 20 }, [1505, 1000, 1000, 505, 2000, 1505, 1505, 1000]],
    [{ held: 10, openBuys: 5, openSells: 4 }, [1505, 0, 1000, 505, 400, 1505, 1505, -600]],
    [{ held: 10, openSells: 10 }, [1000, 0, 1000, 0, 1000, 1000, 1000, 0]],
    [{ held: -10, openBuys: 4, openSells: 6 }, [0, 1600, -1000, 404, 600, 1600, -600, 1600]],
    [{ held: -10, openBuys: 15 }, [505, 1000, -1000, 1515, 0, 1000, 505, 1000]],
    [{ held: -10, openBuys: 10 }, [0, 1000, -1000, 1010, 0, 1000, 0, 1000]],
    [{}, [0, 0, 0, 0, 0, 0, 0, 0]],
  ])('%o', (line, expected) => {
    const book = bookOf(contextOf([line], { collarBps: 100 }));
    const { long, short, value, buys, sells, gross, leanLong, leanShort } = book;
    const columns = [long, short, value, buys, sells].map(([first = Number.NaN]) => first);
    // + 0: a zero has no side
    expect([...columns, gross, leanLong, leanShort].map((dollars) => dollars + 0)).toEqual(expected);
    expect([...book.isTaken]).toEqual([Object.keys(line).length > 0 ? 1 : 0]);
  });

  it('adds up over instruments', () => {
    const { gross, leanLong, leanShort } = bookOf(contextOf([{ held: 10 }, { held: -30 }, { openBuys: 5 }, {}]));
    expect([gross, leanLong, leanShort]).toEqual([4500, 1000 - 3000 + 500, -1000 + 3000]);
  });

  it('is kept while nothing changes, and forgets what has been closed when it does', () => {
    let [changes, held] = [1, 10];
    const context = {
      ...contextOf([{}, {}]),
      get changes() {
        return changes;
      },
      held: (instrument: number) => (instrument === 0 ? held : 2),
    };
    expect(bookOf(context).gross).toBe(1200);
    held = 0;
    expect(bookOf(context).gross).toBe(1200);
    changes = 2;
    const { long, short, value, isTaken, gross } = bookOf(context);
    expect([gross, [...long], [...short], [...value], [...isTaken]]).toEqual([200, [0, 200], [0, 0], [0, 200], [0, 1]]);
  });

  it('reckons only what has changed', () => {
    let changes = 1;
    const held = [10, 2];
    const asked: number[] = [];
    const context = {
      ...contextOf([{}, {}]),
      get changes() {
        return changes;
      },
      changedSince: (count: number) => (count === 1 ? [at(1)] : undefined),
      held: (instrument: number) => {
        asked.push(instrument);
        return held[instrument] ?? 0;
      },
    };
    expect([bookOf(context).gross, bookOf(context).leanLong, bookOf(context).leanShort]).toEqual([1200, 1200, -1200]);
    held[1] = 5;
    changes = 2;
    expect([bookOf(context).gross, bookOf(context).leanLong, bookOf(context).leanShort]).toEqual([1500, 1500, -1500]);
    expect(asked).toEqual([0, 1, 1]);
  });
});

describe('what leans away from a side is closed before it opens', () => {
  test.each<readonly [direction: 1 | -1, Line, dollars: number]>([
    [1, { held: -10, openBuys: 4 }, 600],
    [1, { held: -10, openBuys: 10 }, 0],
    [1, { held: -10, openBuys: 12 }, 0],
    [1, { held: -10, openSells: 3 }, 1000],
    [1, { held: 10 }, 0],
    [1, {}, 0],
    [-1, { held: 10, openSells: 4 }, 600],
    [-1, { held: 10, openBuys: 3 }, 1000],
    [-1, { held: -10 }, 0],
  ])('to side %d with %o: %d dollars', (direction, line, dollars) => {
    expect(leansAway(direction, at(0), contextOf([line]))).toBe(dollars);
  });
});

it('a buy is worth its worst price, a sale the mark or its limit, whichever is higher', () => {
  const context = contextOf([{}, {}]);
  const additions = [adding(0, 2, 101), adding(0, 2, 99), adding(1, -2, 99), adding(1, -2, 105)];
  expect(additions.map((addition) => additionValue(addition, context))).toEqual([202, 198, 200, 210]);
  expect(addedValue(additions, context)).toBe(810);
  expect(addedValue([], context)).toBe(0);
});

describe('a context that counts what a plan has granted', () => {
  const context = contextOf([{ held: 10, openBuys: 1, openSells: 2 }, {}], {
    reservedCash: 50,
    perOrder: 1,
    perShare: 0.5,
    time: 1000,
    entries: [900],
  });
  const counted = counting(context, [adding(0, 3, 101), adding(1, -4), adding(1, 5), adding(0, 6)]);

  it('counts granted shares as working, each on its side of its instrument', () => {
    expect([counted.openBuys(at(0)), counted.openBuys(at(1))]).toEqual([10, 5]);
    expect([counted.openSells(at(0)), counted.openSells(at(1))]).toEqual([2, 4]);
    expect(counted.held(at(0))).toBe(10);
  });

  it('reserves cash for buys alone, with their commissions: 50 + 303 + 2.5 + 500 + 3.5 + 600 + 4', () => {
    expect(counted.reservedCash).toBe(1463);
  });

  it('adds to the most that there may be: four positions and 1,803 dollars', () => {
    expect(counted.positionsAtMost).toBe(context.positionsAtMost + 4);
    expect(counted.exposureAtMost).toBe(context.exposureAtMost + 303 + 400 + 500 + 600);
  });

  it('counts them as sent now', () => {
    expect([counted.entriesSince(900 as never), counted.entriesSince(1000 as never)]).toEqual([5, 4]);
    expect(counted.entriesSince(1001 as never)).toBe(0);
  });

  it('stands on the context of the engine, however deep', () => {
    expect(engineContext(counting(counted, []))).toBe(context);
    expect(engineContext(context)).toBe(context);
  });
});

describe('a rule in use', () => {
  const context = contextOf([{ held: 100 }]);

  it('is not asked up to its exposure, and always without one', () => {
    const rule = (name: string, passesUpTo?: number): RiskRule => ({
      name,
      check: () => [pass],
      ...(passesUpTo === undefined ? {} : { passesUpTo }),
    });
    const rules = new RulesInUse([rule('a', 0.5), rule('always'), rule('b', 0.25), rule('c', 0.5)]);
    const asked = (exposure: number): string =>
      rules
        .at(exposure)
        .map(({ name }) => name)
        .join(' ');
    expect([0, 0.25].map(asked)).toEqual(['always', 'always']);
    expect([0.2501, 0.5].map(asked)).toEqual(['always b', 'always b']);
    expect([0.5001, Number.NaN].map(asked)).toEqual(['a always b c', 'a always b c']);
    expect(new RulesInUse([rule('always')]).at(0)).toHaveLength(1);
  });

  it('must give one ruling each', () => {
    const none = new RuleInUse({ name: 'short', check: () => [] });
    expect(() => none.rulingsOf([adding(0, 1)], context)).toThrow(
      expect.objectContaining({
        code: 'RISK_RULINGS',
        message: 'risk rule "short" gave 0 rulings for 1 additions; give one each, in their order',
        context: { rule: 'short' },
      }),
    );
    expect(none.rulingsOf([], context)).toEqual([]);
  });

  it('lets pass no more than was asked, and nothing for what is no number or below 0', () => {
    const cut = (quantity: number) => ({ kind: 'cut', quantity, measured: 2, limit: 1, reason: 'why' }) as const;
    expect([4, 5, 6, 0, -1, Number.NaN].map((quantity) => passing(5, cut(quantity)))).toEqual([4, 5, 5, 0, 0, 0]);
    expect(passing(5, pass)).toBe(5);
    expect(belowOneLot('r', cut(0.123456), 5, 1)).toEqual({
      kind: 'refused',
      rule: 'r',
      measured: 2,
      limit: 1,
      reason: 'why; 0.1235 of 5 shares would pass, less than one lot of 1',
    });
  });

  it('the account comes to 10,000 held and 500 added of 100,000', () => {
    expect(exposureAtMost([adding(0, 5)], context)).toBe(0.105);
  });
});

describe('what the manager itself refuses', () => {
  const plan = (line: Line, equity = 100_000, size: number = 1) =>
    riskManager({ sizer: { name: 'own', needs: 'luck', size: () => size }, rules: [] }).plan(
      [unsized(0, 1)],
      contextOf([line], { equity }),
    )[0];

  it('says what was measured and what would pass', () => {
    expect(plan({ price: 0 })).toEqual({
      kind: 'refused',
      rule: 'no-price',
      measured: 0,
      limit: 0,
      reason: 'the last mark is 0; a price above 0 would pass',
    });
    expect(plan({}, -5)).toEqual({
      kind: 'refused',
      rule: 'no-equity',
      measured: -5,
      limit: 0,
      reason: 'the equity is -5; an equity above 0 would pass',
    });
    expect(plan({}, Number.POSITIVE_INFINITY)).toMatchObject({ rule: 'no-equity' });
    expect(plan({}, 100_000, -1)).toEqual({
      kind: 'refused',
      rule: 'no-size',
      measured: -1,
      limit: 0,
      reason: 'the size is -1 shares; a finite number, 0 or more, would pass; sizer "own" needs luck',
    });
    expect(plan({}, 100_000, 0)).toMatchObject({ rule: 'below-one-lot', measured: 0, limit: 1 });
  });

  it('a sizer that does not answer for every wish is named', () => {
    const sizer = { name: 'short', sizes: () => [] };
    const run = () => riskManager({ sizer, rules: [] }).plan([unsized(0, 1)], contextOf([{}]));
    expect(run).toThrow(RiskError);
    expect(run).toThrow(
      expect.objectContaining({
        code: 'RISK_SIZES',
        message: 'sizer "short" gave 0 sizes for 1 wishes; give one each, in their order',
        context: { sizer: 'short' },
      }),
    );
  });

  it('a wish to be flat needs neither a price nor a sizer', () => {
    const wish = unsized(0, 1);
    const flat = { ...wish, signal: { ...wish.signal, direction: 0 as const } };
    const manager = riskManager({ sizer: fixedQuantity(9), rules: [] });
    expect(manager.plan([flat], contextOf([{ price: Number.NaN }]))).toEqual([{ kind: 'allow', quantity: 0 }]);
  });
});
