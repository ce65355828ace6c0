/** The daily loss and the drawdown through the engine, over session changes and a half day. Dollars by hand. */
import { backtest } from '@tradekit/backtest';
import { type EngineEvent, everySlice, type InstrumentIndex, noRisk } from '@tradekit/core';
import { fixedQuantity, maxDailyLoss, maxDrawdown, type RiskRule, riskManager } from '@tradekit/risk';
import { describe, expect, it } from 'vitest';
import { calendarOf, marketOf, still } from '../../packages/brokers/test/simulated/kit.js';
import { brief, FLAT, LONG, type Rig, rig } from '../rules/kit.js';

/** 50,000 shares a position, 1,000,000 dollars, from a Wednesday on: 2020-12-24 is a half day, 2020-12-28 the next session. */
function market(rules: readonly RiskRule[], instruments: readonly string[] = ['A']): Rig {
  const risk = riskManager({ sizer: fixedQuantity(50_000), rules });
  return rig({ risk, instruments, date: '2020-12-23' });
}

/** The last change of state that was decided. */
const lastState = (r: Rig) =>
  r.journal.entries.flatMap(({ decisions }) => decisions).findLast(({ kind }) => kind === 'state');

const adjusted = (type: 'fee' | 'deposit' | 'withdrawal', cash: number) =>
  ({ kind: 'adjustment', type, cash, reason: 'test' }) satisfies Partial<EngineEvent>;

const daily = maxDailyLoss({ limitFraction: 0.02 });

describe('daily loss of 2 %', () => {
  /** 50,000 A bought at 10, official close of the first session 10.20: equity 1,010,000, and 2 % of it are 20,200. */
  function overNight(rules: readonly RiskRule[] = [daily]): Rig {
    const r = market(rules, ['A', 'B']);
    r.slice([10, 10], LONG);
    r.fill(1, 50_000, 10);
    r.slice([10.1, 10]);
    r.close([10.2, 10]);
    return r;
  }

  it('is measured from the official close and found at a mark: 20,150 pass, 20,200 halt and flatten on a half day', () => {
    const r = overNight();
    r.slice([9.797, 10]);
    expect(r.engine.account.state).toBe('active');
    expect(brief(r.slice([9.796, 10]))).toEqual(['flatten sell 50000']);
    expect(lastState(r)).toMatchObject({ state: 'halted', until: 'next-session', rule: 'max-daily-loss', limit: 0.02 });
  });

  it('nothing opens for the rest of the half day; the first slice of the next session trades again', () => {
    const r = overNight();
    r.slice([9.79, 10]);
    r.fill(2, 50_000, 9.79);
    expect(brief(r.slice([9.79, 10], [{ direction: -1 }, { instrument: 1 as never, direction: 1 }]))).toEqual([]);
    r.close();
    // The halt has ended every stance: the same wish opens nothing, a new one does. Equity is 989,500.
    expect(brief(r.slice([9.8, 10], [{ instrument: 1 as never, direction: 1 }]))).toEqual([]);
    expect(r.engine.account.state).toBe('active');
    expect(r.engine.account.equity).toBe(989_500);
    r.slice([9.8, 10], FLAT);
    expect(brief(r.slice([9.8, 10], LONG))).toEqual(['entry buy 50000']);
  });

  it('the overnight gap counts: the first bar halts before any entry, and the overshoot is told', () => {
    const r = overNight();
    const sent = r.slice([9.7, 10], [{ instrument: 1 as never, direction: 1 }]);
    expect(brief(sent)).toEqual(['flatten sell 50000']);
    const state = lastState(r);
    // 25,000 of 1,010,000.
    expect(state).toMatchObject({
      reason: "the day's loss is 2.4752 %, the limit is 2 %: 0.4752 % beyond",
      measured: 25_000 / 1_010_000,
    });
    expect(r.decisions()).toContainEqual(
      expect.objectContaining({ kind: 'refused', instrument: 1, rule: 'max-daily-loss' }),
    );
  });

  it('fees count, deposits and withdrawals do not', () => {
    const r = overNight();
    r.take(adjusted('deposit', 30_000));
    r.take(adjusted('withdrawal', -50_000));
    r.slice([9.797, 10]); // 20,150
    expect(r.engine.account.state).toBe('active');
    r.take(adjusted('fee', -49));
    r.slice([9.797, 10]);
    expect(r.engine.account.state).toBe('active');
    r.take(adjusted('fee', -1));
    r.slice([9.797, 10]); // 20,200
    expect(r.engine.account.state).toBe('halted');
  });

  it('a recovery within the session changes nothing', () => {
    const r = overNight();
    r.slice([9.7, 10]);
    r.fill(2, 50_000, 9.7);
    r.slice([12, 12]);
    expect(r.engine.account.state).toBe('halted');
  });

  it('no start releases it, the next session does', () => {
    const r = overNight();
    r.slice([9.7, 10]);
    r.take({ kind: 'started', reason: 'restart', release: { rule: 'max-daily-loss', reason: 'please' } });
    expect(r.engine.account.state).toBe('halted');
  });

  it('may keep stops and targets instead: the position stays with them until the halt ends', () => {
    const r = market([maxDailyLoss({ limitFraction: 0.02, onHalt: 'keep-legs' })]);
    r.slice([10], [{ direction: 1, stopPrice: 9, targetPrice: 12 }]);
    r.fill(1, 50_000, 10);
    expect(brief(r.slice([9.6]))).toEqual([]);
    expect([r.engine.account.state, r.held()]).toEqual(['halted', 50_000]);
    r.fill(2, 50_000, 9); // the stop works on
    expect(r.held()).toBe(0);
  });
});

describe('drawdown of 10 %', () => {
  const release = {
    kind: 'started',
    reason: 'restart',
    release: { rule: 'max-drawdown', reason: 'looked at' },
  } as const;
  /** 50,000 A bought at 10, peak at 14: 1,200,000. 10 % below are 1,080,000, A at 11.60. */
  function fallen(rule: RiskRule, to: number): Rig {
    const r = market([rule]);
    r.slice([10], LONG);
    r.fill(1, 50_000, 10);
    r.slice([14]);
    r.close();
    r.slice([to]);
    return r;
  }
  const rule = maxDrawdown({ limitFraction: 0.1 });

  it('passes just above the limit, halts at it, over a session change', () => {
    expect(fallen(rule, 11.601).engine.account.state).toBe('active');
    const r = fallen(rule, 11.6);
    expect(lastState(r)).toMatchObject({ state: 'halted', until: 'started', rule: 'max-drawdown' });
  });

  it('is absorbing: sessions pass and nothing opens; only a start with a release ends it, with a new peak', () => {
    const r = fallen(rule, 11.6);
    r.fill(2, 50_000, 11.6);
    for (let k = 0; k < 3; k++) {
      r.close();
      expect(brief(r.slice([11.6], FLAT))).toEqual([]);
      expect(brief(r.slice([11.6], LONG))).toEqual([]);
    }
    r.take({ kind: 'started', reason: 'restart' });
    expect(r.engine.account.state).toBe('halted');
    r.take(release);
    expect(r.engine.account.state).toBe('active');
    expect(r.engine.account.peakIndex).toBe(r.engine.account.index);
    r.slice([11.6], FLAT);
    expect(brief(r.slice([11.6], LONG))).toEqual(['entry buy 50000']);
    // The next halt is 10 % below the new peak of 1,080,000: 972,000, A at 9.44.
    r.fill(3, 50_000, 11.6);
    r.slice([9.45]);
    expect(r.engine.account.state).toBe('active');
    r.slice([9.43]);
    expect(r.engine.account.state).toBe('halted');
  });

  it('for research it ends by itself after so many sessions, and the decision says so', () => {
    const r = fallen(maxDrawdown({ limitFraction: 0.1, releaseAfterSessions: 2 }), 11.6);
    expect(lastState(r)).toMatchObject({ releaseAfterSessions: 2 });
    r.fill(2, 50_000, 11.6);
    const states = [1, 2].map(() => {
      r.close();
      r.slice([11.6]);
      return r.engine.account.state;
    });
    expect(states).toEqual(['halted', 'active']);
    expect(r.engine.account.peakIndex).toBe(r.engine.account.index);
  });

  it('a deposit is no recovery', () => {
    const r = fallen(rule, 11.7); // 1,085,000
    r.take(adjusted('deposit', 500_000));
    r.slice([11.7]);
    r.slice([11.59]);
    expect(r.engine.account.state).toBe('active'); // (1,585,000 − 5,500) / 1,585,000 of 1,085,000: −9.9 %
    r.slice([11.4]);
    expect(r.engine.account.state).toBe('halted');
  });

  it('found on a day that has halted already, it lasts', () => {
    const r = market([daily, rule]);
    r.slice([10], LONG);
    r.fill(1, 50_000, 10);
    r.slice([9.5]); // −2.5 %
    expect(lastState(r)).toMatchObject({ rule: 'max-daily-loss' });
    r.slice([7.9]); // −10.5 %, nothing sold yet
    expect(lastState(r)).toMatchObject({ rule: 'max-drawdown', until: 'started' });
    r.close();
    r.slice([7.9]);
    expect(r.engine.account.state).toBe('halted');
  });
});

it('a halt on the fills of a session’s first open lasts for that session', () => {
  // A is long with a stop at 9, which the first open of the second session passes; that fill halts. B is wished on its first
  // slices and must wait for a session that never comes.
  const history = marketOf({
    bars: { A: [10, 10, 8, 8, 8, 8].map((price) => still(price)), B: [5, 5, 5, 5, 5, 5].map((price) => still(price)) },
    sessions: [2, 4],
  });
  const open = history.starts[2];
  const result = backtest({
    history,
    calendar: calendarOf(history),
    strategies: [
      {
        name: 'both',
        weight: 1,
        create: () => ({
          name: 'both',
          positionSize: () => 1,
          generateSignals: ({ slice }) =>
            slice === 0
              ? [{ instrument: 0 as InstrumentIndex, direction: 1, stopPrice: 9, reason: 'A' }]
              : slice === 2
                ? [{ instrument: 1 as InstrumentIndex, direction: 1, reason: 'B' }]
                : [],
        }),
      },
    ],
    risk: {
      ...noRisk,
      watch: ({ time, held }) =>
        time === open && held(0 as InstrumentIndex) === 0
          ? { state: 'halted', flatten: true, until: 'next-session', rule: 'test', reason: 'a loss at the open' }
          : undefined,
    },
    initialCash: 1000,
    timetable: everySlice,
  });
  expect(Array.from(result.fills.instrument)).toEqual([0, 0]);
  expect(result.states.map(({ state }) => state)).toEqual(['halted']);
});
