import { backtest } from '@tradekit/backtest';
import { type ExecutionAlgorithm, everySlice, noRisk, type Signal, type Timestamp } from '@tradekit/core';
import { describe, expect, test } from 'vitest';
import { b1Calendar, b1History } from '../../bench/b1-market.js';
import { brief, FLAT, GUARDED, LONG, requests, rig, SHORT } from './kit.js';

const QUARTER = 900_000;

/** A quarter of the whole every quarter of an hour: 25 at once, 50 after 15 minutes, and so on. */
const quarters: ExecutionAlgorithm = {
  name: 'quarters',
  intervalMs: QUARTER,
  next({ total, done, startedAt, now }) {
    const due = (total * Math.min(4, 1 + Math.floor((now - startedAt) / QUARTER))) / 4;
    return { quantity: Math.max(0, due - done), again: due < total ? ((now + QUARTER) as Timestamp) : undefined };
  },
};

const working = () => rig({ strategies: [{ execution: quarters }] });

describe('3.8 execution algorithms are pure values called by work', () => {
  test('3.8 an entry of 100 is four children of 25, each when its timer is due', () => {
    const r = working();
    expect(brief(r.slice([10], LONG))).toEqual(['child buy 25']);
    expect(r.decisions().filter(({ kind }) => kind === 'timer')).toMatchObject([{ key: 'work:0' }]);
    expect(brief(r.fill(1, 25, 10))).toEqual([]);
    expect(brief(r.slice([10]))).toEqual([]);
    const timer = { kind: 'timer', key: 'work:0', scheduledFor: 0 as Timestamp } as const;
    expect(brief(r.take(timer))).toEqual(['child buy 25']);
    r.fill(2, 25, 10);
    r.slice([10]);
    expect(brief(r.take(timer))).toEqual(['child buy 25']);
    r.fill(3, 25, 10);
    r.slice([10]);
    expect(brief(r.take(timer))).toEqual(['child buy 25']);
    r.fill(4, 25, 10);
    expect(r.stance()).toMatchObject({ held: 100, target: 100, status: 'standing' });
  });

  test('3.8 a child that still works counts as done: nothing is ordered twice', () => {
    const r = working();
    r.slice([10], LONG);
    expect(brief(r.take({ kind: 'timer', key: 'work:0', scheduledFor: 0 as Timestamp }))).toEqual([]);
  });

  test('3.8 children are approved one by one: a refused one drops the rest', () => {
    let asked = 0;
    const r = rig({
      strategies: [{ execution: quarters }],
      risk: {
        name: 'once',
        plan: (wishes) => wishes.map(() => ({ kind: 'allow', quantity: 100 })),
        approve: ({ quantity }) => {
          asked += 1;
          if (asked === 1) return { kind: 'allow', quantity };
          return { kind: 'refused', rule: 'once', measured: 2, limit: 1, reason: 'no more' };
        },
        watch: () => undefined,
      },
    });
    r.slice([10], LONG);
    r.fill(1, 25, 10);
    r.slice([10]);
    r.take({ kind: 'timer', key: 'work:0', scheduledFor: 0 as Timestamp });
    expect(r.stance()).toMatchObject({ held: 25, target: 25, status: 'standing' });
  });

  test.each([
    ['flat', FLAT, ['exit sell 25']],
    ['short', SHORT, ['then exit sell 25 + child sell 25']],
  ] as const)('3.8 a wish to be %s ends the rest', (_, wish, sent) => {
    const r = working();
    r.slice([10], LONG);
    r.fill(1, 25, 10);
    expect(brief(r.slice([10], wish))).toEqual(sent);
  });

  test('3.8 a halt ends the parent: what was bought is closed and no child follows', () => {
    const r = working();
    r.slice([10], LONG);
    r.fill(1, 25, 10);
    expect(brief(r.take({ kind: 'command', command: 'halt', reason: 'test' }))).toEqual(['flatten sell 25']);
    expect(brief(r.take({ kind: 'timer', key: 'work:0', scheduledFor: 0 as Timestamp }))).toEqual([]);
  });

  test('3.8 what is there is protected while the rest is still to come, and the legs grow with it', () => {
    const r = working();
    expect(brief(r.slice([10], GUARDED))).toEqual(['child buy 25']);
    expect(brief(r.fill(1, 25, 10))).toEqual(['oco stop sell 25 + target sell 25']);
    r.slice([10]);
    const sent = r.take({ kind: 'timer', key: 'work:0', scheduledFor: 0 as Timestamp });
    const [child] = requests(sent).filter(({ role }) => role === 'child');
    expect(child).toMatchObject({ side: 'buy', quantity: 25 });
    expect(brief(r.fill(child?.number ?? 0, 25, 10))).toEqual(['replace 2: 50', 'replace 3: 50']);
  });

  test('3.8 an algorithm that asks for NaN shares, or for a time that is past, is at fault by name', () => {
    for (const step of [
      { quantity: Number.NaN, again: undefined },
      { quantity: 1, again: 0 as Timestamp },
    ]) {
      const r = rig({ strategies: [{ execution: { name: 'odd', intervalMs: QUARTER, next: () => step } }] });
      expect(() => r.slice([10], LONG)).toThrow('execution algorithm "odd" asked for');
    }
  });

  test('3.8 over a simulated venue the children trade at four opens in a row', () => {
    const history = b1History(26);
    let said = false;
    const result = backtest({
      history,
      calendar: b1Calendar,
      timetable: everySlice,
      risk: noRisk,
      initialCash: 1_000_000,
      strategies: [
        {
          name: 's',
          weight: 1,
          execution: quarters,
          create: () => ({
            name: 's',
            positionSize: () => 100,
            generateSignals() {
              if (said) return [];
              said = true;
              return [{ instrument: 0 as Signal['instrument'], direction: 1, reason: 'once' }];
            },
          }),
        },
      ],
    });
    const { quantity, price } = result.fills;
    expect([...quantity]).toEqual([25, 25, 25, 25]);
    expect([...price]).toEqual([1, 2, 3, 4].map((row) => history.bars.open[row * 46]));
  });

  test('3.8 an interval finer than the bars is refused before anything runs', () => {
    const execution = { ...quarters, intervalMs: 60_000 };
    const create = () => ({ name: 's', generateSignals: () => [] });
    const run = () =>
      backtest({
        history: b1History(26),
        calendar: b1Calendar,
        risk: noRisk,
        initialCash: 1,
        strategies: [{ name: 's', weight: 1, execution, create }],
      });
    expect(run).toThrow('strategy "s" executes by "quarters" every 60000 ms, finer than the bars of 900000 ms');
  });
});
