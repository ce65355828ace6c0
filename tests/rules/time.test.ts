/** Rules 1.1 to 1.7: the order of events, what runs when, missing and late bars, the timetable, the official close. */
import { simulatedCapabilities, simulatedVenue } from '@tradekit/brokers/simulated';
import {
  createEngine,
  type Engine,
  type EngineEvent,
  everySlice,
  type InstrumentIndex,
  type Journal,
  runSync,
  Sequencer,
  type Signal,
  sessionTimetable,
  type Timestamp,
  type Timetable,
} from '@tradekit/core';
import { describe, expect, test } from 'vitest';
import { calendarOf, type Market, marketOf, still } from '../../packages/brokers/test/simulated/kit.js';
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

const A = 0 as InstrumentIndex;
type Wish = Omit<Signal, 'instrument' | 'reason'> & { readonly instrument?: number };

/** Runs a script of wishes (by slice) over a market, and gives the events in a word each. */
function run(
  market: Market,
  wishes: Readonly<Record<number, readonly Wish[]>>,
  options: { timetable?: Timetable; nakedEntryMs?: number; venue?: Partial<Parameters<typeof simulatedVenue>[1]> } = {},
): { readonly events: readonly string[]; readonly engine: Engine; readonly all: readonly EngineEvent[] } {
  const history = marketOf(market);
  const engine = createEngine({
    universe: history.universe,
    calendar: calendarOf(history),
    strategies: [
      {
        name: 's',
        weight: 1,
        create: () => ({
          name: 's',
          generateSignals: ({ slice }) =>
            (wishes[slice] ?? []).map((wish) => ({
              ...wish,
              instrument: (wish.instrument ?? 0) as InstrumentIndex,
              reason: 'test',
            })),
        }),
      },
    ],
    risk: hundred,
    initialCash: 100_000,
    capabilities: simulatedCapabilities,
    timetable: options.timetable ?? everySlice,
    ...(options.nakedEntryMs === undefined ? {} : { nakedEntryMs: options.nakedEntryMs }),
  });
  const events: string[] = [];
  const all: EngineEvent[] = [];
  const journal: Journal = {
    append(event) {
      all.push({ ...event });
      if (event.kind === 'order-update') {
        if (event.status !== 'accepted') events.push(`${event.order} ${event.status}`);
      } else if (event.kind === 'fill') events.push(`fill ${event.order}: ${event.quantity}@${event.price}`);
      else if (event.kind === 'slice') events.push(`slice ${event.bars.close[0]}`);
      else events.push(event.kind);
    },
    flush: () => Promise.resolve(),
  };
  runSync(
    { engine, sequencer: new Sequencer(), journal },
    simulatedVenue(history, { initialCash: 100_000, ...options.venue }),
  );
  return { events, engine, all };
}

describe('1.1 events are numbered, and time never decreases', () => {
  test('1.1 sequences from 0 without a gap; a fill says when it was traded', () => {
    const { all } = run(
      { bars: { A: [still(10), [11, 12, 9, 11], still(11)] } },
      { 0: [{ direction: 1, stopPrice: 9.5 }] },
    );
    expect(all.map(({ sequence }) => sequence)).toEqual(all.map((_, place) => place));
    const times = all.map(({ time }) => time);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    const fills = all.flatMap((event) => (event.kind === 'fill' ? [event] : []));
    const [first, second] = all.flatMap((event) => (event.kind === 'slice' ? [event.end] : []));
    // The entry at the open that begins when the first slice ends; the stop inside the second bar, dated at its end.
    expect(fills.map(({ executedAt }) => executedAt)).toEqual([first, second]);
  });

  test('1.1 an answer older than what was learned already gets the later time', () => {
    const sequencer = new Sequencer();
    const fill = (time: number) => ({
      kind: 'fill' as const,
      time: time as Timestamp,
      executionId: `${time}`,
      order: 1 as never,
      executedAt: time as Timestamp,
      quantity: 1,
      price: 1,
      commission: 0,
    });
    sequencer.offer(fill(50));
    sequencer.offer(fill(40));
    const taken = [sequencer.next(2), sequencer.next(2)];
    expect(taken.map((event) => [event?.sequence, event?.time])).toEqual([
      [0, 50],
      [1, 50],
    ]);
    expect(taken[1]).toMatchObject({ executedAt: 40 });
  });
});

describe('1.2 and 1.3 an instant is: fills inside the bars that ended, their slice, fills at the opens that begin', () => {
  test('1.2 the slice of 15:45 causes the fill at the open of 15:45', () => {
    const { events } = run({ bars: { A: [still(10), still(11), still(12)] } }, { 0: LONG, 1: FLAT });
    expect(events).toEqual(['slice 10', 'fill 1: 100@11', 'slice 11', 'fill 2: 100@12', 'slice 12', 'session-close']);
  });

  test('1.2 a stop inside a bar is told before the slice of that bar', () => {
    const { events } = run({ bars: { A: [still(10), [10, 10, 8, 9]] } }, { 0: [{ direction: 1, stopPrice: 9 }] });
    expect(events).toEqual(['slice 10', 'fill 1: 100@10', 'fill 2: 100@9', 'slice 9', 'session-close']);
  });

  test('1.3 corporate actions come before the first match of their session', () => {
    const actions = [
      { session: 18_632 as never, instrument: 'A', action: { type: 'split' as const, ratio: 2, cashInLieu: 0 } },
    ];
    const market = { bars: { A: [still(10), still(5), still(5)] }, sessions: [1, 2], actions };
    const { events } = run(market, { 0: LONG });
    expect(events).toEqual([
      'slice 10',
      'session-close',
      'corporate-action',
      '1 canceled',
      'fill 2: 200@5',
      'slice 5',
      'slice 5',
      'session-close',
    ]);
  });

  const halves = { bars: { A: [still(10), [10, 10, 10, 10, 2400] as const, still(10), still(10)] } };

  test('1.3 a timer that is due inside a bar goes before its slice, one due at the slice’s own instant after it', async () => {
    const { volumeShare } = await import('@tradekit/brokers/simulated');
    const venue = { slippage: volumeShare({ impact: 0 }) };
    const wish = { 0: [{ direction: 1 as const, stopPrice: 9 }] };
    const inside = run(halves, wish, { nakedEntryMs: 300_000, venue }).events;
    expect(inside.slice(0, 4)).toEqual(['slice 10', 'fill 1: 60@10', 'timer', '1 canceled']);
    const atSlice = run(halves, wish, { nakedEntryMs: 900_000, venue }).events;
    expect(atSlice.slice(0, 4)).toEqual(['slice 10', 'fill 1: 60@10', 'slice 10', '1 canceled']);
  });

  test('1.3 what a timer inside a bar sends does not trade in the part of the bar that is over', async () => {
    const { volumeShare } = await import('@tradekit/brokers/simulated');
    // The bar falls to 8; when is not known. The stop for the 60 shares is sent five minutes into it.
    const market = { bars: { A: [still(10), [10, 10, 8, 10, 2400] as const, still(10)] } };
    const { events } = run(
      market,
      { 0: [{ direction: 1, stopPrice: 9 }] },
      { nakedEntryMs: 300_000, venue: { slippage: volumeShare({ impact: 0 }) } },
    );
    expect(events.filter((event) => event.startsWith('fill'))).toEqual(['fill 1: 60@10']);
  });

  test('1.3 the end of a session is told after its last slice and the auction’s fills', () => {
    const { events } = run({ bars: { A: [still(10), still(11)] }, sessions: [1, 1] }, {});
    expect(events).toEqual(['slice 10', 'session-close', 'slice 11', 'session-close']);
  });
});

describe('1.4 decide runs on slices alone, work after every event', () => {
  test('1.4 no fill, update, timer or session close asks a strategy', () => {
    let asked = 0;
    const r = rig({
      strategies: [
        {
          generateSignals: () => {
            asked += 1;
            return [];
          },
        },
      ],
    });
    r.slice([10]);
    r.take({ kind: 'connection', part: 'feed', up: true });
    r.take({ kind: 'adjustment', type: 'fee', cash: -1, reason: 'test' });
    r.take({ kind: 'started', reason: 'test' });
    r.close();
    expect(asked).toBe(1);
  });

  test('1.4 targets do not move in work: fifty events of every kind leave a standing stance as it is', () => {
    const r = guarded();
    for (let k = 0; k < 50; k++) {
      r.update(2, 'accepted');
      r.take({ kind: 'adjustment', type: 'interest', cash: 1000, reason: 'test' });
    }
    expect(r.stance()).toMatchObject({ target: 100, status: 'standing' });
  });
});

describe('1.5 missing, thin and late slices', () => {
  const names = Array.from({ length: 46 }, (_, k) => `S${String(k).padStart(2, '0')}`);
  const closes = (missing: number): number[] => names.map((_, k) => (k < missing ? Number.NaN : 10));

  test('1.5 45 of 46 bars: the missing one keeps its mark and its stance and opens nothing, the others go on', () => {
    const traded: boolean[] = [];
    const r = rig({
      instruments: names,
      strategies: [
        {},
        {
          generateSignals: (market) => {
            traded.push(market.traded(A));
            return [];
          },
        },
      ],
    });
    r.slice(closes(0), LONG);
    r.fill(1, 100, 10);
    const other = 45 as InstrumentIndex;
    expect(
      requests(r.slice(closes(1), [{ direction: 1, instrument: other }])).map(({ instrument }) => instrument),
    ).toEqual([45]);
    expect(r.engine.account.mark(A)).toBe(10);
    expect(r.stance(0)).toMatchObject({ status: 'standing', target: 100 });
    expect(traded).toEqual([true, false]);
    expect(brief(r.slice(closes(1), FLAT))).toEqual(['exit sell 100']);
  });

  test('1.5 a wish for an instrument without a bar is refused, and tried again at the next slice', () => {
    const r = rig({ instruments: names, retryRefused: 'never' });
    expect(brief(r.slice(closes(1), LONG))).toEqual([]);
    expect(r.decisions()).toContainEqual(expect.objectContaining({ kind: 'refused', rule: 'not-traded' }));
    expect(brief(r.slice(closes(0)))).toEqual(['entry buy 100']);
  });

  test('1.5 37 of 46 bars are 80 %, 36 are not: with 36 the book only reduces', () => {
    const wish = [{ direction: 1 as const, instrument: 45 as InstrumentIndex }];
    expect(brief(rig({ instruments: names }).slice(closes(9), wish))).toEqual(['entry buy 100']);
    const r = rig({ instruments: names });
    r.slice(closes(0), [{ direction: 1, instrument: 44 as InstrumentIndex }]);
    r.fill(1, 100, 10);
    expect(brief(r.slice(closes(10), [...wish, { direction: 0, instrument: 44 as InstrumentIndex }]))).toEqual([
      'exit sell 100',
    ]);
    expect(r.decisions()).toContainEqual(expect.objectContaining({ kind: 'refused', rule: 'thin-slice', limit: 0.8 }));
    expect(brief(r.slice(closes(0)))).toEqual(['entry buy 100']);
  });

  test('1.5 an entry that waited does not leave on a slice in which its instrument has no bar', () => {
    const r = rig({ instruments: names, strategies: [{}, {}] });
    r.slice(closes(0), LONG);
    r.update(1, 'unknown');
    r.slice(closes(0), [], LONG);
    r.slice(closes(1));
    expect(brief(r.update(1, 'expired'))).toEqual([]);
    expect(brief(r.slice(closes(0)))).toEqual(['entry buy 100']);
  });

  /** A slice that is learned so many milliseconds after its end. */
  function lateSlice(r: Rig, lateMs: number): readonly string[] {
    const last = r.journal.entries.at(-1)?.event;
    if (last?.kind !== 'slice') throw new Error('a slice comes first');
    const end = (last.end + 900_000) as Timestamp;
    const event = { ...last, end, time: (end + lateMs) as Timestamp, sequence: last.sequence + 1 };
    return brief([...r.engine.process(event).commands]);
  }

  test('1.5 a slice older than maxDecisionAgeMs updates marks and opens nothing; one just as old opens', () => {
    const late = (lateMs: number) => {
      const r = rig({
        maxDecisionAgeMs: 1000,
        strategies: [
          { generateSignals: ({ slice }) => (slice === 1 ? [{ instrument: A, direction: 1, reason: 'x' }] : []) },
        ],
      });
      r.slice([10]);
      return lateSlice(r, lateMs);
    };
    expect(late(1000)).toEqual(['entry buy 100']);
    expect(late(1001)).toEqual([]);
  });

  test('1.5 a late slice still closes', () => {
    const r = rig({
      maxDecisionAgeMs: 1000,
      strategies: [
        { generateSignals: ({ slice }) => [{ instrument: A, direction: slice === 0 ? 1 : 0, reason: 'x' }] },
      ],
    });
    r.slice([10]);
    r.fill(1, 100, 10);
    const slices = r.journal.entries.filter(({ event }) => event.kind === 'slice');
    expect(slices).toHaveLength(1);
    const first = slices[0]?.event;
    if (first?.kind !== 'slice') throw new Error('a slice comes first');
    const end = (first.end + 900_000) as Timestamp;
    const output = r.engine.process({ ...first, end, time: (end + 5000) as Timestamp, sequence: 9 });
    expect(brief([...output.commands])).toEqual(['exit sell 100']);
  });

  test('1.5 a bar that comes later is recorded and changes nothing', () => {
    const r = holding();
    const end = r.journal.entries.at(0)?.event.time ?? (0 as Timestamp);
    expect(brief(r.take({ kind: 'bar-correction', instrument: A, end, reason: 'late' }))).toEqual([]);
    expect(r.journal.entries.at(-1)).toMatchObject({ event: { kind: 'bar-correction' }, decisions: [] });
    expect(r.engine.account.mark(A)).toBe(10);
  });
});

describe('1.6 the timetable', () => {
  /** The New York times of the slices on which a session's wishes are heard, and on which entries leave. */
  function heard(date: string, timetable = sessionTimetable()) {
    const times: string[] = [];
    const entries: string[] = [];
    const exits: string[] = [];
    const clock = (k: number) => `${Math.floor((585 + 15 * k) / 60)}:${String((585 + 15 * k) % 60).padStart(2, '0')}`;
    const slices = date === '2021-11-26' ? 14 : 26;
    for (let k = 0; k < slices; k++) {
      const r = rig({
        date,
        timetable,
        strategies: [
          {
            generateSignals: ({ slice, lastExit }) => {
              if (lastExit && slice === k) exits.push(clock(k));
              if (slice === k) times.push(clock(k));
              return slice === k ? [{ instrument: A, direction: 1, reason: 'x' }] : [];
            },
          },
        ],
      });
      for (let slice = 0; slice < slices; slice++) if (r.slice([10]).length > 0) entries.push(clock(slice));
    }
    return { first: times[0], last: times.at(-1), entries: [entries[0], entries.at(-1)], exits };
  }

  test('1.6 a full day: decisions 10:00 to 15:45, entries 10:00 to 15:30, the exit slice 15:45', () => {
    expect(heard('2021-01-04')).toEqual({
      first: '10:00',
      last: '15:45',
      entries: ['10:00', '15:30'],
      exits: ['15:45'],
    });
  });

  test('1.6 a half day keeps the first decision from the open, the others from the close: 10:00, 12:30, 12:45', () => {
    expect(heard('2021-11-26')).toEqual({
      first: '10:00',
      last: '12:45',
      entries: ['10:00', '12:30'],
      exits: ['12:45'],
    });
  });

  test('1.6 the slice of 16:00 marks and sends nothing', () => {
    const r = rig({ timetable: sessionTimetable() });
    for (let k = 0; k < 25; k++) r.slice([10], k === 20 ? LONG : []);
    r.fill(1, 100, 10);
    expect(brief(r.slice([11], FLAT))).toEqual([]);
    expect(r.engine.account.mark(A)).toBe(11);
    expect(r.engine.account.equity).toBe(1_000_100);
  });

  test('1.6 with overnightEntries next-open the slice of 16:00 enters', () => {
    const r = rig({ timetable: sessionTimetable({ overnightEntries: 'next-open' }) });
    for (let k = 0; k < 25; k++) r.slice([10]);
    expect(brief(r.slice([10], LONG))).toEqual(['entry buy 100']);
  });

  test('1.6 everySlice decides and enters on every slice, its orders are good till cancelled', () => {
    for (let k = 0; k < 26; k++) {
      const r = rig();
      for (let slice = 0; slice < k; slice++) r.slice([10]);
      expect(requests(r.slice([10], LONG)).map(({ timeInForce }) => timeInForce)).toEqual(['gtc']);
    }
  });

  const short = sessionTimetable({ firstDecisionMinutes: 0, lastEntryMinutes: 30, exitMinutes: 15 });

  test('1.6 a day entry that never traded expires, and its stance is over', () => {
    const market = {
      bars: {
        A: [still(10), still(10), undefined, undefined, still(12), still(12)],
        B: Array.from({ length: 6 }, () => still(5)),
        C: Array.from({ length: 6 }, () => still(5)),
        D: Array.from({ length: 6 }, () => still(5)),
        E: Array.from({ length: 6 }, () => still(5)),
      },
      sessions: [4, 2],
    };
    const { events, engine } = run(market, { 1: LONG, 4: LONG }, { timetable: short });
    expect(events).toContain('1 expired');
    expect(events.filter((event) => event.startsWith('fill'))).toEqual([]);
    expect(engine.account.stance(0 as never, A).status).toBe('ended');
  });

  test('1.6 a reduction that expires without having traded is worked into the next session', () => {
    const hole = [still(10), still(10), still(10), undefined, undefined, still(12)];
    const full = Array.from({ length: 6 }, () => still(5));
    const market = { bars: { A: hole, B: full, C: full, D: full, E: full }, sessions: [4, 2] };
    const { events, engine } = run(market, { 0: LONG, 2: FLAT }, { timetable: short });
    expect(events.filter((event) => /fill|expired/.test(event))).toEqual([
      'fill 1: 100@10',
      '2 expired',
      'fill 3: 100@12',
    ]);
    expect(engine.account.stance(0 as never, A).held).toBe(0);
  });

  test('1.6 an order of the last slice is a day order of the next session', () => {
    const overnight = sessionTimetable({
      firstDecisionMinutes: 0,
      lastEntryMinutes: 30,
      exitMinutes: 15,
      overnightEntries: 'next-open',
    });
    const market = { bars: { A: [still(10), still(10), still(11), still(11)] }, sessions: [2, 2] };
    expect(run(market, { 1: LONG }, { timetable: overnight }).events).toEqual([
      'slice 10',
      'slice 10',
      'session-close',
      'fill 1: 100@11',
      'slice 11',
      'slice 11',
      'session-close',
    ]);
  });

  test('1.6 at the end of the data nothing is invented: the order stays open, the position is marked', () => {
    const { engine, events } = run({ bars: { A: [still(10), still(11)] } }, { 0: LONG, 1: FLAT });
    expect(events.at(-1)).toBe('session-close');
    expect([engine.account.position(A), engine.account.equity]).toEqual([100, 100_000]);
  });
});

describe('1.7 the official close', () => {
  test('1.7 session equity and the base of the daily loss are marked with it', () => {
    let base = 0;
    const r = rig({
      risk: {
        ...hundred,
        watch: ({ previousCloseEquity }) => {
          base = previousCloseEquity;
          return undefined;
        },
      },
    });
    r.slice([10], LONG);
    r.fill(1, 100, 10);
    r.slice([11]);
    r.close([12]);
    expect(r.engine.account.equity).toBe(1_000_200);
    r.slice([13]);
    expect(base).toBe(1_000_200);
  });

  test('1.7 where there is none the last close stands in', () => {
    const r = holding();
    r.slice([11]);
    r.close([Number.NaN]);
    expect(r.engine.account.equity).toBe(1_000_100);
  });

  test('1.7 a session close asks no strategy and moves no leg', () => {
    const r = guarded();
    expect(brief(r.close([10.4]))).toEqual([]);
    expect(repeated(r, 5, GUARDED)).toEqual([]);
  });

  test('1.7 it marks a short position as well', () => {
    const r = rig();
    r.slice([10], SHORT);
    r.fill(1, 100, 10);
    r.close([12]);
    expect(r.engine.account.equity).toBe(999_800);
  });
});
