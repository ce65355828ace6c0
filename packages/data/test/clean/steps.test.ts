import { ConfigError, DataError } from '@tradekit/core';
import { describe, expect, it } from 'vitest';
import {
  BAR_FLAGS,
  barFileCleaner,
  type CleanedBars,
  type CleaningStepSetting,
  cleanBars,
  cleaningSteps,
} from '../../src/index.js';
import { barsOf, columnsOf, inWords, type MadeBar, quietBars } from './made-bars.js';
import { isRegular, walk } from './planted-prints.js';

const clean = (bars: readonly MadeBar[], ...settings: readonly CleaningStepSetting[]): CleanedBars =>
  cleanBars(columnsOf(bars), { symbol: 'AAPL' }, { steps: cleaningSteps(settings) });
const words = ({ ledger }: CleanedBars): string[] => ledger.map(inWords);
const SORTED = ['order', 'duplicates'] as const;

describe('impossible', () => {
  const right: MadeBar = ['2021-01-04 14:30', 10, 11, 9, 10.5, 5];
  const wrong: readonly MadeBar[] = [
    ['2021-01-04 14:45', 10, 9, 11, 10, 5],
    ['2021-01-04 15:00', 12, 11, 9, 10, 5],
    ['2021-01-04 15:15', 10, 11, 9, 8, 5],
    ['2021-01-04 15:30', 10, 11, 0, 10, 5],
    ['2021-01-04 15:45', 10, Number.NaN, 9, 10, 5],
    ['2021-01-04 16:00', 10, Number.POSITIVE_INFINITY, 9, 10, 5],
    ['2021-01-04 16:15', 10, 11, 9, 10, -1],
  ];

  it('drops every bar that cannot be and names what is wrong', () => {
    const cleaned = clean([right, ...wrong], 'impossible');
    expect(barsOf(cleaned)).toEqual([right]);
    expect(words(cleaned)).toEqual([
      '3 impossible dropped 2021-01-04 14:45: high 9 is below low 11',
      '4 impossible dropped 2021-01-04 15:00: open 12 is outside low 9 and high 11',
      '5 impossible dropped 2021-01-04 15:15: close 8 is outside low 9 and high 11',
      '6 impossible dropped 2021-01-04 15:30: low 0 is not above zero',
      '7 impossible dropped 2021-01-04 15:45: high NaN is no finite number',
      '8 impossible dropped 2021-01-04 16:00: high Infinity is no finite number',
      '9 impossible dropped 2021-01-04 16:15: volume -1 is below zero',
    ]);
    expect(cleaned.counts).toEqual([
      { step: 'parse', dropped: 0, changed: 0, flagged: 0, added: 0 },
      { step: 'impossible', dropped: 7, changed: 0, flagged: 0, added: 0 },
    ]);
  });

  it('widens high and low where the prices allow it, and drops the rest', () => {
    const cleaned = clean([right, ...wrong], { impossible: { action: 'widen' } });
    expect(barsOf(cleaned)).toEqual([
      right,
      ['2021-01-04 14:45', 10, 11, 9, 10, 5],
      ['2021-01-04 15:00', 12, 12, 9, 10, 5],
      ['2021-01-04 15:15', 10, 11, 8, 8, 5],
    ]);
    expect(cleaned.ledger.map(({ line, action }) => `${line} ${action}`)).toEqual([
      '3 changed',
      '4 changed',
      '5 changed',
      '6 dropped',
      '7 dropped',
      '8 dropped',
      '9 dropped',
    ]);
    expect(cleaned.ledger[0]).toMatchObject({ before: { high: 9, low: 11 }, after: { high: 11, low: 9 } });
    expect([...cleaned.flags]).toEqual([0, BAR_FLAGS.changed, BAR_FLAGS.changed, BAR_FLAGS.changed]);
  });
});

describe('grid', () => {
  const [first, second] = quietBars('2021-01-04', 2) as [MadeBar, MadeBar];
  const off = (start: string, bar: MadeBar): MadeBar => [start, bar[1], bar[2], bar[3], bar[4], bar[5]];

  it('drops what is off the grid', () => {
    const cleaned = clean([first, off('2021-01-04 14:46', second)], 'grid');
    expect(barsOf(cleaned)).toEqual([first]);
    expect(words(cleaned)).toEqual(['3 grid dropped 2021-01-04 14:46: the stamp is 60 seconds after the grid']);
  });

  it('snaps what is near and drops what is not', () => {
    const bars = [first, off('2021-01-04 14:44', second), off('2021-01-04 15:02', second)];
    const cleaned = clean(bars, { grid: { action: 'snap' } });
    expect(barsOf(cleaned)).toEqual([first, second]);
    expect(words(cleaned)).toEqual([
      '3 grid changed 2021-01-04 14:44: the stamp is 60 seconds before the grid',
      '4 grid dropped 2021-01-04 15:02: the stamp is 120 seconds after the grid',
    ]);
  });
});

describe('order', () => {
  const [a, b, c, d, e] = quietBars('2021-01-04', 5) as [MadeBar, MadeBar, MadeBar, MadeBar, MadeBar];

  it('puts rows into their place and names the fewest that had to move', () => {
    const cleaned = clean([b, c, a, e, d], 'order');
    expect(barsOf(cleaned)).toEqual([a, b, c, d, e]);
    expect(words(cleaned)).toEqual([
      '4 order changed 2021-01-04 14:30: it stood after line 3, and was put in its place in time',
      '5 order changed 2021-01-04 15:30: it stood after line 4, and was put in its place in time',
    ]);
    expect([...cleaned.lines]).toEqual([4, 2, 3, 6, 5]);
  });

  it('names all rows but one of a file that is newest first', () => {
    const cleaned = clean([e, d, c, b, a], 'order');
    expect(barsOf(cleaned)).toEqual([a, b, c, d, e]);
    expect(cleaned.ledger).toHaveLength(4);
  });

  it('keeps rows of one start in the order of the file', () => {
    const later: MadeBar = [a[0], 1, 1, 1, 1, 1];
    expect(barsOf(clean([b, a, later], 'order'))).toEqual([a, later, b]);
  });
});

describe('duplicates', () => {
  const [a, b] = quietBars('2021-01-04', 2) as [MadeBar, MadeBar];
  const more: MadeBar = [a[0], 100, 101, 99, 100.5, 5000];
  const less: MadeBar = [a[0], 100, 101, 99, 100.7, 5];

  it('drops a row that repeats another, wherever it stands', () => {
    const cleaned = clean([a, b, a], ...SORTED);
    expect(barsOf(cleaned)).toEqual([a, b]);
    expect(words(cleaned)).toContain(`4 duplicates dropped ${a[0]}: repeats line 2`);
  });

  it.each([
    ['first', a, ['3', '4']],
    ['last', less, ['2', '3']],
    ['larger-volume', more, ['2', '4']],
  ] as const)('keeps the %s of rows that differ', (conflicting, kept, lines) => {
    const cleaned = clean([a, more, less, b], 'order', { duplicates: { conflicting } });
    expect(barsOf(cleaned)).toEqual([kept, b]);
    expect(cleaned.ledger.map(({ line }) => `${line}`)).toEqual(lines);
  });

  it('keeps the larger volume by default and says which line that is', () => {
    expect(words(clean([a, more, b], ...SORTED))).toEqual([
      `2 duplicates dropped ${a[0]}: differs from line 3, which has the larger volume`,
    ]);
  });

  it('tells a row that repeats a dropped one from one that differs', () => {
    expect(words(clean([a, more, a, more], ...SORTED))).toEqual([
      `2 duplicates dropped ${a[0]}: differs from line 3, which has the larger volume`,
      `4 duplicates dropped ${a[0]}: repeats line 2`,
      `5 duplicates dropped ${a[0]}: repeats line 3`,
    ]);
  });

  it('takes no longer than the rows are many, when all are of one start', () => {
    const rows = Array.from({ length: 50_000 }, (_, row): MadeBar => [a[0], 100, 101, 99, 100, row % 40_000]);
    const cleaned = clean(rows, ...SORTED);
    expect(barsOf(cleaned)).toEqual([[a[0], 100, 101, 99, 100, 39_999]]);
    expect(cleaned.ledger).toHaveLength(49_999);
  });

  it('refuses rows that differ when it is told to', () => {
    const refuse = () => clean([a, more], 'order', { duplicates: { conflicting: 'refuse' } });
    expect(refuse).toThrow(DataError);
    expect(refuse).toThrow('AAPL has different rows for 2021-01-04T14:30:00.000Z, lines 2 and 3; remove one');
    expect(barsOf(clean([a, a], 'order', { duplicates: { conflicting: 'refuse' } }))).toEqual([a]);
  });
});

describe('hours', () => {
  const at = (time: string): MadeBar => [time, 10, 10, 10, 10, 1];
  const day = [
    at('2021-01-02 15:00'),
    at('2021-01-04 08:45'),
    at('2021-01-04 09:00'),
    at('2021-01-04 14:15'),
    at('2021-01-04 14:30'),
    at('2021-01-04 20:45'),
    at('2021-01-04 21:00'),
    at('2021-01-05 00:45'),
    at('2021-01-05 01:00'),
  ];

  it('keeps 04:00 to 20:00 of days with a session', () => {
    const cleaned = clean(day, 'order', 'hours');
    expect(barsOf(cleaned)).toEqual(day.slice(2, 8));
    expect(words(cleaned)).toEqual([
      '2 hours dropped 2021-01-02 15:00: NYSE has no session on this day',
      '3 hours dropped 2021-01-04 08:45: before 04:00 to 20:00 New York',
      '10 hours dropped 2021-01-05 01:00: after 04:00 to 20:00 New York',
    ]);
  });

  it('keeps regular hours, and writes a run of lines as one entry', () => {
    const cleaned = clean(day, 'order', { hours: { keep: 'regular' } });
    expect(barsOf(cleaned)).toEqual([day[4], day[5]]);
    expect(words(cleaned)).toEqual([
      '2 hours dropped 2021-01-02 15:00: NYSE has no session on this day',
      '3-5 hours dropped 2021-01-04 08:45: before the session',
      '8-10 hours dropped 2021-01-04 21:00: after the session',
    ]);
    expect(cleaned.counts.at(-1)).toMatchObject({ step: 'hours', dropped: 7 });
  });

  it('keeps regular hours of a half day to 13:00', () => {
    const bars = [at('2024-11-29 17:45'), at('2024-11-29 18:00')];
    expect(barsOf(clean(bars, 'order', { hours: { keep: 'regular' } }))).toEqual([bars[0]]);
  });

  it('keeps hours of ones own', () => {
    const cleaned = clean(day, 'order', { hours: { keep: { open: '09:15', close: '16:15' } } });
    expect(barsOf(cleaned)).toEqual(day.slice(3, 7));
  });

  it('drops days outside the years of the calendar', () => {
    const cleaned = clean([at('1990-01-02 15:00'), at('2021-01-04 15:00'), at('2090-01-02 15:00')], 'order', 'hours');
    expect(barsOf(cleaned)).toEqual([at('2021-01-04 15:00')]);
  });
});

describe('unfinished', () => {
  const steps = ['order', 'duplicates', 'unfinished'] as const;

  it('drops the last bar of a file that ends inside a session', () => {
    const bars = quietBars('2021-01-04', 22);
    const cleaned = clean(bars, ...steps);
    expect(barsOf(cleaned)).toEqual(bars.slice(0, 21));
    expect(words(cleaned)).toEqual([
      '23 unfinished dropped 2021-01-04 19:45: the file ends inside the session of 2021-01-04',
    ]);
  });

  it('flags it when it is told to', () => {
    const cleaned = clean(quietBars('2021-01-04', 2), ...SORTED, { unfinished: { action: 'flag' } });
    expect([...cleaned.flags]).toEqual([0, BAR_FLAGS.unfinished]);
    expect(cleaned.ledger.map(({ action }) => action)).toEqual(['flagged']);
  });

  it('leaves a file that ends with a session, or outside of one', () => {
    expect(clean(quietBars('2021-01-04'), ...steps).ledger).toEqual([]);
    expect(clean([['2021-01-04 22:00', 1, 1, 1, 1, 1]], ...steps).ledger).toEqual([]);
    expect(clean([], ...steps).ledger).toEqual([]);
  });
});

describe('frozen', () => {
  const frozen = (bars: readonly MadeBar[], from: number, count: number): MadeBar[] =>
    bars.map((bar, row) => (row >= from && row < from + count ? [bar[0], 7, 8, 6, 7, bar[5]] : bar));
  const steps = [...SORTED, 'frozen'] as const;

  it('flags eight bars alike and names the first', () => {
    const cleaned = clean(frozen(quietBars('2021-01-04'), 4, 8), ...steps);
    expect([...cleaned.flags].flatMap((flag, row) => (flag === BAR_FLAGS.frozen ? [row] : []))).toEqual([
      4, 5, 6, 7, 8, 9, 10, 11,
    ]);
    expect(words(cleaned)[0]).toBe('6 frozen flagged 2021-01-04 15:30: 8 bars alike, from line 6 on');
    expect(cleaned.ledger).toHaveLength(8);
  });

  it('leaves seven', () => {
    expect(clean(frozen(quietBars('2021-01-04'), 4, 7), ...steps).ledger).toEqual([]);
  });

  it('finds a run to the last bar, and one over two sessions', () => {
    expect(clean(frozen(quietBars('2021-01-04'), 18, 8), ...steps).ledger).toHaveLength(8);
    const two = [...quietBars('2021-01-04'), ...quietBars('2021-01-05')];
    expect(clean(frozen(two, 22, 8), ...steps).ledger).toHaveLength(8);
  });

  it('finds every planted run of eight and more', () => {
    const market = walk(7, '2021-01-04', '2021-06-30');
    const regular = [...market.start.keys()].filter((row) => isRegular(market.start[row] ?? 0));
    const planted: number[] = [];
    for (let at = 20; at + 30 < regular.length; at += 30 + (at % 7)) {
      const run = regular.slice(at, at + 8 + (at % 5));
      for (const column of [market.open, market.high, market.low, market.close])
        for (const row of run) column[row] = 100;
      planted.push(...run);
    }
    const { flags } = cleanBars(market, { symbol: 'AAPL' }, { steps: cleaningSteps([...steps]) });
    expect(planted.length).toBeGreaterThan(500);
    expect([...flags.keys()].filter((row) => flags[row] === BAR_FLAGS.frozen)).toEqual(planted);
  });

  it('leaves bars outside regular hours', () => {
    const evening = Array.from(
      { length: 12 },
      (_, bar): MadeBar => [`2021-01-04 ${21 + (bar >> 2)}:${['00', 15, 30, 45][bar % 4]}`, 5, 5, 5, 5, 1],
    );
    expect(clean(evening, ...steps).ledger).toEqual([]);
  });

  it('drops them when it is told to', () => {
    const cleaned = clean(frozen(quietBars('2021-01-04'), 4, 3), ...SORTED, { frozen: { bars: 3, action: 'drop' } });
    expect([...cleaned.lines]).toEqual([2, 3, 4, 5, ...Array.from({ length: 19 }, (_, row) => row + 9)]);
    expect(words(cleaned)[2]).toBe('8 frozen dropped 2021-01-04 16:00: 3 bars alike, from line 6 on');
  });
});

describe('gaps', () => {
  const two = [...quietBars('2021-01-04'), ...quietBars('2021-01-06')];
  const without = (rows: readonly number[]): MadeBar[] => two.filter((_, row) => !rows.includes(row));
  const start = (time: string): number => Date.parse(`${time.replace(' ', 'T')}Z`);
  const lostTuesday = { date: '2021-01-05', start: start('2021-01-05 14:30'), bars: 26, wholeSession: true };

  it('leaves and lists them', () => {
    const cleaned = clean(without([0, 10, 11, 51]), ...SORTED, 'gaps');
    expect(cleaned.ledger).toEqual([]);
    expect(cleaned.gaps).toEqual([
      { date: '2021-01-04', start: start('2021-01-04 14:30'), bars: 1, wholeSession: false },
      { date: '2021-01-04', start: start('2021-01-04 17:00'), bars: 2, wholeSession: false },
      lostTuesday,
      { date: '2021-01-06', start: start('2021-01-06 20:45'), bars: 1, wholeSession: false },
    ]);
  });

  it('carries the close over a short hole, also at the end of a session, and never over a lost session', () => {
    const cleaned = clean(without([10, 11, 25]), ...SORTED, { gaps: { policy: 'carry' } });
    const close = two[9]?.[4] ?? 0;
    const last = two[24]?.[4] ?? 0;
    expect(barsOf(cleaned)).toHaveLength(52);
    expect(barsOf(cleaned).slice(10, 12)).toEqual([
      ['2021-01-04 17:00', close, close, close, close, 0],
      ['2021-01-04 17:15', close, close, close, close, 0],
    ]);
    expect(barsOf(cleaned)[25]).toEqual(['2021-01-04 20:45', last, last, last, last, 0]);
    expect([10, 11, 25].map((row) => [cleaned.flags[row], cleaned.lines[row]])).toEqual(
      [10, 11, 25].map(() => [BAR_FLAGS.carried, 0]),
    );
    expect(words(cleaned)).toEqual([
      '0 gaps added 2021-01-04 17:00: no bar; the close of line 11 carried',
      '0 gaps added 2021-01-04 17:15: no bar; the close of line 11 carried',
      '0 gaps added 2021-01-04 20:45: no bar; the close of line 24 carried',
    ]);
    expect(cleaned.gaps).toEqual([lostTuesday]);
  });

  it('carries nothing over a longer hole, before a first bar, and behind the last row', () => {
    const cleaned = clean(without([0, 10, 11, 12, 51]), ...SORTED, { gaps: { policy: 'carry', maxBars: 2 } });
    expect(cleaned.ledger).toEqual([]);
    expect(cleaned.gaps.map(({ date, bars }) => [date, bars])).toEqual([
      ['2021-01-04', 1],
      ['2021-01-04', 3],
      ['2021-01-05', 26],
      ['2021-01-06', 1],
    ]);
  });

  it('drops a day whose session lacks a bar', () => {
    const evening: MadeBar = ['2021-01-04 21:00', 1, 1, 1, 1, 1];
    const bars = [...without([10, 12]).slice(0, 24), evening, ...two.slice(26)];
    const cleaned = clean(bars, ...SORTED, { gaps: { policy: 'drop-session' } });
    expect(barsOf(cleaned)).toEqual(two.slice(26));
    expect(words(cleaned)).toEqual(['2-26 gaps dropped 2021-01-04 14:30: the session lacks 2 of 26 bars']);
    expect(cleaned.gaps.map(({ date, wholeSession }) => [date, wholeSession])).toEqual([
      ['2021-01-04', true],
      ['2021-01-05', true],
    ]);
  });

  it('refuses them with their dates', () => {
    const refuse = () => clean(without([10]), ...SORTED, { gaps: { policy: 'refuse' } });
    expect(refuse).toThrow(
      'AAPL has gaps: 2021-01-04 (1 bar from 2021-01-04T17:00:00.000Z), 2021-01-05 (the whole session); complete the file',
    );
    expect(() => clean(quietBars('2021-01-04'), ...SORTED, { gaps: { policy: 'refuse' } })).not.toThrow();
  });

  it('sees none where the file begins after a close, nor in thin evenings', () => {
    const bars: MadeBar[] = [
      ['2021-01-04 22:00', 1, 1, 1, 1, 1],
      ...quietBars('2021-01-05'),
      ['2021-01-06 13:00', 1, 1, 1, 1, 1],
    ];
    expect(clean(bars, ...SORTED, 'gaps').gaps).toEqual([]);
  });
});

describe('a list of steps', () => {
  it.each<[CleaningStepSetting[], string, string]>([
    [['dupplicates'], 'CLEANING_STEP', 'there is no cleaning step "dupplicates"; did you mean "duplicates"?'],
    [['xyz'], 'CLEANING_STEP', 'known are impossible, grid, order, duplicates, hours'],
    [[{ hours: 'regular' } as never], 'CLEANING_STEP', '{"hours":"regular"} is no cleaning step; write a name'],
    [[{ grid: {}, order: {} }], 'CLEANING_STEP', 'is no cleaning step'],
    [[{}], 'CLEANING_STEP', '{} is no cleaning step'],
    [['order', 'order'], 'CLEANING_ORDER', 'the cleaning step "order" is listed twice'],
    [['duplicates'], 'CLEANING_ORDER', 'the step "duplicates" needs the step "order"; list it before "duplicates"'],
    [['gaps', 'order', 'duplicates'], 'CLEANING_ORDER', 'the step "gaps" comes before the step "order"'],
    [['order', 'grid'], 'CLEANING_ORDER', 'the step "order" comes before the step "grid"; exchange them'],
    [[{ grid: { acton: 'snap' } }], 'CLEANING_PARAMETER', 'no parameter "acton"; did you mean "action"?'],
    [[{ order: { by: 1 } }], 'CLEANING_PARAMETER', 'the step "order" has no parameter "by"; it has none'],
    [
      [{ impossible: { action: 'mend' } }],
      'CLEANING_PARAMETER',
      'action of the step "impossible" is "mend"; use drop or widen',
    ],
    [[{ grid: { action: 1 } }], 'CLEANING_PARAMETER', 'action of the step "grid" is 1; use drop or snap'],
    [[{ grid: { toleranceSeconds: -1 } }], 'CLEANING_PARAMETER', 'is -1; give a number of at least 0'],
    [
      ['order', { duplicates: { conflicting: 'ask' } }],
      'CLEANING_PARAMETER',
      'use refuse or first or last or larger-volume',
    ],
    [
      ['order', { hours: { keep: 'night' } }],
      'CLEANING_PARAMETER',
      'keep of the step "hours" is "night"; use regular or extended',
    ],
    [['order', { hours: { keep: { open: '16:00', close: '09:30' } } }], 'CLEANING_PARAMETER', 'an open before a close'],
    [['order', { hours: { keep: { open: '9:30', close: '16:00' } } }], 'CLEANING_PARAMETER', 'an open before a close'],
    [[...SORTED, { unfinished: { action: 'keep' } }], 'CLEANING_PARAMETER', 'use drop or flag'],
    [
      [...SORTED, { frozen: { bars: 1 } }],
      'CLEANING_PARAMETER',
      'bars of the step "frozen" is 1; give a whole number from 2',
    ],
    [[...SORTED, { 'bad-prints': { regularSigmas: 0 } }], 'CLEANING_PARAMETER', 'give a number of at least 1'],
    [[...SORTED, { 'bad-prints': { allow: 'AAPL' } }], 'CLEANING_PARAMETER', 'is no list'],
    [
      [...SORTED, { 'bad-prints': { allow: [{ symbol: 'AAPL', time: '2021-01-04 18:45' }] } }],
      'CLEANING_PARAMETER',
      "give { symbol: 'AAPL', time: '2021-01-04T18:45:00Z' }",
    ],
    [[...SORTED, { gaps: { policy: 'invent' } }], 'CLEANING_PARAMETER', 'use leave or carry or drop-session or refuse'],
    [
      [...SORTED, { gaps: { maxBars: 2 } }],
      'CLEANING_PARAMETER',
      'maxBars of the step "gaps" has no meaning under leave',
    ],
    [[...SORTED, { gaps: { policy: 'carry', maxBars: 0 } }], 'CLEANING_PARAMETER', 'give a whole number from 1'],
  ])('%j is refused: %s', (settings, code, message) => {
    let thrown: unknown;
    try {
      cleaningSteps(settings);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(ConfigError);
    expect(thrown).toMatchObject({ code, message: expect.stringContaining(message) });
  });

  it('takes steps of ones own', () => {
    const none = { name: 'mine', run: () => {} };
    const cleaned = cleanBars(columnsOf(quietBars('2021-01-04')), { symbol: 'AAPL' }, { steps: [none] });
    expect(cleaned.counts.map(({ step }) => step)).toEqual(['parse', 'mine']);
  });

  it('stands a file of broken lines only', () => {
    const text = `timestamp,open,high,low,close,volume\n${'x\n'.repeat(150_000)}`;
    const cleaned = barFileCleaner().cleanText(Buffer.from(text), 'AAPL_15min.csv');
    expect([cleaned.symbol, cleaned.rowsRead, cleaned.columns.start.length]).toEqual(['AAPL', 150_000, 0]);
    expect(cleaned.counts[0]).toEqual({ step: 'parse', dropped: 150_000, changed: 0, flagged: 0, added: 0 });
  });

  it('refuses columns of different lengths and leaves those that it is given alone', () => {
    const columns = columnsOf(quietBars('2021-01-04').reverse());
    expect(() => cleanBars({ ...columns, low: new Float64Array(3) }, { symbol: 'AAPL' })).toThrow(
      'the column low has 3 cells and start has 26',
    );
    const before = columns.start.slice();
    cleanBars(columns, { symbol: 'AAPL' });
    expect(columns.start).toEqual(before);
  });
});
