/** What a risk manager may know of an engine, and what its watching does. Numbers by hand. */
import {
  type InstrumentIndex,
  InvariantError,
  type RiskContext,
  type RiskManager,
  recover,
  type StrategyIndex,
  type Tightening,
} from '@tradekit/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { brief, hundred, type Rig, type RigOptions, requests, rig, type Say } from './rig.js';

const A = 0 as InstrumentIndex;
const B = 1 as InstrumentIndex;
const S = 0 as StrategyIndex;
const NONE = Number.NaN;
const LONG: readonly Say[] = [{ direction: 1 }];

/** A rig whose risk manager shows its context, and tightens when the test says so. */
function shown(options: RigOptions = {}): { r: Rig; context: () => RiskContext; ask: (t?: Tightening) => void } {
  let seen: RiskContext | undefined;
  let asked: Tightening | undefined;
  const risk: RiskManager = {
    ...hundred,
    ...(options.risk ?? {}),
    watch(context) {
      seen = context;
      return asked;
    },
  };
  const r = rig({ ...options, risk });
  return {
    r,
    context() {
      if (seen === undefined) throw new Error('not watched yet');
      return seen;
    },
    ask(tightening) {
      asked = tightening;
    },
  };
}

describe('the session', () => {
  it('has its hours, on a half day to 13:00: 2020-12-24', () => {
    const { r, context } = shown({ date: '2020-12-24' });
    r.slice([10]);
    expect(new Date(context().sessionOpen).toISOString()).toBe('2020-12-24T14:30:00.000Z');
    expect(new Date(context().sessionClose).toISOString()).toBe('2020-12-24T18:00:00.000Z');
  });
});

describe('session returns', () => {
  it('run from official close to official close, the last first', () => {
    const { r, context } = shown();
    r.slice([10]);
    r.close([20]);
    r.slice([21]);
    expect(context().sessionReturn(A, 1)).toBe(NONE);
    r.close([22]);
    r.slice([22]);
    r.close(); // no official close: the last one stands in
    expect([1, 2, 3, 0, 121].map((ago) => context().sessionReturn(A, ago))).toEqual([0, 22 / 20 - 1, NONE, NONE, NONE]);
    expect(context().sessionsClosed).toBe(3);
  });

  it('have no value for a session without a bar, nor for the next one', () => {
    const { r, context } = shown({ instruments: ['A', 'B'] });
    const closes = [
      [10, 10],
      [NONE, 11],
      [12, 12],
      [15, 12],
    ];
    for (const row of closes) {
      r.slice(row);
      r.close();
    }
    expect([3, 2, 1].map((ago) => context().sessionReturn(A, ago))).toEqual([NONE, NONE, 0.25]);
    expect([3, 2, 1].map((ago) => context().sessionReturn(B, ago))).toEqual([11 / 10 - 1, 12 / 11 - 1, 0]);
  });

  it('do not show a split or a dividend', () => {
    const { r, context } = shown();
    r.slice([10]);
    r.close();
    r.take({ kind: 'corporate-action', instrument: A, action: { type: 'split', ratio: 2, cashInLieu: 0 } });
    r.slice([5]);
    r.close();
    r.take({ kind: 'corporate-action', instrument: A, action: { type: 'dividend', perShare: 1 } });
    r.slice([4]);
    r.close();
    expect([2, 1].map((ago) => context().sessionReturn(A, ago))).toEqual([0, 0]);
  });

  it('are kept for 120 sessions', () => {
    const { r, context } = shown();
    for (let k = 0; k <= 130; k++) {
      r.slice([100 + k]);
      r.close();
    }
    expect(context().sessionReturn(A, 120)).toBe(111 / 110 - 1);
    expect(context().sessionReturn(A, 1)).toBe(230 / 229 - 1);
  });
});

describe('volume and bars', () => {
  it('the average is over the sessions in which it traded, in new shares after a split', () => {
    const { r, context } = shown({ instruments: ['A', 'B'] });
    // The rig's volume is its close.
    r.slice([10, 1]);
    expect(context().averageVolume(A)).toBe(NONE);
    r.slice([20, 1]);
    r.close();
    r.slice([NONE, 1]);
    r.close();
    r.slice([40, 1]);
    r.close();
    expect(context().averageVolume(A)).toBe(35);
    r.take({ kind: 'corporate-action', instrument: A, action: { type: 'split', ratio: 2, cashInLieu: 0 } });
    expect(context().averageVolume(A)).toBe(70);
    expect(context().averageVolume(B)).toBe(4 / 3);
  });

  it('the last bar ended when it did, whatever has come since', () => {
    const { r, context } = shown({ instruments: ['A', 'B'] });
    expect(() => context().lastTradeTime(A)).toThrow();
    r.slice([10, 1]);
    const first = context().time;
    expect(context().lastTradeTime(B)).toBe(first);
    r.slice([10, NONE]);
    expect([context().lastTradeTime(A), context().lastTradeTime(B)]).toEqual([first + 900_000, first]);
  });
});

describe('entries and trades', () => {
  it('counts what opened in the session, and knows each book’s last', () => {
    const { r, context } = shown({ instruments: ['A', 'B'] });
    r.slice([10, 10], [{ direction: 1 }, { instrument: B, direction: -1 }]);
    const time = context().time;
    expect([context().entriesSince(time), context().entriesSince(time + 1)]).toEqual([2, 0]);
    expect([context().lastEntry(S, A), context().lastEntry(S, B)]).toEqual([
      { time, quantity: 100 },
      { time, quantity: -100 },
    ]);
    r.fill(1, 100, 10);
    r.slice([10, 10], [{ direction: 0 }]);
    expect(context().entriesSince(0)).toBe(2); // an exit is no entry
    r.close();
    r.slice([10, 10]);
    expect([context().entriesSince(0), context().lastEntry(S, A)?.time]).toEqual([0, time]);
  });

  it('knows the stop of a stance', () => {
    const { r, context } = shown();
    r.slice([10], [{ direction: 1, stopPrice: 9.5 }]);
    expect([context().stopPrice(S, A), context().stopPrice(S, B)]).toEqual([9.5, NONE]);
  });

  it('reckons trades from flat to flat after commissions: +10 % and −5 %', () => {
    const { r, context } = shown();
    const trade = (buy: number, sell: number) => {
      r.slice([10], LONG);
      const number = brief(r.take({ kind: 'started', reason: 'nothing' })).length;
      expect(number).toBe(0);
      const entry = r.journal.entries
        .flatMap(({ decisions }) => decisions)
        .filter(({ kind }) => kind === 'command').length;
      r.fill(entry, 60, buy);
      r.fill(entry, 40, buy);
      r.slice([10], [{ direction: 0 }]);
      r.fill(entry + 1, 100, sell);
    };
    trade(10, 11);
    expect(context().lastLossTime(A)).toBe(NONE);
    expect(context().tradeStatistics(S)).toEqual({ count: 1, meanReturn: 0.1, variance: NONE });
    trade(10, 9.5);
    expect(context().lastLossTime(A)).toBe(context().time);
    const { count, meanReturn, variance } = context().tradeStatistics(S);
    expect(count).toBe(2);
    expect(meanReturn).toBeCloseTo(0.025, 12);
    expect(variance).toBeCloseTo(0.01125, 12); // 2 × 0.075² / 1
  });
});

describe('features', () => {
  const spec = {
    key: 'double',
    unit: 'price',
    warmUpBars: 1,
    create: () => ({
      state: [],
      step: (bars: { close: Float64Array }, offset: number, out: Float64Array, base: number) => {
        out[base] = 2 * (bars.close[offset] ?? NONE);
      },
    }),
  } as const;

  it('that the manager lists are stepped and read', () => {
    const { r, context } = shown({ risk: { ...hundred, features: [spec] } });
    r.slice([10]);
    expect(context().feature(spec, A)).toBe(20);
  });

  it('that it does not list are refused by name', () => {
    const { r, context } = shown();
    r.slice([10]);
    expect(() => context().feature(spec, A)).toThrow('reads feature "double" without asking for it');
  });
});

describe('states', () => {
  const halt = (more: Partial<Tightening> = {}): Tightening => ({
    state: 'halted',
    flatten: true,
    until: 'next-session',
    rule: 'test',
    reason: 'because',
    ...more,
  });
  const state = ({ r }: { r: Rig }) => r.engine.account.state;
  const start = (r: Rig, rule: string) =>
    r.take({ kind: 'started', reason: 'test', release: { rule, reason: 'test' } });

  it('a halt carries what was measured into the decision', () => {
    const s = shown();
    s.ask(halt({ measured: 0.03, limit: 0.02 }));
    s.r.slice([10]);
    expect(s.r.decisions()).toContainEqual(
      expect.objectContaining({ kind: 'state', state: 'halted', measured: 0.03, limit: 0.02 }),
    );
  });

  it('a halt that keeps legs cancels entries and leaves positions, until it ends', () => {
    const s = shown({ instruments: ['A', 'B'] });
    s.r.slice([10, 10], [{ direction: 1 }]);
    s.r.fill(1, 100, 10);
    s.r.slice([10, 10], [{ instrument: B, direction: 1 }]);
    s.ask(halt({ flatten: false }));
    expect(brief(s.r.slice([9, 10]))).toEqual(['cancel 2']);
    expect(s.r.held()).toBe(100);
    s.ask();
    s.r.close();
    expect(brief(s.r.slice([9, 10]))).toEqual(['exit sell 100']);
    expect(state(s)).toBe('active');
  });

  it('a halt of the session is not released before its end', () => {
    const s = shown();
    s.ask(halt());
    s.r.slice([10]);
    s.ask();
    start(s.r, 'test');
    expect(state(s)).toBe('halted');
    s.r.close();
    s.r.slice([10]);
    expect(state(s)).toBe('active');
  });

  it('a halt that lasts takes the place of one of the session', () => {
    const s = shown();
    s.ask(halt());
    s.r.slice([10]);
    s.ask(halt({ until: 'started', rule: 'longer' }));
    s.r.slice([10]);
    s.ask();
    s.r.close();
    s.r.slice([10]);
    expect(state(s)).toBe('halted');
    start(s.r, 'longer');
    expect(state(s)).toBe('active');
  });

  it('after a halt of the session an earlier reduce-only goes on', () => {
    const s = shown();
    s.r.slice([10]);
    s.r.take({ kind: 'command', command: 'reduce-only', reason: 'test' });
    s.ask(halt());
    s.r.slice([10]);
    expect(state(s)).toBe('halted');
    s.ask();
    s.r.close();
    s.r.slice([10]);
    expect(state(s)).toBe('reduce-only');
    start(s.r, 'command');
    expect(state(s)).toBe('active');
  });

  it('a reduce-only that comes during a halt of the session makes the halt last: nothing is forgotten', () => {
    const s = shown();
    s.ask(halt());
    s.r.slice([10]);
    s.ask();
    s.r.take({ kind: 'command', command: 'reduce-only', reason: 'test' });
    s.r.close();
    s.r.slice([10]);
    expect(state(s)).toBe('halted');
  });

  it('a release sets a new reference peak, one of a command does not', () => {
    const s = shown();
    s.r.slice([10], LONG);
    s.r.fill(1, 100, 10);
    s.r.slice([20]); // 1,001,000
    s.r.slice([10]); // 1,000,000
    s.r.take({ kind: 'command', command: 'reduce-only', reason: 'test' });
    start(s.r, 'command');
    expect(s.context().peakIndex).toBe(1.001);
    s.ask(halt({ until: 'started', rule: 'max-drawdown' }));
    s.r.slice([10]);
    s.ask();
    start(s.r, 'max-drawdown');
    expect(s.context().peakIndex).toBe(s.context().index);
    expect(s.context().index).toBeCloseTo(1, 12);
  });

  it('for research a halt ends by itself after so many sessions, with a new peak', () => {
    const s = shown();
    const states: string[] = [];
    s.r.slice([10], LONG);
    s.r.fill(1, 100, 10);
    s.r.slice([20]);
    s.ask(halt({ until: 'started', releaseAfterSessions: 2 }));
    s.r.slice([10]);
    s.ask();
    for (let k = 0; k < 3; k++) {
      s.r.close();
      s.r.slice([10]);
      states.push(state(s));
    }
    expect(states).toEqual(['halted', 'active', 'active']);
    expect(s.context().peakIndex).toBeCloseTo(1, 12);
  });

  it('survive a restart: recovered from the journal, an engine ends them at the same slice', () => {
    const s = shown();
    s.ask(halt({ until: 'started', releaseAfterSessions: 2 }));
    s.r.slice([10]);
    s.ask();
    s.r.close();
    s.r.slice([10]);
    s.r.close();
    const again = shown();
    recover(s.r.journal.entries, again.r.engine);
    expect(state(again)).toBe('halted');
    s.r.slice([10]);
    const last = s.r.journal.entries.at(-1);
    if (last !== undefined) again.r.engine.process(last.event);
    expect([state(s), state(again)]).toEqual(['active', 'active']);
  });
});

describe('what may be held at most', () => {
  /** Dollars and instruments of the account, with open orders at their worst, added up instrument by instrument. */
  function there(context: RiskContext): { readonly dollars: number; readonly positions: number } {
    const each = context.instruments.map((i) => {
      const open = Math.max(context.openBuys(i), context.openSells(i));
      if (context.held(i) === 0 && open === 0) return { dollars: 0, positions: 0 };
      const worst = Math.max(context.price(i), context.worstPrice(i, 'buy'));
      return { dollars: Math.abs(context.held(i)) * context.price(i) + open * worst, positions: 1 };
    });
    return {
      dollars: each.reduce((sum, { dollars }) => sum + dollars, 0),
      positions: each.reduce((sum, { positions }) => sum + positions, 0),
    };
  }

  it('is what is held at a mark and nothing works: 100 shares at 12', () => {
    const { r, context } = shown({ instruments: ['A', 'B'] });
    r.slice([10, 10], LONG);
    // Ordered: 100 shares at 10 and 1 %.
    expect([context().exposureAtMost, context().positionsAtMost]).toEqual([1010, 1]);
    r.fill(1, 100, 10.05);
    r.slice([12, 10]);
    expect([context().exposureAtMost, context().positionsAtMost]).toEqual([1200, 1]);
  });

  it('a position without a mark is not known', () => {
    const { r, context } = shown({ instruments: ['A', 'B'] });
    r.slice([10, NONE]);
    r.take({ kind: 'adjustment', type: 'adopted', cash: 0, instrument: B, quantity: 5, reason: 'found' });
    expect(context().exposureAtMost).toBeNaN();
  });

  it('is never less than there is, whatever happens', () => {
    const action = fc.oneof(
      fc.record({
        kind: fc.constant('slice' as const),
        to: fc.integer({ min: -1, max: 1 }),
        by: fc.integer({ min: 5, max: 20 }),
      }),
      fc.record({ kind: fc.constant('fill' as const), part: fc.constantFrom(0.3, 1) }),
      fc.record({ kind: fc.constant('split' as const), ratio: fc.constantFrom(0.3, 2, 3) }),
      fc.record({ kind: fc.constant('adopt' as const), quantity: fc.integer({ min: -50, max: 50 }) }),
      fc.record({ kind: fc.constant('bust' as const) }),
    );
    fc.assert(
      fc.property(fc.array(action, { maxLength: 40 }), (actions) => {
        const { r, context } = shown({ instruments: ['A', 'B'] });
        r.slice([10, 10], LONG);
        let orders = 1;
        let executions = 0;
        let last: { readonly executionId: string; readonly order: number } | undefined;
        const done = new Set<number>();
        for (const step of actions) {
          try {
            if (step.kind === 'slice') {
              const says: Say[] = [
                { direction: step.to as -1 | 0 | 1, ...(step.to > 0 ? { stopPrice: 1, targetPrice: 99 } : {}) },
              ];
              orders += requests(r.slice([step.by, 25 - step.by], says)).length;
            } else if (step.kind === 'fill' && !done.has(orders)) {
              executions += 1;
              last = { executionId: `x${executions}`, order: orders };
              orders += requests(r.fill(orders, Math.ceil(100 * step.part), 10, last.executionId)).length;
              if (step.part === 1) done.add(last.order);
            } else if (step.kind === 'split') {
              const split = { type: 'split', ratio: step.ratio, cashInLieu: 10 } as const;
              orders += requests(r.take({ kind: 'corporate-action', instrument: A, action: split })).length;
            } else if (step.kind === 'adopt') {
              const adopted = { kind: 'adjustment', type: 'adopted', cash: 0, reason: 'test' } as const;
              orders += requests(r.take({ ...adopted, instrument: A, quantity: step.quantity })).length;
            } else if (step.kind === 'bust' && last !== undefined) {
              const bust = { kind: 'fill-corrected', quantity: 0, price: 0, commission: 0 } as const;
              orders += requests(r.take({ ...bust, ...last, order: last.order as never })).length;
              last = undefined;
            }
          } catch (error) {
            if (!(error instanceof InvariantError)) throw error;
            return; // an event that no venue would send
          }
          const { dollars, positions } = there(context());
          expect(context().exposureAtMost).toBeGreaterThanOrEqual(dollars * (1 - 1e-12));
          expect(context().positionsAtMost).toBeGreaterThanOrEqual(positions);
        }
      }),
      { numRuns: 500 },
    );
  });
});
