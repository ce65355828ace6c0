/** Rules 2.1 to 2.5: wishes, stances, targets, and what ends them. */
import type { Refusal, RiskManager, Verdict } from '@tradekit/core';
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

const no: Refusal = { kind: 'refused', rule: 'test', measured: 2, limit: 1, reason: 'no' };

describe('2.1 a signal is a wish; repeating it is harmless', () => {
  test('2.1 a thousand repetitions of a wish give one order', () => {
    const r = rig();
    expect(repeated(r, 1000, LONG)).toEqual(['entry buy 100']);
  });

  test('2.1 strength does not scale: a wish of strength 0.5 and one of strength 3 are both 100 shares', () => {
    for (const strength of [0.5, 3])
      expect(brief(rig().slice([10], [{ direction: 1, strength }]))).toEqual(['entry buy 100']);
  });

  test('2.1 a strategy that says nothing keeps its position', () => {
    expect(repeated(holding(), 50, [])).toEqual([]);
  });

  test('2.1 of two wishes for one instrument in one slice the later one counts', () => {
    expect(brief(rig().slice([10], [...LONG, ...SHORT]))).toEqual(['entry sell 100']);
    expect(brief(rig().slice([10], [...LONG, ...FLAT]))).toEqual([]);
  });
});

describe('2.2 a stance is sized once, when it is taken', () => {
  const twentieth: RiskManager = {
    ...hundred,
    plan: (wishes, { equity }) =>
      wishes.map(({ signal }) => ({ kind: 'allow', quantity: (signal.direction * equity) / 200 })),
  };

  test('2.2 price drift, equity drift and a repeated wish never resize it', () => {
    const r = rig({ risk: twentieth });
    expect(brief(r.slice([10], LONG))).toEqual(['entry buy 5000']);
    r.fill(1, 5000, 10);
    expect([5, 20, 80, 300].flatMap((close) => brief(r.slice([close], LONG)))).toEqual([]);
    expect(r.stance().target).toBe(5000);
  });

  test('2.2 a changed strength resizes nothing where the strategy has no positionSize', () => {
    expect(repeated(holding(), 3, [{ direction: 1, strength: 9, probability: 0.9 }])).toEqual([]);
  });

  const sized = (options = {}) =>
    holding({ strategies: [{ positionSize: ({ strength }) => 100 * (strength ?? 1) }], ...options });

  test.each([
    [1.25, []],
    [1.26, ['entry buy 26']],
    [0.75, []],
    [0.74, ['exit sell 26']],
  ])(
    '2.2 with a positionSize of its own, strength %d: only a size that differs by more than 25 %% resizes',
    (strength, sent) => {
      expect(brief(sized().slice([10], [{ direction: 1, strength }]))).toEqual(sent);
    },
  );

  test('2.2 a resize must also differ by minTradeNotional: 26 shares at 10 dollars are less than 261', () => {
    const wish = [{ direction: 1 as const, strength: 1.26 }];
    expect(brief(sized({ minTradeNotional: 260 }).slice([10], wish))).toEqual(['entry buy 26']);
    expect(brief(sized({ minTradeNotional: 261 }).slice([10], wish))).toEqual([]);
  });

  test('2.2 a resize that a rule refuses leaves the position as it is', () => {
    let isOpen = true;
    const risk: RiskManager = {
      ...hundred,
      plan: (wishes, context) => (isOpen ? hundred.plan(wishes, context) : wishes.map(() => no)),
    };
    const r = sized({ risk });
    isOpen = false;
    expect(brief(r.slice([10], [{ direction: 1, strength: 2 }]))).toEqual([]);
    expect(r.stance()).toMatchObject({ status: 'standing', target: 100 });
  });

  test('2.2 a resize keeps the legs, though the wish that resizes does not say them again', () => {
    const r = guarded({ strategies: [{ positionSize: ({ strength }) => 100 * (strength ?? 1) }] });
    expect(brief(r.slice([10], [{ direction: 1, strength: 1.5 }]))).toEqual(['entry buy 50']);
    expect(brief(r.fill(4, 50, 10))).toEqual(['replace 2: 150', 'replace 3: 150']);
  });

  test('2.2 a resize down gives the rest new legs', () => {
    const r = guarded({ strategies: [{ positionSize: ({ strength }) => 100 * (strength ?? 1) }] });
    expect(brief(r.slice([10], [{ direction: 1, strength: 0.5 }]))).toEqual(['cancel 2', 'cancel 3']);
    expect(brief(r.update(2, 'canceled'))).toEqual([]);
    expect(brief(r.update(3, 'canceled'))).toEqual(['exit sell 50']);
    expect(brief(r.fill(4, 50, 10))).toEqual(['oco stop sell 50 + target sell 50']);
  });

  test('2.2 a new stop alone moves the stop and nothing else', () => {
    const r = guarded();
    const commands = r.slice([10], [{ direction: 1, stopPrice: 9.5 }]);
    expect(brief(commands)).toEqual(['replace 2: 100']);
    expect(commands[0]).toMatchObject({ by: { request: { side: 'sell', pricing: { type: 'stop', stopPrice: 9.5 } } } });
    expect(r.stance().target).toBe(100);
  });

  test('2.2 a new target alone moves the target and nothing else', () => {
    const commands = guarded().slice([10], [{ direction: 1, targetPrice: 13 }]);
    expect(brief(commands)).toEqual(['replace 3: 100']);
    expect(commands[0]).toMatchObject({ by: { request: { pricing: { type: 'limit', limitPrice: 13 } } } });
  });

  test('2.2 the same stop and target again move nothing', () => {
    expect(repeated(guarded(), 20, GUARDED)).toEqual([]);
  });

  test('2.2 a first stop for a position that had none', () => {
    expect(brief(holding().slice([10], [{ direction: 1, stopPrice: 9 }]))).toEqual(['stop sell 100']);
  });

  test('2.2 a change of direction is sized anew', () => {
    let shares = 100;
    const risk: RiskManager = {
      ...hundred,
      plan: (wishes) => wishes.map(({ signal }) => ({ kind: 'allow', quantity: shares * signal.direction })),
    };
    const r = holding({ risk });
    shares = 70;
    expect(brief(r.slice([10], SHORT))).toEqual(['then exit sell 100 + entry sell 70']);
  });
});

/** Every way in which something other than the strategy ends a stance of 100 A long at 10. */
const endings: readonly (readonly [name: string, end: () => Rig])[] = [
  [
    'its stop',
    () => {
      const r = guarded();
      r.fill(2, 100, 9);
      r.update(3, 'canceled');
      return r;
    },
  ],
  [
    'its target',
    () => {
      const r = guarded();
      r.fill(3, 100, 12);
      r.update(2, 'canceled');
      return r;
    },
  ],
  [
    'a stop that was filled in two parts',
    () => {
      const r = guarded();
      r.fill(2, 60, 9);
      r.fill(2, 40, 9);
      r.update(3, 'canceled');
      r.update(4, 'canceled'); // the target for 40 that took the place of 3
      return r;
    },
  ],
  [
    'a flatten command',
    () => {
      const r = holding();
      expect(brief(r.take({ kind: 'command', command: 'flatten', reason: 'test' }))).toEqual(['exit sell 100']);
      r.fill(2, 100, 10);
      return r;
    },
  ],
  [
    'a halt',
    () => {
      const r = holding();
      expect(brief(r.take({ kind: 'command', command: 'halt', reason: 'test' }))).toEqual(['flatten sell 100']);
      r.fill(2, 100, 10);
      return r;
    },
  ],
  [
    'a halt that was released since',
    () => {
      const r = holding();
      r.take({ kind: 'command', command: 'halt', reason: 'test' });
      r.fill(2, 100, 10);
      r.take({ kind: 'started', reason: 'restart', release: { rule: 'command', reason: 'test' } });
      return r;
    },
  ],
  [
    'a fill that is none of ours',
    () => {
      const r = holding();
      r.take({
        kind: 'adjustment',
        type: 'adopted',
        cash: 1000,
        instrument: 0 as never,
        quantity: -100,
        reason: 'foreign',
      });
      return r;
    },
  ],
  [
    'a delisting',
    () => {
      const r = holding();
      r.take({ kind: 'corporate-action', instrument: 0 as never, action: { type: 'delisted', perShare: 5 } });
      return r;
    },
  ],
  [
    'a reverse split that leaves less than one share',
    () => {
      const r = holding();
      r.take({
        kind: 'corporate-action',
        instrument: 0 as never,
        action: { type: 'split', ratio: 0.001, cashInLieu: 10_000 },
      });
      return r;
    },
  ],
  ...(['expired', 'rejected', 'canceled'] as const).map(
    (status) =>
      [
        `an entry that was ${status} unfilled`,
        () => {
          const r = rig();
          r.slice([10], LONG);
          r.update(1, status);
          return r;
        },
      ] as const,
  ),
  [
    'an entry whose fill the venue took back',
    () => {
      const r = holding();
      r.take({ kind: 'fill-corrected', executionId: 'e1', order: 1 as never, quantity: 0, price: 10, commission: 0 });
      return r;
    },
  ],
];

describe('2.3 an ended stance asks for nothing until the strategy says flat or the opposite', () => {
  test.each(endings)('2.3 1,000 slices of the same wish after %s give no further order', (_, end) => {
    const r = end();
    expect(r.held()).toBe(0);
    expect(r.stance().status).toBe('ended');
    expect(repeated(r, 1000, LONG)).toEqual([]);
    expect(repeated(r, 3, GUARDED)).toEqual([]);
  });

  const trading = endings.filter(([name]) => name !== 'a halt');

  test.each(trading)('2.3 after %s flat and then long is a new stance', (_, end) => {
    const r = end();
    repeated(r, 3, LONG);
    expect(repeated(r, 1, FLAT)).toEqual([]);
    expect(repeated(r, 3, LONG)).toEqual(['entry buy 100']);
  });

  test.each(trading)('2.3 after %s the opposite is a new stance', (_, end) => {
    expect(repeated(end(), 3, SHORT)).toEqual(['entry sell 100']);
  });

  test('2.3 a stance whose stop was filled in part wants what is left, and no more', () => {
    const r = guarded();
    expect(brief(r.fill(2, 60, 9))).toEqual(['replace 3: 40']);
    expect(r.stance()).toMatchObject({ status: 'standing', target: 40, held: 40 });
    expect(repeated(r, 100, LONG)).toEqual([]);
  });

  test('2.3 an entry that ended with 60 of 100 filled drops the rest: the stance stands at 60', () => {
    const r = rig();
    r.slice([10], LONG);
    r.fill(1, 60, 10);
    r.update(1, 'expired', 60);
    expect(r.stance()).toMatchObject({ status: 'standing', target: 60, held: 60 });
    expect(repeated(r, 1000, LONG)).toEqual([]);
  });

  test('2.3 a stop that fills in part while its cancel is on the way, after the strategy went flat: the rest is sold', () => {
    const r = guarded();
    expect(brief(r.slice([10], FLAT))).toEqual(['cancel 2', 'cancel 3']);
    r.fill(2, 60, 9);
    r.update(3, 'canceled');
    expect(brief(r.update(2, 'canceled', 60))).toEqual(['exit sell 40']);
    r.fill(4, 40, 10);
    expect(r.stance()).toMatchObject({ direction: 0, target: 0, held: 0 });
  });

  test('2.3 a stop that fills in part while a reversal waits for its cancel does not undo the reversal', () => {
    const r = guarded();
    r.slice([10], SHORT);
    r.fill(2, 60, 9);
    r.update(3, 'canceled');
    expect(brief(r.update(2, 'canceled', 60))).toEqual(['then exit sell 40 + entry sell 100']);
  });

  test('2.3 a stop that fills completely while a reversal waits for its cancel closes the old stance, not the new one', () => {
    const r = guarded();
    r.slice([10], SHORT);
    r.fill(2, 100, 9);
    expect(brief(r.update(3, 'canceled'))).toEqual(['entry sell 100']);
  });

  test('2.3 a stop that fills in part while a resize waits for its cancel does not raise the target again', () => {
    const r = guarded({ strategies: [{ positionSize: ({ strength }) => 100 * (strength ?? 1) }] });
    r.slice([10], [{ direction: 1, strength: 0.5, stopPrice: 9, targetPrice: 12 }]);
    r.fill(2, 30, 9);
    r.update(3, 'canceled');
    expect(brief(r.update(2, 'canceled', 30))).toEqual(['exit sell 20']);
  });

  test('2.3 the dropped rest of an old entry does not end the stance that came after it', () => {
    const r = rig();
    r.slice([10], GUARDED);
    r.fill(1, 60, 10);
    expect(brief(r.slice([10]))).toEqual(['cancel 1']);
    r.slice([10], SHORT);
    r.update(1, 'canceled', 60);
    r.update(2, 'canceled');
    r.update(3, 'canceled');
    expect(r.stance()).toMatchObject({ direction: -1, status: 'standing', target: -100 });
  });

  test('2.3 flatten ends a stance that is only refused, too', () => {
    const r = rig({ risk: { ...hundred, plan: (wishes) => wishes.map(() => no) }, retryRefused: 'every-slice' });
    r.slice([10], LONG);
    r.take({ kind: 'command', command: 'flatten', reason: 'test' });
    expect(r.stance().status).toBe('ended');
  });
});

/** A risk manager that answers `plan` from a list, and counts how often it is asked. */
function answering(answers: Verdict[]): RiskManager & { asked: number } {
  return {
    ...hundred,
    asked: 0,
    plan(wishes) {
      this.asked += wishes.length;
      return wishes.map(({ signal }) => {
        const answer = answers.shift() ?? no;
        return answer.kind === 'allow' ? { kind: 'allow', quantity: answer.quantity * signal.direction } : answer;
      });
    },
  };
}

describe('2.4 a refused wish is tried again by retryRefused, and a wish that was cut is not topped up', () => {
  // 30 slices from 2021-01-04: 26 of the first session, 4 of the second.
  test.each([
    ['never', 1],
    ['next-session', 2],
    ['every-slice', 30],
  ] as const)(
    '2.4 %s: over 26 slices of one session and 4 of the next the rule is asked %d times',
    (retryRefused, asked) => {
      const risk = answering([]);
      expect(repeated(rig({ risk, retryRefused }), 30, LONG)).toEqual([]);
      expect(risk.asked).toBe(asked);
    },
  );

  test('2.4 next-session is the default', () => {
    const risk = answering([]);
    repeated(rig({ risk }), 30, LONG);
    expect(risk.asked).toBe(2);
  });

  test('2.4 a refusal is one decision, and its stance is refused', () => {
    const r = rig({ risk: answering([]) });
    r.slice([10], LONG);
    expect(r.decisions().filter(({ kind }) => kind === 'refused')).toEqual([
      { kind: 'refused', strategy: 0, instrument: 0, rule: 'test', measured: 2, limit: 1, reason: 'no' },
    ]);
    expect(r.stance()).toMatchObject({ direction: 1, status: 'refused', target: 0 });
  });

  test('2.4 a retry that is allowed opens, once', () => {
    const risk = answering([no, { kind: 'allow', quantity: 100 }]);
    expect(repeated(rig({ risk, retryRefused: 'every-slice' }), 10, LONG)).toEqual(['entry buy 100']);
  });

  test('2.4 a wish that changed its mind in the slice of the retry counts, not the refused one', () => {
    const risk = answering([no, { kind: 'allow', quantity: 100 }, { kind: 'allow', quantity: 100 }]);
    const r = rig({ risk, retryRefused: 'every-slice' });
    r.slice([10], LONG);
    expect(brief(r.slice([10], SHORT))).toEqual(['entry sell 100']);
    expect(r.stance()).toMatchObject({ direction: -1, target: -100 });
  });

  test('2.4 a wish that changed its mind at the first decision of the next session counts, not the refused one', () => {
    const risk = answering([no, { kind: 'allow', quantity: 100 }, { kind: 'allow', quantity: 100 }]);
    const r = rig({ risk });
    expect(repeated(r, 26, LONG)).toEqual([]);
    expect(brief(r.slice([10], SHORT))).toEqual(['entry sell 100']);
  });

  test('2.4 a wish that went flat is not retried', () => {
    const risk = answering([no]);
    const r = rig({ risk, retryRefused: 'every-slice' });
    r.slice([10], LONG);
    r.slice([10], FLAT);
    repeated(r, 10, []);
    expect(risk.asked).toBe(1);
  });

  test('2.4 a retry is the wish that was said, though the strategy uses its signal object again for another instrument', () => {
    const signal = { instrument: 0, direction: 1, reason: 'test' } as { instrument: number; direction: number };
    let says = true;
    const r = rig({
      instruments: ['A', 'B', 'C', 'D', 'E', 'F'],
      strategies: [{ generateSignals: () => (says ? [signal as never] : []) }],
    });
    r.slice([Number.NaN, 10, 10, 10, 10, 10]);
    says = false;
    signal.instrument = 1;
    signal.direction = -1;
    expect(requests(r.slice([10, 10, 10, 10, 10, 10])).map(({ instrument, side }) => [instrument, side])).toEqual([
      [0, 'buy'],
    ]);
  });

  test('2.4 a wish against the position, refused, closes what is held and opens nothing', () => {
    const r = holding({ risk: answering([{ kind: 'allow', quantity: 100 }]) });
    expect(brief(r.slice([10], SHORT))).toEqual(['exit sell 100']);
    r.fill(2, 100, 10);
    expect(repeated(r, 20, SHORT)).toEqual([]);
  });

  test('2.4 cut by plan to 60 of 100: 60, and never the rest', () => {
    const risk = answering([
      { kind: 'allow', quantity: 60 },
      { kind: 'allow', quantity: 100 },
    ]);
    const r = rig({ risk });
    expect(brief(r.slice([10], LONG))).toEqual(['entry buy 60']);
    r.fill(1, 60, 10);
    expect(repeated(r, 100, LONG)).toEqual([]);
  });

  test('2.4 cut by approve to 60 of 100: 60, and never the rest', () => {
    const r = rig({ risk: { ...hundred, approve: () => ({ kind: 'allow', quantity: 60 }) } });
    expect(brief(r.slice([10], LONG))).toEqual(['entry buy 60']);
    expect(r.stance().target).toBe(60);
    r.fill(1, 60, 10);
    expect(repeated(r, 100, LONG)).toEqual([]);
  });

  test('2.4 refused by approve: refused, and tried again as retryRefused says', () => {
    let asked = 0;
    const approve = () => {
      asked += 1;
      return no;
    };
    const r = rig({ risk: { ...hundred, approve } });
    expect(repeated(r, 30, LONG)).toEqual([]);
    expect(r.stance().status).toBe('refused');
    expect(asked).toBe(2);
  });
});

describe('2.5 reductions are worked until done', () => {
  test('2.5 an exit that expires is ordered again at once, twenty times over', () => {
    const r = holding();
    expect(brief(r.slice([10], FLAT))).toEqual(['exit sell 100']);
    for (let number = 2; number < 22; number++) expect(brief(r.update(number, 'expired'))).toEqual(['exit sell 100']);
    r.fill(22, 100, 10);
    expect(repeated(r, 10, FLAT)).toEqual([]);
    expect(r.held()).toBe(0);
  });

  test('2.5 an exit that expires half filled: the other half', () => {
    const r = holding();
    r.slice([10], FLAT);
    r.fill(2, 50, 10);
    expect(brief(r.update(2, 'expired', 50))).toEqual(['exit sell 50']);
  });

  test.each(['rejected', 'canceled'] as const)(
    '2.5 an exit that the venue %s is ordered again at the next slice, not in a loop',
    (status) => {
      const r = holding();
      r.slice([10], FLAT);
      for (let number = 2; number < 22; number++) {
        expect(brief(r.update(number, status))).toEqual([]);
        expect(brief(r.slice([10]))).toEqual(['exit sell 100']);
      }
    },
  );

  test('2.5 a fill of an exit that is taken back is closed again', () => {
    const r = holding();
    r.slice([10], FLAT);
    r.fill(2, 100, 10, 'exit');
    expect(
      brief(
        r.take({
          kind: 'fill-corrected',
          executionId: 'exit',
          order: 2 as never,
          quantity: 40,
          price: 10,
          commission: 0,
        }),
      ),
    ).toEqual(['exit sell 60']);
  });

  test('2.5 a reduction is never shown to a rule', () => {
    let shown = 0;
    const approve: RiskManager['approve'] = ({ quantity }) => {
      shown += 1;
      return { kind: 'allow', quantity };
    };
    const r = holding({ risk: { ...hundred, approve } });
    r.slice([10], FLAT);
    expect(shown).toBe(1);
  });
});

describe('a strategy that is at fault is named, with the slice', () => {
  const time = 'slice of 2021-01-04T14:45:00.000Z';
  const throwing = () => {
    throw new Error('boom');
  };
  test.each([
    ['generateSignals throws', { generateSignals: throwing }, 'strategy "s0" threw: boom'],
    [
      'generateSignals gives nothing',
      { generateSignals: () => undefined as never },
      'gave undefined instead of a list',
    ],
    ['positionSize throws', { positionSize: throwing }, 'strategy "s0" threw: boom'],
    ['positionSize is NaN', { positionSize: () => Number.NaN }, 'gave the size NaN for A; give shares, 0 or more'],
    ['positionSize is negative', { positionSize: () => -1 }, 'gave the size -1 for A'],
    ['validateSignal throws', { validateSignal: throwing }, 'strategy "s0" threw: boom'],
  ])('%s', (_, strategy, message) => {
    const r = rig({ strategies: [strategy] });
    expect(() => r.slice([10], LONG)).toThrow(message);
    expect(() => rig({ strategies: [strategy] }).slice([10], LONG)).toThrow(time);
  });

  test.each([
    ['an unknown instrument', { instrument: 7 as never }, 'gave a signal for instrument 7; the universe has 0 to 0'],
    ['a direction of 2', { direction: 2 as never }, 'gave the direction 2 for A; give -1, 0 or 1'],
    ['a stop of NaN', { stopPrice: Number.NaN }, 'gave the stopPrice NaN for A; leave it out where there is none'],
    ['a target below zero', { targetPrice: -3 }, 'gave the targetPrice -3 for A'],
    ['an infinite strength', { strength: Number.POSITIVE_INFINITY }, 'gave the strength Infinity for A'],
    ['a probability in percent', { probability: 60 }, 'gave the probability 60 for A'],
  ])('%s', (_, say, message) => {
    expect(() => rig().slice([10], [{ direction: 1, ...say }])).toThrow(message);
  });
});
