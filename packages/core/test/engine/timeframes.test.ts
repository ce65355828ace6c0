import {
  type Bars,
  ConfigError,
  type FeatureHandle,
  type FeatureSpec,
  type InstrumentIndex,
  type MarketView,
  on,
  sessionTimetable,
  type Timeframe,
} from '@tradekit/core';
import { describe, expect, test } from 'vitest';
import { type Rig, type RigOptions, rig } from './rig.js';

type Field = keyof Bars;

/** A field of the bar itself. */
function field(name: Field): FeatureSpec {
  return {
    key: name,
    unit: name === 'volume' ? 'shares' : 'price',
    warmUpBars: 1,
    create: ({ instruments }) => ({
      state: [],
      step(bars, offset, out, base) {
        for (let i = 0; i < instruments; i++) out[base + i] = bars[name][offset + i] ?? Number.NaN;
      },
    }),
  };
}

/** What a strategy sees of one feature of instrument 0 at every slice on which it is asked. */
interface Seen {
  readonly slice: number;
  readonly value: number;
  readonly isNew: boolean;
}

function watching(timeframe: Timeframe, name: Field, options: Partial<RigOptions> = {}): { rig: Rig; seen: Seen[] } {
  const seen: Seen[] = [];
  let handle: FeatureHandle;
  const r = rig({
    ...options,
    strategies: [
      {
        onSetup: (setup) => {
          handle = setup.feature(on(timeframe, field(name)));
        },
        generateSignals: (market: MarketView) => {
          const value = market.feature(handle, 0 as InstrumentIndex);
          seen.push({ slice: market.slice, value, isNew: market.closedNow(handle) });
          return [];
        },
      },
    ],
  });
  return { rig: r, seen };
}

/** The closes 101, 102, … of one session, and its end. */
function session(r: Rig, first = 1, official: readonly number[] = [Number.NaN]): void {
  for (let k = 0; k < 26; k++) r.slice([100 + first + k]);
  r.close(official);
}

const values = (seen: readonly Seen[]): readonly number[] => seen.map(({ value }) => value);
const news = (seen: readonly Seen[]): readonly number[] => seen.filter(({ isNew }) => isNew).map(({ slice }) => slice);

describe('features of longer bars', () => {
  test('an hour is seen at its end and not before: 10:30 … 15:30, and 16:00 with two slices', () => {
    const { rig: r, seen } = watching('hour', 'close');
    session(r);
    const expected = seen.map((_, k) => (k < 3 ? Number.NaN : k === 25 ? 126 : 101 + 4 * Math.floor((k + 1) / 4) - 1));
    expect(values(seen)).toEqual(expected);
    expect(news(seen)).toEqual([3, 7, 11, 15, 19, 23, 25]);
  });

  test('open, high, low and volume of an hour are those of its four slices', () => {
    const of = (name: Field): number | undefined => {
      const { rig: r, seen } = watching('hour', name);
      // In a slice of the rig every field is the close.
      for (const close of [10, 14, 9, 12]) r.slice([close]);
      return seen.at(-1)?.value;
    };
    expect([of('open'), of('high'), of('low'), of('close'), of('volume')]).toEqual([10, 14, 9, 12, 45]);
  });

  test('a half day ends its last hour at 13:00', () => {
    const { rig: r, seen } = watching('hour', 'close', { date: '2021-11-26' });
    for (let k = 0; k < 14; k++) r.slice([101 + k]);
    expect(news(seen)).toEqual([3, 7, 11, 13]);
  });

  test('a day closes at the official price, after its last slice; the first slice of the next session hears of it', () => {
    const { rig: r, seen } = watching('day', 'close');
    session(r, 1, [130]);
    session(r, 1);
    r.slice([1]);
    expect(values(seen)).toEqual([...Array(26).fill(Number.NaN), ...Array(26).fill(130), 126]);
    expect(news(seen)).toEqual([26, 52]);
  });

  test('a day contains its official close', () => {
    const { rig: r, seen } = watching('day', 'high');
    session(r, 1, [130]);
    r.slice([1]);
    expect(seen.at(-1)?.value).toBe(130);
  });

  test('a strategy that is not asked at the open hears of the day at its first decision', () => {
    const { rig: r, seen } = watching('day', 'close', { timetable: sessionTimetable() });
    session(r);
    session(r);
    // Asked from 10:00 (slice 1 of a session) to 15:45 (slice 24).
    expect(news(seen)).toEqual([26 + 1]);
  });

  test('a week closes with its last session, also on a short one', () => {
    // Good Friday is 2021-04-02: the week ends on Thursday.
    const { rig: r, seen } = watching('week', 'close', { date: '2021-03-31' });
    session(r, 1, [150]);
    session(r, 101, [250]);
    session(r, 1);
    expect(news(seen)).toEqual([52]);
    expect(seen[52]?.value).toBe(250);
  });

  test('an hour in which the instrument had no bar is a hole for its kernel', () => {
    const { rig: r, seen } = watching('hour', 'close');
    for (const close of [1, 2, 3, 4]) r.slice([close]);
    for (let k = 0; k < 4; k++) r.slice([Number.NaN]);
    for (const close of [5, Number.NaN, 6, Number.NaN]) r.slice([close]);
    expect([seen[3]?.value, seen[7]?.value, seen[11]?.value]).toEqual([4, Number.NaN, 6]);
  });

  test('across a split an unfinished bar and its feature are continued, and read in the new shares', () => {
    const { rig: r, seen } = watching('day', 'high');
    session(r, 1);
    r.take({
      kind: 'corporate-action',
      instrument: 0 as InstrumentIndex,
      action: { type: 'split', ratio: 2, cashInLieu: 0 },
    });
    r.slice([63]);
    expect(seen.at(-1)?.value).toBe(63);
  });

  test('one key on two timeframes is two features, on one it is one', () => {
    const handles: FeatureHandle[] = [];
    rig({
      strategies: [
        {
          onSetup: (setup) => {
            for (const spec of [field('close'), on('hour', field('close')), on('hour', field('close'))])
              handles.push(setup.feature(spec));
          },
        },
      ],
    });
    expect(handles).toEqual([0, 1, 1]);
  });

  test('a timeframe that the bars do not fill is refused, and so is one that does not exist', () => {
    const asking = (timeframe: string, barMs: number) => () => watching(timeframe as Timeframe, 'close', { barMs });
    expect(asking('5min', 900_000)).toThrow(ConfigError);
    expect(asking('5min', 900_000)).toThrow('bars of 15 minutes do not fill bars of 5');
    expect(asking('2h', 900_000)).toThrow('there is no timeframe "2h"; use 1min, 5min, 15min, 30min, hour, day, week');
    expect(asking('15min', 900_000)).not.toThrow();
  });

  test('recovery from the journal leaves the same values', () => {
    const { rig: r, seen } = watching('day', 'close');
    session(r, 1, [130]);
    session(r, 2, [140]);
    r.slice([7]);
    const { rig: fresh, seen: seenAgain } = watching('day', 'close');
    for (const [place, { event, decisions }] of r.journal.entries.entries()) {
      if (place < r.journal.entries.length - 1) fresh.engine.recover(event, decisions);
      else fresh.engine.process(event);
    }
    expect(seenAgain).toEqual([seen.at(-1)]);
  });
});

describe('features of features', () => {
  /** The value of its input plus so much. */
  const plus = (input: FeatureSpec, more: number): FeatureSpec => ({
    key: `${input.key}+${more}`,
    unit: input.unit,
    warmUpBars: input.warmUpBars,
    inputs: [input],
    create: ({ instruments, inputs: [read] }) => ({
      state: [],
      step(_, __, out, base) {
        for (let i = 0; i < instruments; i++) out[base + i] = (read?.values[read.base + i] ?? Number.NaN) + more;
      },
    }),
  });

  function asking(...specs: readonly FeatureSpec[]): { rig: Rig; seen: readonly number[][] } {
    const seen: number[][] = [];
    const handles: FeatureHandle[] = [];
    const r = rig({
      strategies: [
        {
          onSetup: (setup) => handles.push(...specs.map((spec) => setup.feature(spec))),
          generateSignals: (market: MarketView) => {
            seen.push(handles.map((handle) => market.feature(handle, 0 as InstrumentIndex)));
            return [];
          },
        },
      ],
    });
    return { rig: r, seen };
  }

  test('an input is stepped before what reads it, once however many read it', () => {
    let steps = 0;
    const counted: FeatureSpec = {
      ...field('close'),
      create(setup) {
        const kernel = field('close').create(setup);
        return {
          state: [],
          step(...row) {
            steps += 1;
            kernel.step(...row);
          },
        };
      },
    };
    const { rig: r, seen } = asking(plus(plus(counted, 1), 10), plus(counted, 100), counted);
    r.slice([5]);
    r.slice([6]);
    expect(seen).toEqual([
      [16, 105, 5],
      [17, 106, 6],
    ]);
    expect(steps).toBe(2);
  });

  test('inputs go with the timeframe; one of a longer timeframe is the last that closed', () => {
    const { rig: r, seen } = asking(on('hour', plus(field('close'), 1)), plus(on('hour', field('close')), 0.5));
    for (const close of [1, 2, 3, 4, 5]) r.slice([close]);
    const none = Number.NaN;
    expect(seen).toEqual([
      [none, none],
      [none, none],
      [none, none],
      [5, 4.5],
      [5, 4.5],
    ]);
  });

  test('an input of a shorter timeframe is refused', () => {
    const spec = { ...plus(on('hour', field('close')), 1), timeframe: 'day' as const };
    expect(() => asking(spec)).toThrow('reads "close" of hour; give the input the same timeframe, or a longer one');
  });

  test('a kernel is told where in its session a row is', () => {
    const moments: string[] = [];
    const spec: FeatureSpec = {
      key: 'moment',
      unit: 'none',
      warmUpBars: 1,
      create: () => ({
        state: [],
        step(_, __, ___, ____, { session: day, minute, sessionMinutes }) {
          moments.push(`${day} ${minute} of ${sessionMinutes}`);
        },
      }),
    };
    const { rig: r } = asking(spec);
    r.slice([1]);
    r.slice([1]);
    const { rig: half } = watching('day', 'close', { date: '2021-11-26' });
    half.slice([1]);
    expect(moments).toEqual(['18631 15 of 390', '18631 30 of 390']);
  });
});
