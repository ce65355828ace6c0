import { ConfigError } from '@tradekit/core';
import { describe, expect, it } from 'vitest';
import { correlationsOf } from '../../src/correlation.js';
import { fixedQuantity, maxCluster, maxCorrelation, riskManager } from '../../src/index.js';
import { contextOf, entry, type Line, wishFor } from '../context.js';

/** Twenty returns in the pattern, one percent each: patterns of different rows of a Hadamard matrix are not correlated at all. */
const pattern = (signs: readonly number[]): readonly number[] =>
  Array.from({ length: 20 }, (_, k) => 0.01 * (signs[k % 4] ?? 0));
const p = pattern([1, -1, 1, -1]);
const q = pattern([1, 1, -1, -1]);
/** (p + q) / 2 has correlation 1/√2 with each. */
const mixed = p.map((x, k) => (x + (q[k] ?? 0)) / 2);
const minus = p.map((x) => -x);

const line = (returns: readonly number[], more: Line = {}): Line => ({ returns, ...more });

describe('correlations of session returns', () => {
  it('are shrunk by half to the mean of the sector: pairs 1, 0, 0 have the mean 1/3', () => {
    const known = correlationsOf(contextOf([line(p), line(p), line(q)]));
    expect(known.correlation(0, 1)).toBeCloseTo(2 / 3, 12); // ½ · 1 + ½ · ⅓
    expect(known.correlation(0, 2)).toBeCloseTo(1 / 6, 12);
    expect(known.correlation(1, 1)).toBe(1);
  });

  it('are shrunk across sectors to the mean between the two', () => {
    const sectors = [line(p), line(p), line(minus, { sector: 'B' }), line(q, { sector: 'B' })];
    const known = correlationsOf(contextOf(sectors));
    expect(known.correlation(0, 1)).toBeCloseTo(1, 12); // the only pair of A
    expect(known.correlation(0, 2)).toBeCloseTo(-0.75, 12); // ½ · −1 + ½ · −½
    expect(known.correlation(0, 3)).toBeCloseTo(-0.25, 12);
  });

  it('take only sessions that both have: with holes the pair is the same', () => {
    const holed = [...p, ...p].map((x, k) => (k % 8 === 7 ? Number.NaN : x));
    const known = correlationsOf(contextOf([line([...p, ...p]), line(holed)]));
    expect(known.correlation(0, 1)).toBeCloseTo(1, 12);
  });

  it('are not known below 20 sessions in common, and not made up', () => {
    const short = p.map((x, k) => (k === 3 ? Number.NaN : x));
    const known = correlationsOf(contextOf([line(p), line(short), line(q)]));
    expect(known.correlation(0, 1)).toBeNaN();
    expect(known.volatility(1)).toBeNaN();
    expect(known.correlation(0, 2)).toBeCloseTo(0, 12);
  });

  it('know the deviation of 1 % steps: √(20/19) %', () => {
    expect(correlationsOf(contextOf([line(p)])).volatility(0)).toBeCloseTo(0.01 * Math.sqrt(20 / 19), 12);
  });

  it('say 0 of an instrument that never moves', () => {
    const still = Array.from({ length: 20 }, () => 0);
    expect(correlationsOf(contextOf([line(p), line(still)])).correlation(0, 1)).toBe(0);
  });

  it('come to the same, to the bit, whether sessions came one by one or all at once', () => {
    const noise = (seed: number) =>
      Array.from(
        { length: 300 },
        (_, k) => Math.sin(seed * 7.3 + k * k * 0.37) * (k % 50 === seed ? Number.NaN : 0.03),
      );
    const all = [noise(1), noise(2), noise(3)];
    let closed = 0;
    const growing = {
      ...contextOf([{}, {}, {}]),
      get sessionsClosed() {
        return closed;
      },
      sessionReturn: (i: number, ago: number) => all[i]?.[closed - ago] ?? Number.NaN,
    };
    for (closed = 1; closed < 300; closed += closed % 7 === 0 ? 3 : 1) correlationsOf(growing);
    closed = 300;
    const stepped = correlationsOf(growing);
    const fresh = correlationsOf({ ...growing, sessionsClosed: 300 });
    for (const [i, j] of [
      [0, 1],
      [0, 2],
      [1, 2],
    ] as const)
      expect(stepped.correlation(i, j)).toBe(fresh.correlation(i, j));
    expect(stepped.volatility(1)).toBe(fresh.volatility(1));
  });
});

describe('maxCorrelation: 35 % of 100,000 is 350 shares at ρ = 1', () => {
  const rule = maxCorrelation({ limitFraction: 0.35 });
  const risk = riskManager({ sizer: fixedQuantity(1), rules: [rule] });
  const ask = (quantity: number, lines: readonly Line[]) => {
    const verdict = risk.approve(entry(0, quantity), contextOf(lines));
    return verdict.kind === 'allow' ? verdict.quantity : verdict.rule;
  };

  it.each([
    [349, 349],
    [350, 350],
    [351, 350],
  ])('the addition itself counts: %d come to %d', (asked, allowed) => expect(ask(asked, [line(p)])).toBe(allowed));

  it('what is held counts by its correlation: 200 × 1 leave 150, 200 × 0 leave 350, 200 × −1 leave 550', () => {
    expect(ask(600, [line(p), line(p, { held: 200 })])).toBe(150);
    expect(ask(600, [line(p), line(q, { held: 200 })])).toBe(350);
    expect(ask(600, [line(p), line(minus, { held: 200 })])).toBe(550);
  });

  it('shorts count with their sign: short 200 of the same makes room for a long and takes it from a short', () => {
    expect(ask(600, [line(p), line(p, { held: -200 })])).toBe(550);
    expect(ask(-600, [line(p), line(p, { held: -200 })])).toBe(150);
  });

  it('open orders count where they make it worse, and hedge nothing', () => {
    expect(ask(600, [line(p), line(p, { openBuys: 200, openSells: 300 })])).toBe(150);
    expect(ask(600, [line(p), line(minus, { openBuys: 200, openSells: 100 })])).toBe(250);
  });

  it('what is not known counts as going along entirely', () => {
    expect(ask(600, [line(p), { held: 200 }])).toBe(150);
    expect(ask(600, [line(p), { held: -200 }])).toBe(150);
  });

  it('refuses where nothing is left, with what it measured', () => {
    const verdict = risk.approve(entry(0, 10), contextOf([line(p), line(p, { held: 350 })]));
    expect(verdict).toMatchObject({ kind: 'refused', rule: 'max-correlation', limit: 0.35 });
    expect(verdict.kind === 'refused' && verdict.measured).toBeCloseTo(0.36, 12);
  });

  it('cuts what goes along in a slice pro rata, and leaves alone what does not', () => {
    const quantities = risk
      .plan(
        [wishFor(0, 300), wishFor(1, 400), wishFor(2, 100)],
        contextOf([line(p), line(p), line(q, { sector: 'B' })]),
      )
      .map((verdict) => verdict.kind === 'allow' && verdict.quantity);
    // ρ(0, 1) = 1, others 0: 700 wanted together, 350 fit.
    expect(quantities).toEqual([150, 200, 100]);
  });

  it('one for which there is no room holds up nobody else', () => {
    const lines = [line(p), line(q, { sector: 'B' }), line(p, { held: 350 })];
    const verdicts = risk.plan([wishFor(0, 100), wishFor(1, 100)], contextOf(lines));
    expect(verdicts.map(({ kind }) => kind)).toEqual(['refused', 'allow']);
  });

  it('a reversal does not hedge with what it closes', () => {
    const lines = [line(p), line(p, { held: -200 })];
    const quantities = risk
      .plan([wishFor(0, 350), wishFor(1, 350, { held: -200 })], contextOf(lines))
      .map((verdict) => verdict.kind === 'allow' && verdict.quantity);
    expect(quantities).toEqual([175, 175]);
  });
});

describe('maxCluster: names above ρ 0.7 together 10 %, 100 shares', () => {
  const risk = riskManager({ sizer: fixedQuantity(1), rules: [maxCluster({ limitFraction: 0.1 })] });
  const ask = (quantity: number, lines: readonly Line[]) => {
    const verdict = risk.approve(entry(0, quantity), contextOf(lines));
    return verdict.kind === 'allow' ? verdict.quantity : verdict.rule;
  };

  it.each([
    [39, 39],
    [40, 40],
    [41, 40],
  ])('60 held of the same: %d come to %d', (asked, allowed) =>
    expect(ask(asked, [line(p), line(p, { held: 60 })])).toBe(allowed),
  );

  it('another name is another cluster', () => {
    expect(ask(100, [line(p), line(q, { held: 60 })])).toBe(100);
  });

  it('joins through others: p with the mixture with q, where p and q have nothing in common', () => {
    const lines = [line(p), line(mixed, { sector: 'B' }), line(q, { sector: 'C', held: 60 })];
    expect(ask(100, lines)).toBe(40); // 0.7071 and 0.7071
    const strict = riskManager({
      sizer: fixedQuantity(1),
      rules: [maxCluster({ limitFraction: 0.1, correlation: 0.71 })],
    });
    expect(strict.approve(entry(0, 100), contextOf(lines))).toEqual({ kind: 'allow', quantity: 100 });
  });

  it('takes names of which too little is known for one', () => {
    expect(ask(100, [{}, { held: 60 }])).toBe(40);
    expect(risk.approve(entry(0, 1), contextOf([{ id: 'KO' }, { held: 100 }]))).toMatchObject({
      reason: expect.stringContaining('the cluster of "KO" would be 10.1 % of equity, the limit is 10 %'),
    });
  });
});

it.each([
  [() => maxCorrelation({ limitFraction: 35 }), '35 % is written 0.35'],
  [() => maxCluster({ limitFraction: 10 }), '10 % is written 0.1'],
  [() => maxCluster({ limitFraction: 0.1, correlation: 70 }), '70 % is written 0.7'],
  [() => maxCluster({ limitFraction: 0.1, correlation: 0 }), 'above 0'],
])('does not take what cannot be meant', (make, hint) => {
  expect(make).toThrow(ConfigError);
  expect(make).toThrow(hint);
});
