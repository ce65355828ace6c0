/** Bars that sessions lack. */
import { DataError, isoTime, MINUTE_MS, type Session, type Timestamp } from '@tradekit/core';
import type { DayRows } from './days.js';
import { addedEntry, dropRuns, type RowRun } from './ledger.js';
import { refused, requireKnown, requireOneOf, requireWhole } from './parameters.js';
import type { CleaningContext, CleaningStep } from './step.js';
import { BAR_FLAGS, type BarValues, insertRows, type WorkingBars } from './working-bars.js';

const NAME = 'gaps';
const NAMED_GAPS = 5;

/** Bars of one session that are missing in a row. */
export interface Gap {
  /** New York date of the session. */
  readonly date: string;
  /** Start of the first missing bar, milliseconds since 1970 UTC. */
  readonly start: number;
  /** How many bars are missing. */
  readonly bars: number;
  /** None of the session's bars is there. */
  readonly wholeSession: boolean;
}

/** Parameters of {@link gapsStep}. */
export interface GapsParameters {
  /**
   * `leave`: a missing bar stays missing. `carry`: a hole of few bars is filled with bars of the close before and no volume, flagged
   * `carried`. `drop-session`: a day whose session lacks a bar goes as a whole. `refuse` ends the cleaning. Default `leave`.
   */
  readonly policy?: 'leave' | 'carry' | 'drop-session' | 'refuse';
  /** Longest hole that `carry` fills, in bars. Default 4. */
  readonly maxBars?: number;
}

/**
 * What to do where sessions lack bars, from the first to the last session of the file; a bar that is missing outside regular hours is
 * no gap. Bars are carried within a session only, from a bar of it, and never behind the last row of the file: a lost session is
 * never invented. Throws `ConfigError` `CLEANING_PARAMETER`; its run throws `DataError` `CLEANING_GAPS` under `refuse`.
 */
export function gapsStep(parameters: GapsParameters = {}): CleaningStep {
  requireKnown(NAME, parameters, ['policy', 'maxBars']);
  const { policy = 'leave', maxBars = 4 } = parameters;
  requireOneOf(NAME, 'policy', policy, ['leave', 'carry', 'drop-session', 'refuse']);
  requireWhole(NAME, 'maxBars', maxBars, 1);
  if (policy !== 'carry' && parameters.maxBars !== undefined) {
    throw refused(NAME, 'maxBars', `maxBars of the step "gaps" has no meaning under ${policy}; remove it`);
  }
  return {
    name: NAME,
    needs: ['order', 'duplicates'],
    follows: ['impossible', 'grid', 'hours', 'unfinished', 'frozen', 'bad-prints'],
    run(bars, context) {
      const holes = findHoles(bars, context);
      if (policy === 'refuse' && holes.length > 0) throw refusal(bars.file, holes);
      if (policy === 'drop-session') dropPartialDays(bars, context, holes);
      else if (policy === 'carry') carry(bars, context, holes, maxBars);
      else context.gaps.push(...holes.map(({ gap }) => gap));
    },
  };
}

/** A gap and where it lies in the rows. */
interface Hole {
  readonly gap: Gap;
  readonly session: Session;
  /** The day that lacks the bars; `undefined` when it has no row. */
  readonly day: DayRows | undefined;
  /** The row before which the bars are missing. */
  readonly row: number;
}

function findHoles(bars: WorkingBars, context: CleaningContext): readonly Hole[] {
  const days = context.days(bars).filter(({ session }) => session !== undefined);
  // A file that begins after a close, or ends before an open, does not begin or end with that session.
  if (days[0]?.first === days[0]?.close) days.shift();
  if (days.at(-1)?.open === days.at(-1)?.end) days.pop();
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return [];
  const barMs = context.barMinutes * MINUTE_MS;
  const holes: Hole[] = [];
  let place = 0;
  for (const session of context.calendar.sessions(first.day, last.day)) {
    const day = days[place]?.day === session.day ? days[place++] : undefined;
    const expected = Math.ceil((session.close - session.open) / barMs);
    if (day !== undefined && day.close - day.open === expected) continue;
    const at = (row: number, start: number, count: number) => {
      const gap = { date: session.date, start, bars: count, wholeSession: count === expected };
      if (count > 0) holes.push({ gap, session, day, row });
    };
    if (day === undefined) at(days[place]?.first ?? bars.rows, session.open, expected);
    else missingWithin(bars, day, session, barMs, at);
  }
  return holes;
}

/** Hears of every run of missing bars in a session: the row behind it, its first start, its length. */
function missingWithin(
  { columns: { start } }: WorkingBars,
  day: DayRows,
  session: Session,
  barMs: number,
  found: (row: number, start: number, count: number) => void,
): void {
  let next: number = session.open;
  for (let row = day.open; row < day.close; row++) {
    found(row, next, Math.floor((start[row]! - next) / barMs));
    next = start[row]! + barMs;
  }
  found(day.close, next, Math.ceil((session.close - next) / barMs));
}

function refusal(file: string, holes: readonly Hole[]): DataError {
  const named = holes.slice(0, NAMED_GAPS).map(({ gap }) => {
    const what = gap.wholeSession
      ? 'the whole session'
      : `${gap.bars} bar${gap.bars === 1 ? '' : 's'} from ${isoTime(gap.start as Timestamp)}`;
    return `${gap.date} (${what})`;
  });
  const others = holes.length > NAMED_GAPS ? ` and ${holes.length - NAMED_GAPS} more` : '';
  const message = `${file} has gaps: ${named.join(', ')}${others}`;
  const dates = [...new Set(holes.map(({ gap }) => gap.date))].join(' ');
  return new DataError('CLEANING_GAPS', `${message}; complete the file, or choose another policy for gaps`, {
    file,
    gaps: holes.length,
    dates,
  });
}

function dropPartialDays(bars: WorkingBars, context: CleaningContext, holes: readonly Hole[]): void {
  const runs: RowRun[] = [];
  const barMs = context.barMinutes * MINUTE_MS;
  for (const { gap, session, day } of holes) {
    if (context.gaps.at(-1)?.date === gap.date) continue;
    const expected = Math.ceil((session.close - session.open) / barMs);
    context.gaps.push({ date: gap.date, start: session.open, bars: expected, wholeSession: true });
    if (day === undefined) continue;
    const missing = expected - (day.close - day.open);
    runs.push({ first: day.first, end: day.end, reason: `the session lacks ${missing} of ${expected} bars` });
  }
  dropRuns(bars, context.ledger, NAME, runs);
}

function carry(bars: WorkingBars, context: CleaningContext, holes: readonly Hole[], maxBars: number): void {
  const places: number[] = [];
  const added: BarValues[] = [];
  for (const { gap, day, row } of holes) {
    const hasCloseBefore = day !== undefined && row > day.open;
    if (!hasCloseBefore || row >= bars.rows || gap.bars > maxBars) {
      context.gaps.push(gap);
      continue;
    }
    const close = bars.columns.close[row - 1]!;
    for (let bar = 0; bar < gap.bars; bar++) {
      const start = gap.start + bar * context.barMinutes * MINUTE_MS;
      const values = { start, open: close, high: close, low: close, close, volume: 0 };
      const from = `line ${bars.lines[row - 1]}`;
      context.ledger.entries.push(addedEntry(bars, NAME, values, `no bar; the close of ${from} carried`));
      places.push(row);
      added.push(values);
    }
  }
  insertRows(bars, places, added, BAR_FLAGS.carried);
}
