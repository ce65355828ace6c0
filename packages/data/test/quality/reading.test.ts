import { newYorkOffsetMs, nyse, type Timestamp } from '@tradekit/core';
import { describe, expect, it } from 'vitest';
import { type BarSource, resample } from '../../src/index.js';
import { readingEvidence } from '../../src/quality/reading.js';
import { columnsOf, market, QUARTER_HOUR_MS, rowsWhere, shifted } from './kit.js';

const HOUR_MS = 3_600_000;
const winter = (start: number): boolean => newYorkOffsetMs(start as Timestamp) === -5 * HOUR_MS;

/** Offset of the zones in which a vendor may have written its stamps; London's of 2021 by its dates. */
const OFFSET: Readonly<Record<string, (start: number) => number>> = {
  UTC: () => 0,
  'America/New_York': (start) => newYorkOffsetMs(start as Timestamp),
  'America/Chicago': (start) => newYorkOffsetMs(start as Timestamp) - HOUR_MS,
  'Europe/London': (start) => (start >= Date.UTC(2021, 2, 28, 1) && start < Date.UTC(2021, 9, 31, 1) ? HOUR_MS : 0),
  'UTC-5': () => -5 * HOUR_MS,
};

const bars = market('2021-01-04', '2021-12-31');

/** The bars as they come out when stamps written so are read as another source says. */
function misread(zone: string, stamps: 'bar-start' | 'bar-end', source: Required<BarSource>) {
  const written = shifted(
    bars,
    (start) => start + (OFFSET[zone]?.(start) ?? 0) + (stamps === 'bar-end' ? QUARTER_HOUR_MS : 0),
  );
  return shifted(written, (stamp) => {
    const start = source.stamps === 'bar-end' ? stamp - QUARTER_HOUR_MS : stamp;
    // Near enough to the reader's way: no stamp of this market lies near a change of the clock.
    return source.zone === 'UTC' ? start : start - newYorkOffsetMs((start + 5 * HOUR_MS) as Timestamp);
  });
}

const zones = Object.keys(OFFSET);
const cases = zones.flatMap((zone) =>
  (['bar-start', 'bar-end'] as const).flatMap((stamps) =>
    (['UTC', 'America/New_York'] as const).flatMap((usedZone) =>
      (['bar-start', 'bar-end'] as const).map((usedStamps) => ({ zone, stamps, usedZone, usedStamps })),
    ),
  ),
);

describe('the reading of stamps', () => {
  it.each(cases)('of $zone, $stamps read as $usedZone, $usedStamps', ({ zone, stamps, usedZone, usedStamps }) => {
    const source = { zone: usedZone, stamps: usedStamps } as const;
    const { verdict, used, readings, days } = readingEvidence(misread(zone, stamps, source), nyse, source);
    expect(used).toMatchObject({ zone: usedZone, stamps: usedStamps });
    expect(readings[0]).toMatchObject({ zone, stamps });
    expect(verdict).toBe(zone === usedZone && stamps === usedStamps ? 'likely' : 'wrong');
    expect(days).toBe(252);
    expect(readings).toHaveLength(10);
    expect((readings[0]?.fit ?? 0) - (readings[1]?.fit ?? 1)).toBeGreaterThan(0.1);
  });

  it('cannot tell UTC from London, nor New York from UTC−5, in winter alone: the one used is likely', () => {
    const january = rowsWhere(bars, (start) => start < Date.UTC(2021, 1, 1) && winter(start));
    const { verdict, readings } = readingEvidence(january, nyse);
    expect(verdict).toBe('likely');
    expect(readings.slice(0, 2).map(({ zone }) => zone)).toEqual(['UTC', 'Europe/London']);
    expect(readings[0]?.fit).toBe(readings[1]?.fit);
  });

  it('is undecided without a bar, without volume, and over few days; where nothing fits over more it is unknown', () => {
    expect(readingEvidence(columnsOf([]), nyse).verdict).toBe('undecided');
    expect(readingEvidence({ ...bars, volume: bars.volume.map(() => 0) }, nyse).verdict).toBe('undecided');
    const flat = shifted(bars, (start) => start + 11 * HOUR_MS);
    expect(readingEvidence(flat, nyse).verdict).toBe('unknown');
    const days = (last: string) => rowsWhere(flat, (start) => start < Date.parse(`${last}T12:00Z`));
    expect(readingEvidence(days('2021-01-08'), nyse)).toMatchObject({ days: 4, verdict: 'undecided' });
    expect(readingEvidence(days('2021-01-12'), nyse)).toMatchObject({ days: 5, verdict: 'unknown' });
  });

  it('of daily bars is likely, whatever length they are said to have', () => {
    const daily = resample(bars, { barMinutes: 15, timeframe: 'day', calendar: nyse });
    // Of a bar as long as the day the one before it is the bar itself.
    for (const [barMinutes, fit] of [
      [390, 1],
      [1440, 0.75],
    ] as const) {
      const { verdict, used } = readingEvidence(daily, nyse, {}, barMinutes);
      expect([verdict, used.fit]).toEqual(['likely', fit]);
    }
  });
});
