import { describe, expect, it } from 'vitest';
import {
  barGrid,
  everySlice,
  isExitSlice,
  nyse,
  phase,
  requireExitSlice,
  type Session,
  type SessionTimetableOptions,
  sessionTimes,
  sessionTimetable,
  type Timetable,
} from '../../src/calendar/index.js';
import { newYorkText, parseIsoDate, type SessionDay, type Timestamp } from '../../src/time/index.js';

const QUARTER = 900_000;

function sessionOf(text: string): Session {
  const session = nyse.session(parseIsoDate(text) as SessionDay);
  if (session === undefined) throw new Error(`no session on ${text}`);
  return session;
}

const full = sessionOf('2024-11-27');
const half = sessionOf('2024-11-29');
const clock = (time: Timestamp | undefined): string => (time === undefined ? '' : newYorkText(time).slice(11));

/** The slices of a session by phase, as New York times of their ends. */
function phases(timetable: Timetable, session: Session): Record<string, string[]> {
  const found: Record<string, string[]> = { closed: [], enter: [], exit: [] };
  for (const end of barGrid([session], QUARTER).ends) {
    found[phase(timetable, session, end as Timestamp)]?.push(clock(end as Timestamp));
  }
  return found;
}

describe('sessionTimetable', () => {
  it('decides from 10:00, enters until 15:30, exits until 15:45 on a full day', () => {
    const { closed, enter, exit } = phases(sessionTimetable(), full);
    expect(closed).toEqual(['09:45', '16:00']);
    expect([enter?.[0], enter?.at(-1), enter?.length]).toEqual(['10:00', '15:30', 23]);
    expect(exit).toEqual(['15:45']);
  });

  it('keeps the distance from the close on a half day', () => {
    const { closed, enter, exit } = phases(sessionTimetable(), half);
    expect(closed).toEqual(['09:45', '13:00']);
    expect([enter?.[0], enter?.at(-1), enter?.length]).toEqual(['10:00', '12:30', 11]);
    expect(exit).toEqual(['12:45']);
  });

  it('enters on the slice of the close, and only there, with overnightEntries next-open', () => {
    const { closed, enter } = phases(
      sessionTimetable({ overnightEntries: 'next-open', exitMinutes: 30, lastEntryMinutes: 45 }),
      full,
    );
    expect(closed).toEqual(['09:45', '15:45']);
    expect(enter?.slice(-2)).toEqual(['15:15', '16:00']);
  });

  it('decides from the first slice with firstDecisionMinutes 0', () => {
    expect(phases(sessionTimetable({ firstDecisionMinutes: 0 }), full).closed).toEqual(['16:00']);
  });

  it('reduces until and with the exit slice between the last entry and the exit', () => {
    expect(phases(sessionTimetable({ lastEntryMinutes: 60 }), full).exit).toEqual(['15:15', '15:30', '15:45']);
  });

  it('never enters where the session ends before the first decision', () => {
    expect(phases(sessionTimetable({ firstDecisionMinutes: 240 }), half).enter).toEqual([]);
  });

  it('gives day orders', () => {
    expect(sessionTimetable().timeInForce).toBe('day');
  });

  it('is a plain frozen value', () => {
    expect(sessionTimetable()).toEqual({
      kind: 'session',
      timeInForce: 'day',
      firstDecisionMinutes: 30,
      lastEntryMinutes: 30,
      exitMinutes: 15,
      overnightEntries: 'none',
    });
    expect(Object.isFrozen(sessionTimetable())).toBe(true);
  });

  it.each<[SessionTimetableOptions, string]>([
    [{ firstDecisionMinutes: -15 }, 'firstDecisionMinutes is -15; give whole minutes, zero or more'],
    [{ lastEntryMinutes: 7.5 }, 'lastEntryMinutes is 7.5; give whole minutes, zero or more'],
    [{ exitMinutes: Number.NaN }, 'exitMinutes is NaN; give whole minutes, zero or more'],
    [{ exitMinutes: 0 }, 'the exit slice must end before the close; give exitMinutes of at least one bar'],
    [
      { lastEntryMinutes: 15 },
      'the last entry (15 minutes before the close) must come before the exit slice (15); raise lastEntryMinutes',
    ],
    [{ overnightEntries: 'always' as 'none' }, 'overnightEntries "always" is not known; use none or next-open'],
  ])('refuses %o', (options, message) => {
    expect(() => sessionTimetable(options)).toThrow(
      expect.objectContaining({ name: 'ConfigError', code: 'TIMETABLE', message }),
    );
  });
});

describe('everySlice', () => {
  it('enters on all 26 slices, with orders that stand', () => {
    expect(phases(everySlice, full).enter).toHaveLength(26);
    expect(everySlice.timeInForce).toBe('gtc');
  });

  it('has no exit slice', () => {
    const ends = [...barGrid([full], QUARTER).ends];
    expect(ends.some((end) => isExitSlice(everySlice, full, end as Timestamp))).toBe(false);
  });
});

describe('isExitSlice', () => {
  it.each([
    [full, '15:45'],
    [half, '12:45'],
  ])('is true once a session, 15 minutes before the close', (session, expected) => {
    const ends = [...barGrid([session], QUARTER).ends] as Timestamp[];
    expect(ends.filter((end) => isExitSlice(sessionTimetable(), session, end)).map(clock)).toEqual([expected]);
  });
});

describe('sessionTimes', () => {
  it.each([
    [full, ['10:00', '15:30', '15:45', '16:00']],
    [half, ['10:00', '12:30', '12:45', '13:00']],
  ])('gives the four instants of a session', (session, expected) => {
    const { firstDecision, lastEntry, exitSlice, close } = sessionTimes(sessionTimetable(), session);
    expect([firstDecision, lastEntry, exitSlice, close].map(clock)).toEqual(expected);
  });

  it('spans the session and has no exit slice under everySlice', () => {
    const { open, close } = full;
    expect(sessionTimes(everySlice, full)).toEqual({
      firstDecision: open,
      lastEntry: close,
      exitSlice: undefined,
      close,
    });
  });
});

describe('requireExitSlice', () => {
  it('takes bars that end at the exit time, and any bars under everySlice', () => {
    expect(() => requireExitSlice(sessionTimetable(), QUARTER)).not.toThrow();
    expect(() => requireExitSlice(sessionTimetable(), 300_000)).not.toThrow();
    expect(() => requireExitSlice(everySlice, 3_600_000)).not.toThrow();
  });

  it('refuses bars that skip the exit time', () => {
    const message = 'no slice of 30-minute bars ends 15 minutes before the close; make exitMinutes a multiple of 30';
    expect(() => requireExitSlice(sessionTimetable(), 2 * QUARTER)).toThrow(message);
  });
});
