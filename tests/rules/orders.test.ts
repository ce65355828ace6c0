/** Rules 3.1 to 3.9: differences, reversals, groups, what a broker lacks, ids and unknown orders. */
import {
  type BrokerCapabilities,
  type BrokerCommand,
  createEngine,
  everySlice,
  type InstrumentIndex,
  nyse,
  parseIsoDate,
  type RiskContext,
  recover,
  sessionDay,
  stock,
  type Timestamp,
  universe,
} from '@tradekit/core';
import { describe, expect, test } from 'vitest';
import {
  able,
  brief,
  FLAT,
  GUARDED,
  guarded,
  holding,
  hundred,
  ids,
  LONG,
  repeated,
  requests,
  rig,
  SHORT,
} from './kit.js';

const without = (...lacks: (keyof BrokerCapabilities)[]) => ({
  capabilities: { ...able, ...Object.fromEntries(lacks.map((lack) => [lack, false])) },
});
const A = 0 as InstrumentIndex;

describe('3.1 what is nearer to zero waits for the proof that openings and legs are gone', () => {
  test('3.1 a protected position goes flat: both legs are cancelled, and 100 are sold after the second proof', () => {
    const r = guarded();
    expect(brief(r.slice([10], FLAT))).toEqual(['cancel 2', 'cancel 3']);
    expect(brief(r.update(3, 'canceled'))).toEqual([]);
    expect(brief(r.update(2, 'canceled'))).toEqual(['exit sell 100']);
  });

  test('3.1 acknowledgements of the legs that come after their cancels are no refusals: 100 are sold at the second proof', () => {
    const r = guarded();
    r.slice([10], FLAT);
    expect(requests([...r.update(2, 'accepted'), ...r.update(3, 'accepted')])).toEqual([]);
    const sent = [...r.update(2, 'canceled'), ...r.update(3, 'canceled')];
    expect(requests(sent).map(({ side, quantity }) => [side, quantity])).toEqual([['sell', 100]]);
  });

  test('3.1 the stop wins the race against its cancel: nothing is sold', () => {
    const r = guarded();
    r.slice([10], FLAT);
    expect(brief(r.fill(2, 100, 9))).toEqual([]);
    expect(brief(r.update(3, 'canceled'))).toEqual([]);
    expect(r.held()).toBe(0);
    expect(repeated(r, 10, FLAT)).toEqual([]);
  });

  test.each(['accepted', 'submitted', 'partially-filled'] as const)(
    '3.1 a cancel that the broker refuses (the order is %s still) is asked again at the next slice, and nothing is sold before',
    (status) => {
      const r = rig();
      r.slice([10], LONG);
      r.update(1, 'accepted');
      r.fill(1, 60, 10);
      expect(brief(r.slice([10], FLAT))).toEqual(['cancel 1']);
      expect(brief(r.update(1, status, 60))).toEqual([]);
      expect(brief(r.slice([10]))).toEqual(['cancel 1']);
      expect(brief(r.update(1, 'canceled', 60))).toEqual(['exit sell 60']);
    },
  );

  test('3.1 a replacement that the broker rejects leaves the old stop at work: going flat cancels it', () => {
    const r = guarded();
    expect(brief(r.slice([10], [{ direction: 1, stopPrice: 9.5 }]))).toEqual(['replace 2: 100']);
    r.update(4, 'rejected');
    expect(brief(r.slice([10], FLAT))).toEqual(['cancel 2', 'cancel 3']);
    r.update(2, 'canceled');
    expect(brief(r.update(3, 'canceled'))).toEqual(['exit sell 100']);
  });

  test('3.1 a replacement that the broker rejects is tried again at the next slice', () => {
    const r = guarded();
    r.slice([10], [{ direction: 1, stopPrice: 9.5 }]);
    expect(brief(r.update(4, 'rejected'))).toEqual([]);
    expect(brief(r.slice([10]))).toEqual(['replace 2: 100']);
  });

  test('3.1 flat while a replacement is on its way: the new leg is cancelled too, and 100 are sold once, after the last proof', () => {
    const r = guarded();
    r.slice([10], [{ direction: 1, stopPrice: 9.5 }]);
    expect(brief(r.slice([10], FLAT))).toEqual(['cancel 3', 'cancel 4']);
    const before = [...r.update(4, 'accepted'), ...r.update(2, 'canceled'), ...r.update(3, 'canceled')];
    expect(requests(before)).toEqual([]);
    expect(brief(r.update(4, 'canceled'))).toEqual(['exit sell 100']);
    expect(requests(r.slice([10]))).toEqual([]);
  });

  test('3.1 the old stop is filled while it is being replaced: the new one is rejected, and nothing is sold again', () => {
    const r = guarded();
    r.slice([10], [{ direction: 1, stopPrice: 9.5 }]);
    r.fill(2, 100, 9);
    r.update(4, 'rejected');
    r.update(3, 'canceled');
    expect(repeated(r, 10, LONG)).toEqual([]);
    expect(r.held()).toBe(0);
  });

  test('3.1 a stop filled in part leaves legs for what is left: never more to sell than is held', () => {
    const r = guarded();
    expect(brief(r.fill(2, 60, 9))).toEqual(['replace 3: 40']);
    r.update(4, 'accepted');
    r.update(3, 'canceled');
    expect(brief(r.slice([10], FLAT))).toEqual(['cancel 2', 'cancel 4']);
    r.update(2, 'canceled', 60);
    expect(brief(r.update(4, 'canceled'))).toEqual(['exit sell 40']);
  });

  test('3.1 an end that is told before its fills is waited for: 60 counted, 60 sold', () => {
    const r = rig();
    r.slice([10], LONG);
    r.slice([10], FLAT);
    expect(brief(r.update(1, 'canceled', 60))).toEqual([]);
    expect(brief(r.fill(1, 20, 10))).toEqual([]);
    expect(brief(r.fill(1, 40, 10))).toEqual(['exit sell 60']);
  });

  test('3.1 a fill after the proof that there would be none is sold as well', () => {
    const r = rig();
    r.slice([10], LONG);
    r.slice([10], FLAT);
    r.update(1, 'canceled', 0);
    expect(brief(r.fill(1, 30, 10))).toEqual(['exit sell 30']);
  });

  test('3.1 flat and long again before the proof: the entry is ordered anew after it, once', () => {
    const r = rig();
    r.slice([10], LONG);
    r.fill(1, 60, 10);
    r.slice([10], FLAT);
    expect(brief(r.slice([10], LONG))).toEqual([]);
    expect(brief(r.update(1, 'canceled', 60))).toEqual(['entry buy 40']);
    r.fill(2, 40, 10);
    expect(repeated(r, 10, LONG)).toEqual([]);
    expect(r.held()).toBe(100);
  });
});

describe('3.2 an order never crosses zero', () => {
  test('3.2 a reversal is a then group: close 100, then open 100', () => {
    expect(brief(holding().slice([10], SHORT))).toEqual(['then exit sell 100 + entry sell 100']);
  });

  test('3.2 a reversal of a protected position waits for its legs, and brings its own', () => {
    const r = guarded();
    expect(brief(r.slice([10], [{ direction: -1, stopPrice: 11, targetPrice: 8 }]))).toEqual(['cancel 2', 'cancel 3']);
    r.update(2, 'canceled');
    expect(brief(r.update(3, 'canceled'))).toEqual([
      'then exit sell 100 + entry sell 100 + stop buy 100 + target buy 100',
    ]);
  });

  test('3.2 a broker without chains: the opening part leaves when the closing part is filled, not when half of it is', () => {
    const r = holding(without('chain'));
    expect(brief(r.slice([10], SHORT))).toEqual(['exit sell 100']);
    expect(brief(r.fill(2, 60, 10))).toEqual([]);
    expect(brief(r.fill(2, 40, 10))).toEqual(['entry sell 100']);
  });

  test('3.2 a reversal that goes back: the opening part is cancelled, the closing one goes on', () => {
    const r = holding();
    r.slice([10], SHORT);
    expect(brief(r.slice([10], FLAT))).toEqual(['cancel 3']);
    expect(brief(r.update(3, 'canceled'))).toEqual([]);
    expect(brief(r.fill(2, 100, 10))).toEqual([]);
    expect(r.held()).toBe(0);
  });

  test.each(['rejected', 'canceled', 'expired'] as const)(
    '3.2 a chain whose closing part was %s opens nothing while the old position is there',
    (status) => {
      const r = holding();
      r.slice([10], SHORT);
      const sent = requests(r.update(2, status));
      expect(sent.filter(({ role }) => role === 'entry')).toEqual([]);
      const after = requests(r.update(3, 'canceled'));
      expect(after.filter(({ role }) => role === 'entry')).toEqual([]);
    },
  );

  test('3.2 a chain whose closing part ended with 40 of 100 filled: 60 are sold, and no order of 100 beside it', () => {
    const r = holding();
    r.slice([10], SHORT);
    r.fill(2, 40, 10);
    const sent = [...r.update(2, 'canceled', 40), ...r.update(3, 'canceled'), ...r.slice([10])];
    expect(brief(sent)).toEqual(['exit sell 60']);
  });
});

describe('3.3 two opposite plain orders of one instrument never rest together', () => {
  const two = { strategies: [{}, {}] };
  /** The first of two strategies holds 100 A. */
  function firstHolds(options = {}) {
    const r = rig({ ...two, ...options });
    r.slice([10], LONG);
    r.fill(1, 100, 10);
    return r;
  }

  test('3.3 one closes while the other opens: a chain, the closing one first', () => {
    expect(brief(firstHolds().slice([10], FLAT, LONG))).toEqual(['then exit sell 100 + entry buy 100']);
  });

  test('3.3 without chains the opening one waits for the closing one', () => {
    const r = firstHolds(without('chain'));
    expect(brief(r.slice([10], FLAT, LONG))).toEqual(['exit sell 100']);
    expect(brief(r.fill(2, 100, 10))).toEqual(['entry buy 100']);
  });

  test('3.3 an opening one that comes later waits for the closing one that rests', () => {
    const r = firstHolds();
    expect(brief(r.slice([10], FLAT))).toEqual(['exit sell 100']);
    expect(brief(r.slice([10], [], LONG))).toEqual([]);
    expect(brief(r.fill(2, 100, 10))).toEqual(['entry buy 100']);
  });

  test('3.3 an opening one that rests is cancelled before the other closes, and comes again behind it', () => {
    const r = firstHolds();
    expect(brief(r.slice([10], [], LONG))).toEqual(['entry buy 100']);
    expect(brief(r.slice([10], FLAT))).toEqual(['cancel 2']);
    expect(brief(r.update(2, 'canceled'))).toEqual(['then exit sell 100 + entry buy 100']);
  });

  test('3.3 an acknowledgement that comes after the cancel is no refusal of it: the entry comes again behind the closing one', () => {
    const r = firstHolds();
    r.slice([10], [], LONG);
    expect(brief(r.slice([10], FLAT))).toEqual(['cancel 2']);
    expect(requests(r.update(2, 'accepted'))).toEqual([]);
    expect(brief(r.update(2, 'canceled'))).toEqual(['then exit sell 100 + entry buy 100']);
    expect(r.stance(0, 1)).toMatchObject({ status: 'standing', target: 100 });
  });

  test('3.3 two opening orders of another book are cancelled for a closing one, and neither comes back before it has traded', () => {
    const sized = { positionSize: ({ strength }: { readonly strength?: number }) => 100 * (strength ?? 1) };
    const r = rig({ strategies: [{}, sized], ...without('chain') });
    r.slice([10], LONG);
    r.fill(1, 100, 10);
    r.slice([10], [], LONG);
    expect(brief(r.slice([10], [], [{ direction: 1, strength: 1.5 }]))).toEqual(['entry buy 50']);
    expect(brief(r.slice([10], FLAT))).toEqual(['cancel 2', 'cancel 3']);
    expect(brief(r.update(2, 'canceled'))).toEqual([]);
    expect(brief(r.update(3, 'canceled'))).toEqual(['exit sell 100']);
    expect(brief(r.fill(4, 100, 10))).toEqual(['entry buy 150']);
  });

  test('a broker that ends every order at once does not get them for ever: trading stops and says why', () => {
    const r = holding();
    let [order] = requests(r.slice([10], FLAT));
    expect(() => {
      for (let k = 0; k < 2000; k++) [order] = requests(r.update(order?.number ?? 0, 'expired'));
    }).toThrow('"s0" has made 1000 exit orders for A on one slice; trading stops');
  });

  test('3.3 the closing of both books is no contradiction: two sells', () => {
    const r = firstHolds();
    r.slice([10], [], LONG);
    r.fill(2, 100, 10);
    expect(brief(r.slice([10], FLAT, FLAT))).toEqual(['exit sell 100', 'exit sell 100']);
  });
});

describe('3.4 groups, and what a broker lacks', () => {
  test('3.4 an entry with a stop and a target is one bracket', () => {
    expect(brief(rig().slice([10], GUARDED))).toEqual(['bracket entry buy 100 + stop sell 100 + target sell 100']);
  });

  /** A bracket of which 60 are filled. */
  function partly(options = {}) {
    const r = rig(options);
    r.slice([10], GUARDED);
    r.fill(1, 60, 10);
    return r;
  }

  test('3.4 a partial entry is naked: at the next slice its rest is cancelled, and the filled part gets an OCO', () => {
    const r = partly();
    expect(brief(r.slice([10]))).toEqual(['cancel 1']);
    // The venue ends the entry, and its legs with it.
    const sent = [...r.update(1, 'canceled', 60), ...r.update(2, 'canceled'), ...r.update(3, 'canceled')];
    expect(brief(sent)).toEqual(['oco stop sell 60 + target sell 60']);
    expect(r.stance()).toMatchObject({ status: 'standing', target: 60, held: 60 });
    expect(repeated(r, 100, GUARDED)).toEqual([]);
  });

  test('3.4 an entry that the venue ends with 60 filled: an OCO for them at once', () => {
    const r = partly();
    const sent = [...r.update(1, 'expired', 60), ...r.update(2, 'canceled'), ...r.update(3, 'canceled')];
    expect(brief(sent)).toEqual(['oco stop sell 60 + target sell 60']);
  });

  test('3.4 after nakedEntryMs the rest is cancelled without waiting for the slice', () => {
    const r = rig({ nakedEntryMs: 5000 });
    r.slice([10], GUARDED);
    r.fill(1, 60, 10);
    const timers = r.decisions().filter(({ kind }) => kind === 'timer');
    expect(timers).toHaveLength(1);
    expect(timers[0]).toMatchObject({ at: (r.journal.entries.at(-1)?.event.time ?? 0) + 5000 });
    const key = timers[0]?.kind === 'timer' ? timers[0].key : '';
    expect(brief(r.take({ kind: 'timer', key, scheduledFor: 0 as Timestamp }))).toEqual(['cancel 1']);
  });

  test('3.4 a timer for an entry that is complete by then does nothing', () => {
    const r = partly({ nakedEntryMs: 5000 });
    const key = 'protect:1';
    r.fill(1, 40, 10);
    expect(brief(r.take({ kind: 'timer', key, scheduledFor: 0 as Timestamp }))).toEqual([]);
  });

  test('3.4 an entry that is filled at last after waiting two slices has until the slice after its first fill', () => {
    const r = rig();
    r.slice([10], GUARDED);
    r.slice([10]);
    r.slice([10]);
    expect(brief(r.fill(1, 60, 10))).toEqual([]);
    expect(brief(r.slice([10]))).toEqual(['cancel 1']);
  });

  test('3.4 an addition to a protected position that is filled in part: rest cancelled at the next slice, legs for all of it', () => {
    const r = guarded({ strategies: [{ positionSize: ({ strength }) => 100 * (strength ?? 1) }] });
    r.slice([10], [{ direction: 1, strength: 1.5, stopPrice: 9, targetPrice: 12 }]);
    r.fill(4, 20, 10);
    expect(brief(r.slice([10]))).toEqual(['cancel 4']);
    expect(brief(r.update(4, 'canceled', 20))).toEqual(['replace 2: 120', 'replace 3: 120']);
  });

  test('3.4 without brackets: the entry alone, and an OCO when it is filled', () => {
    const r = rig(without('bracket'));
    expect(brief(r.slice([10], GUARDED))).toEqual(['entry buy 100']);
    expect(brief(r.fill(1, 100, 10))).toEqual(['oco stop sell 100 + target sell 100']);
  });

  test('3.4 without brackets a partial entry is naked as well: rest cancelled at the next slice, OCO for the filled part', () => {
    const r = partly(without('bracket'));
    expect(brief(r.slice([10]))).toEqual(['cancel 1']);
    expect(brief(r.update(1, 'canceled', 60))).toEqual(['oco stop sell 60 + target sell 60']);
  });

  test('3.4 without brackets nakedEntryMs counts as well', () => {
    const r = rig({ ...without('bracket'), nakedEntryMs: 5000 });
    r.slice([10], GUARDED);
    r.fill(1, 60, 10);
    expect(r.decisions().filter(({ kind }) => kind === 'timer')).toHaveLength(1);
  });

  test('3.4 without OCO: the stop rests, and the engine takes the target itself when a slice closes beyond it', () => {
    const r = rig(without('oco', 'bracket'));
    r.slice([10], GUARDED);
    expect(brief(r.fill(1, 100, 10))).toEqual(['stop sell 100']);
    expect(brief(r.slice([11.99]))).toEqual([]);
    expect(brief(r.slice([12]))).toEqual(['cancel 2']);
    expect(brief(r.update(2, 'canceled'))).toEqual(['exit sell 100']);
    r.fill(3, 100, 12);
    expect(r.stance().status).toBe('ended');
    expect(repeated(r, 100, GUARDED)).toEqual([]);
  });

  test('3.4 without OCO a target alone rests at the broker', () => {
    const r = rig(without('oco', 'bracket'));
    r.slice([10], [{ direction: 1, targetPrice: 12 }]);
    expect(brief(r.fill(1, 100, 10))).toEqual(['target sell 100']);
  });

  test('3.4 without OCO a stop that comes later takes the place of the target at the broker', () => {
    const r = rig(without('oco', 'bracket'));
    r.slice([10], [{ direction: 1, targetPrice: 12 }]);
    r.fill(1, 100, 10);
    expect(brief(r.slice([10], [{ direction: 1, stopPrice: 9 }]))).toEqual(['cancel 2']);
    expect(brief(r.update(2, 'canceled'))).toEqual(['stop sell 100']);
  });

  test('3.4 an engine recovered between the cancel of a naked rest and its proof drops the rest as well', () => {
    const r = partly();
    r.slice([10]);
    const again = rig();
    recover(r.journal.entries, again.engine);
    const last = r.journal.entries.at(-1)?.event;
    again.engine.process({
      kind: 'order-update',
      sequence: (last?.sequence ?? 0) + 1,
      time: last?.time ?? (0 as Timestamp),
      order: 1 as never,
      status: 'canceled',
      filledQuantity: 60,
      reason: '',
      venue: 'test',
    });
    expect(again.stance()).toMatchObject({ target: 60, held: 60 });
  });

  test('3.4 without replacements a moved stop is cancelled and made again', () => {
    const r = guarded(without('replace'));
    expect(brief(r.slice([10], [{ direction: 1, stopPrice: 9.5 }]))).toEqual(['cancel 2']);
    const sent = [...r.update(2, 'canceled')];
    if (brief(sent).includes('cancel 3')) sent.push(...r.update(3, 'canceled'));
    const legs = requests(sent).map(({ role, pricing, quantity }) => [role, pricing, quantity]);
    expect(legs).toContainEqual(['stop', { type: 'stop', stopPrice: 9.5 }, 100]);
  });

  test('3.4 a protected wish is rounded down to whole shares, also when approve cuts it', () => {
    const fractional = { ...hundred, plan: hundred.plan };
    const parts = { universe: universe([{ ...stock('A'), lot: 0.1 }]) };
    const planned = rig({
      ...parts,
      risk: { ...fractional, plan: (w) => w.map(() => ({ kind: 'allow', quantity: 10.7 })) },
    });
    expect(brief(planned.slice([10], GUARDED))).toEqual(['bracket entry buy 10 + stop sell 10 + target sell 10']);
    const cut = rig({ ...parts, risk: { ...fractional, approve: () => ({ kind: 'allow', quantity: 10.7 }) } });
    expect(brief(cut.slice([10], GUARDED))).toEqual(['bracket entry buy 10 + stop sell 10 + target sell 10']);
    const bare = rig({
      ...parts,
      risk: { ...fractional, plan: (w) => w.map(() => ({ kind: 'allow', quantity: 10.7 })) },
    });
    expect(brief(bare.slice([10], LONG))).toEqual(['entry buy 10.7']);
  });

  test('3.4 a broker without fractions of a share: whole shares, or no engine', () => {
    const make = () =>
      rig({
        ...without('fractionalShares'),
        universe: universe([{ ...stock('A'), lot: 0.1 }]),
        risk: { ...hundred, plan: (w) => w.map(() => ({ kind: 'allow', quantity: 10.7 })) },
      });
    let r: ReturnType<typeof make>;
    try {
      r = make();
    } catch {
      return; // refused when it is made
    }
    expect(brief(r.slice([10], LONG))).toEqual(['entry buy 10']);
  });

  test('3.4 a broker that does not sell short: the wish is refused, and a long one is closed by it', () => {
    const r = holding(without('shortSelling'));
    expect(brief(r.slice([10], SHORT))).toEqual(['exit sell 100']);
    expect(r.stance()).toMatchObject({ direction: -1, status: 'refused' });
  });

  test('3.4 prices of legs are on the tick: a stop at 9.004 is one at 9.00', () => {
    const [, leg] = requests(rig().slice([10], [{ direction: 1, stopPrice: 9.004 }]));
    expect(leg?.pricing).toEqual({ type: 'stop', stopPrice: 9 });
  });

  test('3.4 legs are good till cancelled, entries and exits are of the day', () => {
    const r = guarded({
      timetable: {
        kind: 'session',
        timeInForce: 'day',
        firstDecisionMinutes: 0,
        lastEntryMinutes: 30,
        exitMinutes: 15,
        overnightEntries: 'none',
      },
    });
    const all = r.journal.entries.flatMap(({ decisions }) =>
      decisions.flatMap((decision) => (decision.kind === 'command' ? [decision.command] : [])),
    );
    expect(requests(all).map(({ role, timeInForce }) => [role, timeInForce])).toEqual([
      ['entry', 'day'],
      ['stop', 'gtc'],
      ['target', 'gtc'],
    ]);
  });
});

describe('3.5 cancels leave first, then reductions, then entries', () => {
  test('3.5 in one output, whatever the order of the instruments', () => {
    const r = rig({ instruments: ['A', 'B', 'C'] });
    r.slice(
      [10, 10, 10],
      [
        { instrument: 1 as InstrumentIndex, direction: 1 },
        { instrument: 2 as InstrumentIndex, direction: 1, stopPrice: 9 },
      ],
    );
    r.fill(1, 100, 10);
    r.fill(2, 100, 10);
    expect(
      brief(
        r.slice(
          [10, 10, 10],
          [
            { instrument: A, direction: 1 },
            { instrument: 1 as InstrumentIndex, direction: 0 },
            { instrument: 2 as InstrumentIndex, direction: 0 },
          ],
        ),
      ),
    ).toEqual(['cancel 3', 'exit sell 100', 'entry buy 100']);
  });
});

describe('3.6 ids come from journaled state, and the universe is sorted', () => {
  test('3.6 account, session, slice, instrument, strategy, role, child, attempt', () => {
    // The first slice of 2021-01-04 ends at 09:45 New York, 14:45 UTC.
    expect(ids(rig({ accountTag: 'demo' }).slice([10], GUARDED))).toEqual([
      'demo_20210104_1445_A_s0_entry_0_0',
      'demo_20210104_1445_A_s0_stop_0_0',
      'demo_20210104_1445_A_s0_target_0_0',
    ]);
  });

  test('3.6 the attempt counts the orders for the same rest: an exit that expires three times on one slice', () => {
    const r = holding();
    const made = [...ids(r.slice([10], FLAT)), ...[2, 3, 4].flatMap((number) => ids(r.update(number, 'expired')))];
    expect(made).toEqual([0, 1, 2, 3].map((attempt) => `tk_20210104_1500_A_s0_exit_0_${attempt}`));
  });

  test('3.6 a replacement is a new attempt', () => {
    const r = rig();
    r.slice([10], GUARDED);
    r.fill(1, 100, 10);
    const moved = r.slice([10], [{ direction: 1, stopPrice: 9.5 }]);
    r.update(2, 'canceled');
    const [id] = ids(moved);
    expect(id).toMatch(/_stop_0_/);
    expect(id).not.toBe('tk_20210104_1445_A_s0_stop_0_0');
  });

  test('3.6 no id is ever made twice', () => {
    const r = rig();
    const made: string[] = [];
    const answer = (command: BrokerCommand, place: number): readonly BrokerCommand[] => {
      if (command.kind === 'cancel') return r.update(command.order, 'canceled');
      const sent = command.kind === 'replace' ? [] : requests([command]);
      return sent.flatMap(({ number, role, quantity }) => {
        if (role === 'stop' || role === 'target') return [];
        return (number + place) % 3 === 0 ? [...r.update(number, 'expired')] : [...r.fill(number, quantity, 10)];
      });
    };
    for (let k = 0; k < 400; k++) {
      let commands = r.slice([10], [LONG, FLAT, SHORT, GUARDED][k % 4] ?? []);
      for (let turn = 0; turn < 8; turn++) {
        made.push(...ids(commands));
        commands = commands.flatMap((command) => answer(command, turn));
      }
    }
    expect(new Set(made).size).toBe(made.length);
    expect(made.length).toBeGreaterThan(100);
  });

  test('3.6 the order of symbols in a config changes nothing', () => {
    const run = (symbols: readonly string[]) => {
      const engine = createEngine({
        universe: universe(symbols.map((id) => stock(id))),
        calendar: nyse,
        strategies: [
          {
            name: 's',
            weight: 1,
            create: (setup) => ({
              name: 's',
              positionSize: () => 10,
              generateSignals: () => symbols.map((id) => ({ instrument: setup.index(id), direction: 1, reason: id })),
            }),
          },
        ],
        risk: hundred,
        initialCash: 100_000,
        capabilities: able,
        timetable: everySlice,
      });
      const day = sessionDay(parseIsoDate('2021-01-04') ?? 0);
      const column = Float64Array.of(10, 20, 30);
      const end = (nyse.session(day)?.open ?? 0) + 900_000;
      const output = engine.process({
        kind: 'slice',
        sequence: 0,
        time: end as Timestamp,
        end: end as Timestamp,
        session: day,
        bars: { open: column, high: column, low: column, close: column, volume: column },
      });
      return ids(output.commands);
    };
    expect(run(['C', 'A', 'B'])).toEqual(run(['A', 'B', 'C']));
    expect(run(['C', 'A', 'B'])).toHaveLength(3);
  });
});

describe('3.7 an unknown order is looked up before anything else', () => {
  /** The first strategy's entry in A is unknown; the second then wishes to be long as well. */
  function waiting() {
    const r = rig({ strategies: [{}, {}] });
    r.slice([10], LONG);
    r.update(1, 'unknown');
    expect(brief(r.slice([10], [], LONG))).toEqual([]);
    return r;
  }

  test('3.7 nothing opens in an instrument that has an unknown order, for as long as it has', () => {
    expect(repeated(waiting(), 50, LONG)).toEqual([]);
  });

  test('3.7 found: what waited opens, at the next slice at the latest', () => {
    const r = waiting();
    expect(brief([...r.update(1, 'accepted'), ...r.slice([10])])).toEqual(['entry buy 100']);
  });

  test('3.7 an opening order that the broker does not know is expired: its stance is over, what waited opens', () => {
    const r = waiting();
    expect(brief(r.update(1, 'expired'))).toEqual(['entry buy 100']);
    expect(r.stance().status).toBe('ended');
    expect(repeated(r, 1000, LONG)).toEqual([]);
  });

  test('3.7 other instruments go on', () => {
    const r = rig({ instruments: ['A', 'B'] });
    r.slice([10, 10], LONG);
    r.update(1, 'unknown');
    expect(brief(r.slice([10, 10], [{ instrument: 1 as InstrumentIndex, direction: 1 }]))).toEqual(['entry buy 100']);
  });

  test('3.7 a reducing order that the broker does not know is worked again with the next attempt', () => {
    const r = holding();
    r.slice([10], FLAT);
    expect(brief(r.update(2, 'unknown'))).toEqual([]);
    expect(repeated(r, 5, FLAT)).toEqual([]);
    const again = r.update(2, 'expired');
    expect(brief(again)).toEqual(['exit sell 100']);
  });

  test('3.7 an unknown entry that is cancelled and proved gone blocks its instrument no longer', () => {
    const r = rig();
    r.slice([10], LONG);
    r.update(1, 'unknown');
    expect(brief(r.slice([10], FLAT))).toEqual(['cancel 1']);
    r.update(1, 'canceled');
    expect(repeated(r, 3, LONG)).toEqual(['entry buy 100']);
  });

  test('3.7 an unknown entry that was filled after all counts', () => {
    const r = rig();
    r.slice([10], LONG);
    r.update(1, 'unknown');
    r.fill(1, 100, 10);
    expect(brief(r.slice([10], FLAT))).toEqual(['exit sell 100']);
  });
});

describe('3.9 quantities are kept to a billionth, in lots', () => {
  test('3.9 ten fills of 0.1 are one share: sold as 1, and nothing is left', () => {
    const r = rig({
      universe: universe([{ ...stock('A'), lot: 0.1 }]),
      risk: { ...hundred, plan: (w) => w.map(({ signal }) => ({ kind: 'allow', quantity: signal.direction })) },
    });
    expect(brief(r.slice([10], LONG))).toEqual(['entry buy 1']);
    for (let k = 0; k < 10; k++) r.fill(1, 0.1, 10);
    expect(r.held()).toBe(1);
    expect(brief(r.slice([10], FLAT))).toEqual(['exit sell 1']);
    for (let k = 0; k < 10; k++) r.fill(2, 0.1, 10);
    expect(r.held()).toBe(0);
    expect(repeated(r, 3, FLAT)).toEqual([]);
  });

  test('3.9 a size of 10.7 in lots of one share is 10', () => {
    const r = rig({ risk: { ...hundred, plan: (w) => w.map(() => ({ kind: 'allow', quantity: 10.7 })) } });
    expect(brief(r.slice([10], LONG))).toEqual(['entry buy 10']);
  });
});

describe('5.3 what working orders may yet buy is counted exactly', () => {
  /** A rig whose risk manager shows its context. */
  function watched() {
    let context: RiskContext | undefined;
    const r = rig({
      risk: {
        ...hundred,
        watch: (given) => {
          context = given;
          return undefined;
        },
      },
    });
    r.slice([10], LONG);
    return { r, open: () => [context?.openBuys(A), context?.openSells(A), context?.reservedCash] };
  }

  test('5.3 reserved at quantity × worst price: 100 × 10.10, and released at the same price', () => {
    const { r, open } = watched();
    expect(open()).toEqual([100, 0, 1010]);
    r.fill(1, 60, 10);
    expect(open()).toEqual([40, 0, 404]);
    r.update(1, 'canceled', 60);
    expect(open()).toEqual([0, 0, 0]);
  });

  test('5.3 a corrected fill of a working order changes what it may yet buy, and nothing leaks when it ends', () => {
    const { r, open } = watched();
    r.fill(1, 60, 10, 'x');
    r.take({ kind: 'fill-corrected', executionId: 'x', order: 1 as never, quantity: 50, price: 10, commission: 0 });
    r.update(1, 'canceled', 50);
    expect(open()).toEqual([0, 0, 0]);
  });
});
