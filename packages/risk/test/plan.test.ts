/** The order in which wishes are looked at, and sums that are made of them. Numbers by hand. */
import type { InstrumentIndex, StrategyIndex, Wish } from '@tradekit/core';
import { describe, expect, it } from 'vitest';
import {
  type Addition,
  fixedQuantity,
  maxTradeLoss,
  maxVolumeShare,
  pass,
  type RiskRule,
  realisedVolatility,
  refuse,
  riskManager,
  tallyKeeper,
} from '../src/index.js';
import { ranked } from '../src/rules/ranked.js';
import { heldBook } from '../src/sizing/held-book.js';
import { breachesOf, exposureUses } from '../src/stress/limits.js';
import { contextOf, entry, unsized, wishFor } from './context.js';

const of = (wish: Wish, strategy: number): Wish => ({ ...wish, strategy: strategy as StrategyIndex });
const adding = (instrument: number, shares: number, more: Partial<Addition> = {}): Addition => ({
  strategy: 0 as StrategyIndex,
  instrument: instrument as InstrumentIndex,
  direction: shares > 0 ? 1 : -1,
  quantity: Math.abs(shares),
  worstPrice: 100,
  stopPrice: Number.NaN,
  strength: 0,
  ...more,
});

describe('wishes are looked at by instrument, strategy, side and quantity, and answered in their own order', () => {
  it('by a sizer', () => {
    const seen: string[] = [];
    const sizer = {
      name: 'seeing',
      sizes: (wishes: readonly Wish[]) =>
        wishes.map(({ signal, strategy }) => seen.push(`${signal.instrument}/${strategy}/${signal.direction}`)),
    };
    const wishes = [
      of(unsized(1, 1), 0),
      of(unsized(0, 1), 1),
      of(unsized(0, -1), 1),
      of(unsized(0, 1), 0),
      of(unsized(2, 1), 0),
    ];
    const verdicts = riskManager({ sizer, rules: [] }).plan(wishes, contextOf([{}, {}, {}]));
    expect(seen).toEqual(['0/0/1', '0/1/-1', '0/1/1', '1/0/1', '2/0/1']);
    expect(verdicts.map((verdict) => verdict.kind === 'allow' && verdict.quantity)).toEqual([4, 3, -2, 1, 5]);
  });

  it('by a rule: of the same side the smaller first', () => {
    const seen: number[] = [];
    const rule: RiskRule = {
      name: 'seeing',
      check(additions) {
        seen.push(...additions.map(({ quantity }) => quantity));
        return additions.map(() => pass);
      },
    };
    const manager = riskManager({ sizer: fixedQuantity(1), rules: [rule] });
    manager.plan([wishFor(0, 5), wishFor(0, 3), unsized(0, 1)], contextOf([{}]));
    expect(seen).toEqual([1, 3, 5]);
  });

  it('a rule sees nothing of what the one before refused, and is not asked about nothing', () => {
    const seen: number[] = [];
    const none: RiskRule = { name: 'none', check: (all) => all.map(() => refuse(1, 0, 'no')) };
    const next: RiskRule = {
      name: 'next',
      check(additions) {
        seen.push(additions.length);
        return additions.map(() => pass);
      },
    };
    const manager = riskManager({ sizer: fixedQuantity(1), rules: [none, next] });
    expect(manager.plan([wishFor(0, 5)], contextOf([{}]))).toMatchObject([{ rule: 'none' }]);
    expect(seen).toEqual([]);
  });
});

it('where only so many may pass: the stronger, then the larger, then by id, then as they came', () => {
  const context = contextOf([{}, {}, {}]);
  const places = (...additions: readonly Addition[]) => ranked(additions, context);
  expect(places(adding(0, 9, { strength: 1 }), adding(1, 1, { strength: 2 }))).toEqual([1, 0]);
  expect(places(adding(0, 1), adding(1, 9))).toEqual([1, 0]);
  expect(places(adding(1, 5), adding(0, 5))).toEqual([1, 0]);
  expect(places(adding(2, 5), adding(2, 5), adding(1, 5))).toEqual([2, 0, 1]);
  expect([places(adding(0, 5)), places()]).toEqual([[0], []]);
});

it('what the account holds beside the books of the wishes: 10 − 4 and 5 shares at 100 of 100,000', () => {
  const context = contextOf([{ held: 10 }, { held: 5 }, {}, { held: -3 }]);
  expect(heldBook([wishFor(0, 9, { held: 4 }), wishFor(3, -5, { held: -3 })], context)).toEqual([
    { instrument: 0, weight: 0.006 },
    { instrument: 1, weight: 0.005 },
  ]);
});

it('a volume share counts the additions of the same side and instrument alone', () => {
  const rule = maxVolumeShare({ limitFraction: 0.5 });
  const lines = [{ averageVolume: 100, openBuys: 60 }, { averageVolume: 100 }];
  const additions = [adding(0, -40), adding(1, 30), adding(1, 20), adding(1, -10)];
  expect(rule.check(additions, contextOf(lines))).toEqual([pass, pass, pass, pass]);
  expect(rule.check([adding(0, 1)], contextOf(lines))).toMatchObject([{ quantity: 0, measured: 0.61 }]);
});

it('a short loses upwards on what is held, working and added: 50 × 5 + 30 × 6 + n × 6 = 1,000 gives 95', () => {
  const context = contextOf([{ held: -50, openSells: 30, openBuys: 7 }], { collarBps: 100 });
  const [ruling] = maxTradeLoss({ limitFraction: 0.01 }).check(
    [adding(0, -200, { worstPrice: 99, stopPrice: 105 })],
    context,
  );
  expect(ruling).toMatchObject({ kind: 'cut', quantity: 95, measured: 0.0163 });
});

it('a deviation takes the last return and leaves out what is missing: of 2 % and 0, √2 dollars', () => {
  const measure = realisedVolatility({ sessions: 3 });
  const dollars = (...returns: readonly number[]) => measure.dollars(0 as InstrumentIndex, contextOf([{ returns }]));
  expect(dollars(0.02, Number.NaN, 0)).toBeCloseTo(Math.SQRT2, 12);
  expect(dollars(0.02, Number.NaN)).toBeNaN();
});

describe('how much of its limits a book uses', () => {
  const position = (id: string, value: number, sector = 'X') => ({ id, sector, quantity: value, price: 1 });

  it('longs and shorts: 40, −30 and 0 of 100', () => {
    const positions = [position('A', 40), position('B', -30, 'Y'), position('C', 0, 'Z')];
    expect(exposureUses({ equity: 100, positions })).toEqual([
      { limit: 'maxPositionFraction', measured: 0.4, of: 'A' },
      { limit: 'maxSectorFraction', measured: 0.4, of: 'X' },
      { limit: 'maxGrossFraction', measured: 0.7 },
      { limit: 'maxNetFraction', measured: 0.1 },
      { limit: 'maxLeverage', measured: 0.7 },
      { limit: 'maxPositions', measured: 2 },
    ]);
  });

  it('of two that are as large the first is named, and of nothing none', () => {
    const [largest, sector] = exposureUses({ equity: 100, positions: [position('A', 5), position('B', -5, 'Y')] });
    expect([largest?.of, sector?.of]).toEqual(['A', 'X']);
    const [none, nowhere] = exposureUses({ equity: 100, positions: [position('A', 0)] });
    expect([none, nowhere]).toEqual([
      { limit: 'maxPositionFraction', measured: 0 },
      { limit: 'maxSectorFraction', measured: 0 },
    ]);
  });

  it('a leverage beyond its limit is a breach', () => {
    const uses = exposureUses({ equity: 10, positions: [position('A', 30)] });
    expect(breachesOf(uses, { maxLeverage: 2 })).toEqual([{ limit: 'maxLeverage', measured: 3, allowed: 2 }]);
  });
});

it('a tally names rules in the order of the alphabet, and keeps what a sizer needs', () => {
  const keeper = tallyKeeper();
  const no = (name: string): RiskRule => ({ name, check: (all) => all.map(() => refuse(1, 0, 'no')) });
  for (const name of ['b', 'c', 'a'])
    keeper
      .manager(riskManager({ sizer: fixedQuantity(1), rules: [keeper.rule(no(name))] }))
      .plan([wishFor(0, 1)], contextOf([{}]));
  expect(Object.entries(keeper.tally().cuts)).toEqual([
    ['a', 1],
    ['b', 1],
    ['c', 1],
  ]);
  const needing = { name: 'own', needs: 'luck', size: () => 1 };
  expect(keeper.sizer(needing)).toMatchObject({ name: 'own', needs: 'luck', features: [] });
  expect(keeper.sizer(fixedQuantity(1))).not.toHaveProperty('needs');
  expect(keeper.rule(no('d'))).not.toHaveProperty('limit');
});

describe('what rules are shown and what comes of their rulings', () => {
  const seeing = (seen: Addition[]): RiskRule => ({
    name: 'seeing',
    check: (additions) => {
      seen.push(...additions);
      return additions.map(() => pass);
    },
  });
  const planOf = (rules: readonly RiskRule[], wishes: readonly Wish[], lines = [{}, {}], account = {}) =>
    riskManager({ sizer: fixedQuantity(1), rules }).plan(wishes, contextOf(lines, account));

  it('is only what is added, at the worse price of its side', () => {
    const seen: Addition[] = [];
    planOf([seeing(seen)], [wishFor(0, 100, { held: 40 }), wishFor(1, -30)], [{ held: 40 }, {}], { collarBps: 100 });
    expect(seen).toMatchObject([
      { instrument: 0, direction: 1, quantity: 60, worstPrice: 101 },
      { instrument: 1, direction: -1, quantity: 30, worstPrice: 99 },
    ]);
  });

  it('no rule makes it more than was asked for', () => {
    const generous: RiskRule = {
      name: 'generous',
      check: (additions) =>
        additions.map(() => ({ kind: 'cut', quantity: 1000, measured: 1, limit: 1, reason: 'much' }) as const),
    };
    expect(planOf([generous], [wishFor(0, 100, { held: 40 })])).toEqual([{ kind: 'allow', quantity: 100 }]);
  });

  it('pro rata whatever the strengths', () => {
    const strong = wishFor(0, 100);
    const wishes = [{ ...strong, signal: { ...strong.signal, strength: 5 } }, wishFor(1, 100)];
    const half: RiskRule = {
      name: 'half',
      check: (additions) =>
        additions.map(
          ({ quantity }) =>
            ({ kind: 'cut', quantity: quantity / additions.length, measured: 1, limit: 1, reason: '' }) as const,
        ),
    };
    expect(planOf([half], wishes).map((verdict) => verdict.kind === 'allow' && verdict.quantity)).toEqual([50, 50]);
  });

  it('exactly one lot may be left, in a plan and in an approval, and the next rule sees what is left', () => {
    const seen: Addition[] = [];
    const lots: RiskRule = {
      name: 'lots',
      check: (additions) =>
        additions.map(() => ({ kind: 'cut', quantity: 1, measured: 1, limit: 1, reason: '' }) as const),
    };
    expect(planOf([lots, seeing(seen)], [wishFor(0, 100)])).toEqual([{ kind: 'allow', quantity: 1 }]);
    const manager = riskManager({ sizer: fixedQuantity(1), rules: [lots, seeing(seen)] });
    expect(manager.approve(entry(0, 100), contextOf([{}]))).toEqual({ kind: 'allow', quantity: 1 });
    expect(seen.map(({ quantity }) => quantity)).toEqual([1, 1]);
  });

  it('a size that is no number names what the sizer needs, unless the size is the strategy’s own', () => {
    const sizer = { name: 'blind', needs: 'a stop', sizes: (wishes: readonly Wish[]) => wishes.map(() => Number.NaN) };
    const { needs: _, ...plain } = sizer;
    const reasonOf = (by: typeof plain, wish: Wish): string => {
      const [verdict] = riskManager({ sizer: by, rules: [] }).plan([wish], contextOf([{}]));
      return verdict?.kind === 'refused' ? verdict.reason : '';
    };
    const text = 'the size is NaN shares; a finite number, 0 or more, would pass';
    expect(reasonOf(sizer, unsized(0, 1))).toBe(`${text}; sizer "blind" needs a stop`);
    expect(reasonOf(plain, unsized(0, 1))).toBe(text);
    expect(reasonOf(sizer, wishFor(0, Number.NaN))).toBe(text);
  });
});
