/** Limits that a command tightens while an engine runs: at once, for ever, and the same from its journal. Shares by hand. */
import {
  type Decision,
  type InstrumentIndex,
  type MarketView,
  noRisk,
  recover,
  replay,
  type Signal,
} from '@tradekit/core';
import { fixedQuantity, maxDrawdown, maxGross, maxPosition, riskManager } from '@tradekit/risk';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { brief, FLAT, LONG, type Rig, rig } from '../rules/kit.js';

const rules = [
  maxPosition({ limitFraction: 0.5 }),
  maxGross({ limitFraction: 0.8 }),
  maxDrawdown({ limitFraction: 0.2 }),
];
// What a lower limit does to what is held already is another story: see trim.test.ts.
const risk = riskManager({ sizer: fixedQuantity(100_000), rules, trimFactor: Number.POSITIVE_INFINITY });
/** 1,000,000 dollars at 10 a share and no collar: 50 % are 50,000 shares. */
const market = (): Rig => rig({ risk, instruments: ['A', 'B'], collarBps: 0 });

const tighten = (r: Rig, limits: Readonly<Record<string, number>>): readonly Decision[] => {
  r.take({ kind: 'command', command: 'tighten', limits, reason: 'nervous' });
  return r.decisions();
};
const inB = [{ instrument: 1 as never, direction: 1 as const }];

describe('a tighten command', () => {
  it('binds from the next wish on: 50,000 shares before, 20,000 after', () => {
    const r = market();
    expect(brief(r.slice([10, 10], LONG))).toEqual(['entry buy 50000']);
    expect(tighten(r, { 'max-position': 0.2 })).toEqual([
      { kind: 'limit', status: 'tightened', rule: 'max-position', asked: 0.2, limit: 0.2, reason: 'nervous' },
    ]);
    expect(brief(r.slice([10, 10], inB))).toEqual(['entry buy 20000']);
  });

  it('leaves what works and what is held alone', () => {
    const r = market();
    r.slice([10, 10], LONG);
    tighten(r, { 'max-position': 0.2, 'max-gross': 0.2 });
    expect(r.fill(1, 50_000, 10)).toEqual([]);
    expect(r.slice([10, 10])).toEqual([]);
    expect(r.held()).toBe(50_000);
  });

  it('of a loss that is there already halts at once', () => {
    const r = market();
    r.slice([10, 10], LONG);
    r.fill(1, 50_000, 10);
    r.slice([8, 10]); // 10 % below the peak
    expect(r.engine.account.state).toBe('active');
    tighten(r, { 'max-drawdown': 0.1 });
    expect(r.engine.account.state).toBe('halted');
    expect(r.decisions()).toContainEqual(expect.objectContaining({ kind: 'state', rule: 'max-drawdown', limit: 0.1 }));
  });

  it('that would loosen, names no rule or no number is refused by what holds; the others of it are taken', () => {
    const r = market();
    const decisions = tighten(r, {
      'max-gross': 0.9,
      'max-size': 0.1,
      'max-drawdown': Number.NaN,
      'max-position': 0.3,
    });
    expect(decisions).toMatchObject([
      { status: 'refused', rule: 'max-drawdown', asked: Number.NaN, limit: 0.2 },
      { status: 'refused', rule: 'max-gross', asked: 0.9, limit: 0.8 },
      { status: 'tightened', rule: 'max-position', limit: 0.3 },
      { status: 'refused', rule: 'max-size', asked: 0.1, limit: Number.NaN },
    ]);
    expect(decisions[1]).toMatchObject({
      reason: '"max-gross" is at 0.8 and cannot go to 0.9: a limit is only tightened, to less than 0.8',
    });
    expect(brief(r.slice([10, 10], LONG))).toEqual(['entry buy 30000']);
  });

  it('without a limit says so, and so does a risk manager that has none', () => {
    expect(tighten(market(), {})).toMatchObject([
      { status: 'refused', reason: 'a tighten command names at least one rule' },
    ]);
    const r = market();
    r.take({ kind: 'command', command: 'tighten', reason: 'nervous' });
    expect(r.decisions()).toMatchObject([{ status: 'refused' }]);
    expect(tighten(rig({ risk: noRisk }), { 'max-gross': 0.1 })).toMatchObject([
      { status: 'refused', reason: 'risk manager "none" has no limits that can be tightened while it runs' },
    ]);
  });
});

describe('from the journal', () => {
  /** A day with tightenings between its wishes. */
  function day(): Rig {
    const r = market();
    r.slice([10, 10], LONG);
    r.fill(1, 50_000, 10);
    tighten(r, { 'max-position': 0.3, 'max-gross': 2 });
    r.close();
    r.slice([10, 10]);
    tighten(r, { 'max-position': 0.1 });
    return r;
  }

  it('a replay decides the same', () => {
    // Long A on the first slice, long B on the second: a strategy that says so by itself, whoever drives the engine.
    const scripted = (): Rig => {
      const generateSignals = ({ slice }: MarketView): readonly Signal[] => [
        { instrument: Math.min(slice, 1) as InstrumentIndex, direction: 1, reason: 'test' },
      ];
      return rig({ risk, instruments: ['A', 'B'], collarBps: 0, strategies: [{ generateSignals }] });
    };
    const r = scripted();
    r.slice([10, 10]);
    tighten(r, { 'max-position': 0.3, 'max-gross': 2 });
    expect(brief(r.slice([10, 10]))).toEqual(['entry buy 30000']);
    expect(replay(r.journal.entries, scripted().engine)).toEqual([]);
  });

  it('a recovered engine has the tightened limits, after a session and a start too', () => {
    const r = market();
    recover(day().journal.entries, r.engine);
    r.take({ kind: 'started', reason: 'restart' });
    expect(brief(r.slice([10, 10], inB))).toEqual(['entry buy 10000']);
  });

  it('a config that is tighter by now, or has lost the rule, wins', () => {
    const recovered = (limitFraction: number): Rig => {
      const own = riskManager({ sizer: fixedQuantity(100_000), rules: [maxGross({ limitFraction })] });
      const r = rig({ risk: own, instruments: ['A', 'B'], collarBps: 0 });
      const before = market();
      before.slice([10, 10], FLAT);
      tighten(before, { 'max-gross': 0.4, 'max-position': 0.1 });
      recover(before.journal.entries, r.engine);
      return r;
    };
    expect(brief(recovered(0.3).slice([10, 10], LONG))).toEqual(['entry buy 30000']);
    expect(brief(recovered(0.8).slice([10, 10], LONG))).toEqual(['entry buy 40000']);
  });

  it('whatever was asked, the next order is of the least limit seen', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -10, max: 120 }), { maxLength: 12 }), (percents) => {
        const r = market();
        for (const percent of percents) tighten(r, { 'max-position': percent / 100 });
        const least = Math.min(50, ...percents.filter((percent) => percent > 0));
        const after = market();
        recover(r.journal.entries, after.engine);
        for (const each of [r, after]) expect(brief(each.slice([10, 10], LONG))).toEqual([`entry buy ${least * 1000}`]);
      }),
      { numRuns: 200 },
    );
  });
});
