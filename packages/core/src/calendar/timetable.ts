/**
 * When a session decides: the first decision, the last entry, the exit slice, the close. Slices are named by their end.
 *
 * Orders of a slice can be filled at the open that begins at its end at the earliest. An order made on the last slice of a
 * session is therefore a day order of the next session; `orderSession` in the engine gives every order that session.
 */
import { ConfigError } from '../errors.js';
import { MINUTE_MS, type Timestamp } from '../time/timestamp.js';
import type { Session } from './session.js';

/** What may be done on a slice: nothing, anything, or only reductions. */
export type SessionPhase = 'closed' | 'enter' | 'exit';

/** A day with an end: entries in the middle, exits before the close. */
export interface SessionTimetable {
  readonly kind: 'session';
  /** Orders end with their session. */
  readonly timeInForce: 'day';
  /** First decision, minutes after the open. */
  readonly firstDecisionMinutes: number;
  /** Last slice that may open a position, minutes before the close. */
  readonly lastEntryMinutes: number;
  /** The slice on which a strategy that holds nothing overnight goes flat, minutes before the close. */
  readonly exitMinutes: number;
  /** `next-open`: the slice of the close may enter, for the open of the next session. */
  readonly overnightEntries: 'none' | 'next-open';
}

/** Every slice decides: daily bars, benchmarks. */
export interface EverySlice {
  readonly kind: 'every-slice';
  /** Orders stand until they are filled or cancelled. */
  readonly timeInForce: 'gtc';
}

/** The rule by which slices decide. A plain value: equal values mean the same. */
export type Timetable = SessionTimetable | EverySlice;

/** Options of {@link sessionTimetable}; all have a default. */
export interface SessionTimetableOptions {
  /** Minutes after the open, default 30: the slice of 10:00. */
  readonly firstDecisionMinutes?: number;
  /** Minutes before the close, default 30: the slice of 15:30, on a half day 12:30. */
  readonly lastEntryMinutes?: number;
  /** Minutes before the close, default 15: the slice of 15:45, on a half day 12:45. */
  readonly exitMinutes?: number;
  /** Default `none`: the slice of the close marks and sends nothing. */
  readonly overnightEntries?: 'none' | 'next-open';
}

/** The instants of one session. */
export interface SessionTimes {
  readonly firstDecision: Timestamp;
  readonly lastEntry: Timestamp;
  /** `undefined` where the timetable has no exit slice. */
  readonly exitSlice: Timestamp | undefined;
  readonly close: Timestamp;
}

/**
 * The timetable of a trading day. Throws `ConfigError` when a time is no whole number of minutes, when the exit slice is
 * not before the close, or the last entry not before the exit slice.
 */
export function sessionTimetable(options: SessionTimetableOptions = {}): SessionTimetable {
  const { firstDecisionMinutes = 30, lastEntryMinutes = 30, exitMinutes = 15, overnightEntries = 'none' } = options;
  requireMinutes({ firstDecisionMinutes, lastEntryMinutes, exitMinutes });
  if (exitMinutes === 0) {
    throw refused('the exit slice must end before the close; give exitMinutes of at least one bar', { exitMinutes });
  }
  if (lastEntryMinutes <= exitMinutes) {
    const message = `the last entry (${lastEntryMinutes} minutes before the close) must come before the exit slice (${exitMinutes})`;
    throw refused(`${message}; raise lastEntryMinutes`, { lastEntryMinutes, exitMinutes });
  }
  if (overnightEntries !== 'none' && overnightEntries !== 'next-open') {
    throw refused(`overnightEntries "${overnightEntries}" is not known; use none or next-open`, { overnightEntries });
  }
  const kind = 'session';
  const timeInForce = 'day';
  return Object.freeze({ kind, timeInForce, firstDecisionMinutes, lastEntryMinutes, exitMinutes, overnightEntries });
}

/** Decides on every slice, enters on every slice, and its orders are good till cancelled. */
export const everySlice: EverySlice = Object.freeze({ kind: 'every-slice', timeInForce: 'gtc' });

/** What may be done on the slice of `session` that ends at `sliceEnd`. */
export function phase(timetable: Timetable, session: Session, sliceEnd: Timestamp): SessionPhase {
  if (timetable.kind === 'every-slice') return 'enter';
  const toClose = session.close - sliceEnd;
  if (toClose <= 0) return timetable.overnightEntries === 'next-open' ? 'enter' : 'closed';
  if (sliceEnd - session.open < timetable.firstDecisionMinutes * MINUTE_MS) return 'closed';
  if (toClose >= timetable.lastEntryMinutes * MINUTE_MS) return 'enter';
  return toClose >= timetable.exitMinutes * MINUTE_MS ? 'exit' : 'closed';
}

/** The slice on which positions that must not stay overnight are given up. Never with {@link everySlice}. */
export function isExitSlice(timetable: Timetable, session: Session, sliceEnd: Timestamp): boolean {
  return timetable.kind === 'session' && session.close - sliceEnd === timetable.exitMinutes * MINUTE_MS;
}

/**
 * The instants of a session: on a full day 10:00, 15:30, 15:45 and 16:00 New York, on a half day 10:00, 12:30, 12:45 and 13:00.
 * Under {@link everySlice} the first decision may be at the open, the last entry at the close, and there is no exit slice.
 */
export function sessionTimes(timetable: Timetable, session: Session): SessionTimes {
  const { open, close } = session;
  if (timetable.kind === 'every-slice') return { firstDecision: open, lastEntry: close, exitSlice: undefined, close };
  return {
    firstDecision: (open + timetable.firstDecisionMinutes * MINUTE_MS) as Timestamp,
    lastEntry: (close - timetable.lastEntryMinutes * MINUTE_MS) as Timestamp,
    exitSlice: (close - timetable.exitMinutes * MINUTE_MS) as Timestamp,
    close,
  };
}

/**
 * Throws `ConfigError` when no slice of `barMs` bars ends at the exit time: {@link isExitSlice} would never be true and
 * positions would stay overnight. The sessions' length must be a multiple of the bars, as it is for 15 minutes.
 */
export function requireExitSlice(timetable: Timetable, barMs: number): void {
  if (timetable.kind === 'every-slice') return;
  const { exitMinutes } = timetable;
  if ((exitMinutes * MINUTE_MS) % barMs === 0) return;
  const barMinutes = barMs / MINUTE_MS;
  const message = `no slice of ${barMinutes}-minute bars ends ${exitMinutes} minutes before the close; make exitMinutes a multiple of ${barMinutes}`;
  throw refused(message, { exitMinutes, barMinutes });
}

function requireMinutes(minutes: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(minutes)) {
    if (Number.isInteger(value) && value >= 0) continue;
    throw refused(`${name} is ${value}; give whole minutes, zero or more`, { [name]: value });
  }
}

function refused(message: string, context: Readonly<Record<string, string | number>>): ConfigError {
  return new ConfigError('TIMETABLE', message, context);
}
