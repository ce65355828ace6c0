/** What the rules leave open and the house has decided; each decision with its test. */
import { simulatedVenue } from '@tradekit/brokers/simulated';
import { barGrid, type SessionDay, sessionTimetable, type Timestamp } from '@tradekit/core';
import { describe, expect, test } from 'vitest';
import { b1History } from '../../bench/b1-market.js';
import { brief, FLAT, GUARDED, guarded, holding, hundred, LONG, requests, rig } from './kit.js';

const FOREVER = Number.POSITIVE_INFINITY as Timestamp;
const release = { kind: 'started', reason: 'test', release: { rule: 'test', reason: 'looked at' } } as const;

describe('what ends when trading is loosened', () => {
  test('a release after reduce-only leaves positions and stances as they are', () => {
    const r = holding();
    r.take({ kind: 'command', command: 'reduce-only', reason: 'test' });
    expect(brief(r.take(release))).toEqual([]);
    expect(r.engine.account.state).toBe('active');
    expect(r.stance()).toMatchObject({ status: 'standing', held: 100, target: 100 });
  });

  test('a release after a halt ends every stance: the same wish opens nothing', () => {
    const r = holding();
    r.take({ kind: 'command', command: 'halt', reason: 'test' });
    r.fill(2, 100, 10);
    r.take(release);
    expect(brief(r.slice([10], LONG))).toEqual([]);
    r.slice([10], FLAT);
    expect(brief(r.slice([10], LONG))).toEqual(['entry buy 100']);
  });

  test('a start without a release leaves the state as it is', () => {
    const r = holding();
    r.take({ kind: 'command', command: 'reduce-only', reason: 'test' });
    r.take({ kind: 'started', reason: 'test' });
    expect(r.engine.account.state).toBe('reduce-only');
  });
});

test('an addition that never left is dropped at the close, though the legs of what is held rest on', () => {
  const sized = { positionSize: ({ strength = 1 }: { readonly strength?: number }) => 100 * strength };
  const r = rig({ strategies: [sized, {}], timetable: sessionTimetable() });
  r.slice([10]); // 09:45, before the first decision
  r.slice([10], GUARDED);
  r.fill(1, 100, 10);
  for (let k = 0; k < 20; k++) r.slice([10]);
  // 15:15: the broker does not know what became of the other book's order, so the addition of 15:30 cannot leave.
  const [other] = requests(r.slice([10], [], LONG));
  r.update(other?.number ?? 0, 'unknown');
  const addition = [{ direction: 1 as const, strength: 2, stopPrice: 9, targetPrice: 12 }];
  expect(brief(r.slice([10], addition))).toEqual([]);
  expect(r.stance().target).toBe(200);
  r.close();
  expect(r.stance()).toMatchObject({ held: 100, target: 100, status: 'standing' });
});

test('flat, then long again, and an old leg still fills: the newer stance buys anew when the last old leg is gone', () => {
  const r = guarded();
  expect(brief(r.slice([10], FLAT))).toEqual(['cancel 2', 'cancel 3']);
  expect(brief(r.slice([10], GUARDED))).toEqual([]);
  expect(brief(r.fill(2, 100, 9))).toEqual([]);
  expect(r.stance()).toMatchObject({ direction: 1, status: 'standing', target: 100, held: 0 });
  expect(brief(r.update(3, 'canceled'))).toEqual(['bracket entry buy 100 + stop sell 100 + target sell 100']);
});

describe('a corporate action of the simulated venue', () => {
  const history = b1History(26 * 3);
  const split = (session: number) => ({
    session: session as SessionDay,
    instrument: 'S00',
    action: { type: 'split', ratio: 2, cashInLieu: 0 } as const,
  });
  const first = history.sessions[0]?.day ?? 0;

  test('on a day without a session takes effect at the next one', () => {
    const sessions = history.sessions.filter((_, k) => k !== 1);
    const gap = { ...history, ...barGrid(sessions, history.barMs), actions: [split(first + 1)] };
    const venue = simulatedVenue(gap, { initialCash: 1 });
    const kinds: string[] = [];
    for (let step = venue.step(FOREVER); step !== undefined; step = venue.step(FOREVER)) kinds.push(step.kind);
    expect(kinds.indexOf('corporate-action')).toBe(kinds.indexOf('session-close') + 1);
  });

  test.each([-1, 400])('%i days from the first session is refused: it would be lost', (days) => {
    expect(() => simulatedVenue({ ...history, actions: [split(first + days)] }, { initialCash: 1 })).toThrow(
      'lies outside the data; leave it out',
    );
  });
});

test('an action of an instrument that is not in the universe is refused', () => {
  const history = b1History(26);
  const action = { type: 'dividend', perShare: 1 } as const;
  const actions = [{ session: (history.sessions[0]?.day ?? 0) as SessionDay, instrument: 'S99', action }];
  expect(() => simulatedVenue({ ...history, actions }, { initialCash: 1 })).toThrow('no instrument "S99"');
});

test('a refused wish that is said again with a nearer stop is tried again with that stop', () => {
  let isOpen = false;
  const no = { kind: 'refused', rule: 'test', measured: 2, limit: 1, reason: 'no' } as const;
  const risk = {
    ...hundred,
    plan: (...given: Parameters<typeof hundred.plan>) => (isOpen ? hundred.plan(...given) : [no]),
  };
  const r = rig({ risk, retryRefused: 'every-slice' });
  r.slice([10], [{ direction: 1, stopPrice: 9 }]);
  r.slice([12], [{ direction: 1, stopPrice: 11 }]);
  isOpen = true;
  const [, stop] = requests(r.slice([12], []));
  expect(stop).toMatchObject({ role: 'stop', pricing: { type: 'stop', stopPrice: 11 } });
});
