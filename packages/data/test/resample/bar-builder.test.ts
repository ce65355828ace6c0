import {
  ConfigError,
  fromNewYork,
  type IntradayTimeframe,
  MINUTE_MS,
  nyse,
  parseIsoDate,
  type SessionDay,
  type Timestamp,
} from '@tradekit/core';
import { type BarBuilder, type BuilderEvent, barBuilder, resample, type StreamedBar } from '@tradekit/data';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { columnsOf } from './columns-of.js';

const at = (time: string, date = '2024-11-27'): Timestamp => {
  const [hours, minutes] = time.split(':').map(Number) as [number, number];
  return fromNewYork(parseIsoDate(date) as SessionDay, hours * 60 + minutes);
};
const minute = (time: string, price: number, volume = 100, date?: string): StreamedBar => ({
  start: at(time, date),
  open: price,
  high: price + 1,
  low: price - 1,
  close: price + 0.5,
  volume,
});
const quarter = (options: { graceMs?: number; from?: Timestamp } = {}): BarBuilder =>
  barBuilder({ timeframe: '15min', calendar: nyse, from: at('09:30'), ...options });
const brief = (events: readonly BuilderEvent[]): readonly string[] =>
  events.map((event) => {
    if (event.kind === 'closed')
      return `closed ${event.bar.open} ${event.bar.close} ${event.bar.volume} of ${event.bar.parts}`;
    if (event.kind === 'corrected') return `${event.reason} ${event.bar.open} ${event.bar.close} ${event.bar.volume}`;
    return event.kind === 'empty' ? 'empty' : `ignored ${event.reason}`;
  });

describe('the bar builder', () => {
  test('closes a bar at its end, with the minutes in the order of time, whatever order they came in', () => {
    const builder = quarter();
    expect(builder.take(minute('09:44', 12))).toEqual([]);
    expect(builder.take(minute('09:30', 10))).toEqual([]);
    expect(builder.take(minute('09:37', 20))).toEqual([]);
    expect(builder.advance((at('09:45') - 1) as Timestamp)).toEqual([]);
    expect(builder.advance(at('09:45'))).toEqual([
      {
        kind: 'closed',
        bar: { start: at('09:30'), end: at('09:45'), open: 10, high: 21, low: 9, close: 12.5, volume: 300, parts: 3 },
      },
    ]);
    expect(builder.advance(at('09:45'))).toEqual([]);
  });

  test('waits for its grace; what comes within it is in the bar', () => {
    const builder = quarter({ graceMs: 2000 });
    builder.take(minute('09:30', 10));
    expect(builder.advance((at('09:45') + 1999) as Timestamp)).toEqual([]);
    builder.take(minute('09:44', 12));
    expect(brief(builder.advance((at('09:45') + 2000) as Timestamp))).toEqual(['closed 10 12.5 200 of 2']);
  });

  test('a minute after that is late, and one that comes again with other values a correction; the same again is nothing', () => {
    const builder = quarter();
    builder.take(minute('09:30', 10));
    builder.advance(at('09:45'));
    expect(brief(builder.take(minute('09:31', 30)))).toEqual(['late 10 30.5 200']);
    expect(brief(builder.take(minute('09:30', 11)))).toEqual(['corrected 11 30.5 200']);
    expect(builder.take(minute('09:30', 11))).toEqual([]);
    // In the bar that is still open a correction is silent.
    builder.take(minute('09:46', 5));
    builder.take(minute('09:46', 6));
    expect(brief(builder.advance(at('10:00')))).toEqual(['closed 6 6.5 100 of 1']);
  });

  test('bars without a minute are told as empty, and a late minute fills them', () => {
    const builder = quarter();
    builder.take(minute('10:01', 10));
    expect(brief(builder.advance(at('10:15')))).toEqual(['empty', 'empty', 'closed 10 10.5 100 of 1']);
    expect(brief(builder.take(minute('09:50', 7)))).toEqual(['late 7 7.5 100']);
  });

  test('the last bar of a half day ends at 13:00, and the first of the next session follows it', () => {
    const builder = barBuilder({ timeframe: 'hour', calendar: nyse, from: at('12:30', '2024-11-29') });
    builder.take(minute('12:30', 10, 100, '2024-11-29'));
    builder.take(minute('09:30', 20, 100, '2024-12-02'));
    const events = builder.advance(at('10:30', '2024-12-02'));
    expect(brief(events)).toEqual(['closed 10 10.5 100 of 1', 'closed 20 20.5 100 of 1']);
    expect(events[0]).toMatchObject({ bar: { end: at('13:00', '2024-11-29') } });
  });

  test('begins with the first whole bar', () => {
    const builder = quarter({ from: at('09:40') });
    expect(brief(builder.take(minute('09:40', 10)))).toEqual(['ignored before-start']);
    builder.take(minute('09:45', 11));
    expect(brief(builder.advance(at('10:00')))).toEqual(['closed 11 11.5 100 of 1']);
  });

  test('a stream that begins in the night or in the last bar begins with the next session', () => {
    for (const from of [at('03:00', '2024-11-29'), at('15:50', '2024-11-27'), at('12:00', '2024-11-28')]) {
      const builder = quarter({ from });
      builder.take(minute('09:30', 10, 100, '2024-11-29'));
      expect(brief(builder.advance(at('09:45', '2024-11-29')))).toEqual(['closed 10 10.5 100 of 1']);
    }
  });

  test('says why a minute is not used', () => {
    const builder = quarter();
    const told = (bar: StreamedBar): readonly string[] => brief(builder.take(bar));
    expect(told(minute('16:00', 10))).toEqual(['ignored outside-session']);
    expect(told(minute('10:00', 10, 100, '2024-11-28'))).toEqual(['ignored outside-session']);
    expect(told(minute('09:29', 10))).toEqual(['ignored before-start']);
    expect(told({ ...minute('09:30', 10), start: (at('09:30') + 30_000) as Timestamp })).toEqual(['ignored off-grid']);
    for (const wrong of [
      { high: 1 },
      { low: 0 },
      { close: Number.NaN },
      { volume: -1 },
      { high: Number.POSITIVE_INFINITY },
    ])
      expect(told({ ...minute('09:30', 10), ...wrong })).toEqual(['ignored impossible']);
    builder.advance(at('09:45', '2024-11-29'));
    expect(told(minute('15:59', 10))).toEqual(['ignored too-old']);
  });

  test('keeps the minutes of a session for corrections until the next one opens', () => {
    const builder = quarter();
    builder.take(minute('15:59', 10));
    builder.advance(at('09:29', '2024-11-29'));
    expect(brief(builder.take(minute('15:59', 11)))).toEqual(['corrected 11 11.5 100']);
  });

  test('refuses a timeframe that minutes do not fill, and a grace below zero', () => {
    expect(() => barBuilder({ timeframe: '5min', calendar: nyse, from: at('09:30'), barMinutes: 15 })).toThrow(
      ConfigError,
    );
    expect(() => quarter({ graceMs: -1 })).toThrow('the grace is -1 ms');
  });

  test('late, twice, corrected, lost or shuffled: in the end its bars are those of the batch', () => {
    const sessions = ['2024-11-27', '2024-11-29', '2024-12-02'].map((date) =>
      nyse.session(parseIsoDate(date) as SessionDay),
    );
    const starts = sessions.flatMap((session) => {
      const { open, close } = session ?? { open: 0, close: 0 };
      return Array.from({ length: (close - open) / MINUTE_MS }, (_, k) => (open + k * MINUTE_MS) as Timestamp);
    });
    const arrival = fc.record({
      place: fc.nat(starts.length - 1),
      delay: fc.oneof(fc.constant(0), fc.nat(40 * MINUTE_MS)),
      open: fc.integer({ min: 100, max: 110 }),
      close: fc.integer({ min: 100, max: 110 }),
      wick: fc.integer({ min: 0, max: 5 }),
      volume: fc.nat(1000),
    });
    const stream = fc.record({
      arrivals: fc.array(arrival, { minLength: 1, maxLength: 300 }),
      graceMs: fc.constantFrom(0, 1500, 5 * MINUTE_MS),
      timeframe: fc.constantFrom<IntradayTimeframe>('1min', '5min', '15min', '30min', 'hour'),
    });
    fc.assert(
      fc.property(stream, ({ arrivals, graceMs, timeframe }) => {
        const from = starts[0] as Timestamp;
        const builder = barBuilder({ timeframe, calendar: nyse, from, graceMs });
        const last = new Map<number, StreamedBar>();
        const told = new Map<number, StreamedBar>();
        const firstTold: number[] = [];
        const hear = (events: readonly BuilderEvent[]): void => {
          for (const event of events) {
            expect(event.kind).not.toBe('ignored');
            if (event.kind === 'closed' || event.kind === 'empty')
              firstTold.push(event.kind === 'empty' ? event.start : event.bar.start);
            if (event.kind !== 'closed' && event.kind !== 'corrected') continue;
            const { end: _, parts: __, ...bar } = event.bar;
            told.set(bar.start, bar);
          }
        };
        const inOrder = arrivals
          .map(({ place, delay, open, close, wick, volume }) => {
            const start = starts[place] as Timestamp;
            const bar = {
              start,
              open,
              close,
              high: Math.max(open, close) + wick,
              low: Math.min(open, close) - wick,
              volume,
            };
            return { at: (start + MINUTE_MS + delay) as Timestamp, bar };
          })
          .sort((a, b) => a.at - b.at);
        for (const { at: now, bar } of inOrder) {
          hear(builder.advance(now));
          hear(builder.take(bar));
          last.set(bar.start, bar);
        }
        hear(builder.advance(at('20:00', '2024-12-02')));
        const minutes = [...last.values()].sort((a, b) => a.start - b.start);
        const batch = resample(columnsOf(minutes), { barMinutes: 1, timeframe, calendar: nyse });
        const bars = [...told.values()].sort((a, b) => a.start - b.start);
        const { start, open, high, low, close, volume } = batch;
        expect(columnsOf(bars)).toEqual({ start, open, high, low, close, volume });
        // Every bar of every session is told once, in order.
        expect(firstTold).toEqual([...new Set(firstTold)].sort((a, b) => a - b));
      }),
      { numRuns: 300 },
    );
  });
});
