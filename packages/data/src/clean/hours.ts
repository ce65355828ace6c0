/** The part of the day that is kept. */
import { fromNewYork } from '@tradekit/core';
import type { DayRows } from './days.js';
import { dropRuns, type RowRun } from './ledger.js';
import { refused, requireKnown, requireOneOf, shown } from './parameters.js';
import type { CleaningStep } from './step.js';

const NAME = 'hours';
const EXTENDED = { open: '04:00', close: '20:00' };
const CLOCK = /^([01]\d|2[0-3]):([0-5]\d)$/;

/** A part of the day, by the clock of New York: `{ open: '07:00', close: '18:00' }`. */
export interface CustomHours {
  /** First start that is kept. */
  readonly open: string;
  /** First start that is not. */
  readonly close: string;
}

/** Parameters of {@link hoursStep}. */
export interface HoursParameters {
  /**
   * `regular`: bars that start inside a session; the bar whose open is the official close goes too. `extended`: 04:00 to 20:00 on days
   * with a session. Default `extended`.
   */
  readonly keep?: 'regular' | 'extended' | CustomHours;
}

/** Drops bars outside the hours, and those of days on which the market is closed. Throws `ConfigError` `CLEANING_PARAMETER`. */
export function hoursStep(parameters: HoursParameters = {}): CleaningStep {
  requireKnown(NAME, parameters, ['keep']);
  const { keep = 'extended' } = parameters;
  const window = keep === 'regular' ? undefined : windowOf(keep);
  return {
    name: NAME,
    needs: ['order'],
    run(bars, context) {
      const runs: RowRun[] = [];
      const drop = (first: number, end: number, reason: string) => {
        if (first < end) runs.push({ first, end, reason });
      };
      for (const day of context.days(bars)) {
        if (day.session === undefined) {
          drop(day.first, day.end, `${context.calendar.name} has no session on this day`);
        } else if (window === undefined) {
          drop(day.first, day.open, 'before the session');
          drop(day.close, day.end, 'after the session');
        } else {
          const [first, end] = rowsWithin(bars.columns.start, day, window);
          drop(day.first, first, `before ${window.words}`);
          drop(end, day.end, `after ${window.words}`);
        }
      }
      dropRuns(bars, context.ledger, NAME, runs);
    },
  };
}

interface Window {
  readonly openMinute: number;
  readonly closeMinute: number;
  readonly words: string;
}

function windowOf(keep: unknown): Window {
  if (typeof keep === 'string') requireOneOf(NAME, 'keep', keep, ['regular', 'extended']);
  const { open, close } = keep === 'extended' ? EXTENDED : (Object(keep) as { open?: unknown; close?: unknown });
  const [openMinute, closeMinute] = [minuteOf(open), minuteOf(close)];
  if (!(openMinute < closeMinute)) {
    const remedy = "use regular, extended, or an open before a close such as { open: '07:00', close: '18:00' }";
    throw refused(NAME, 'keep', `keep of the step "hours" is ${shown(keep)}; ${remedy}`);
  }
  return { openMinute, closeMinute, words: `${open} to ${close} New York` };
}

/** NaN where the text is no clock time; 24:00 ends a day. */
function minuteOf(text: unknown): number {
  if (text === '24:00') return 1440;
  const match = typeof text === 'string' ? CLOCK.exec(text) : null;
  return match === null ? Number.NaN : Number(match[1]) * 60 + Number(match[2]);
}

function rowsWithin(start: Float64Array, { day, first, end }: DayRows, window: Window): [number, number] {
  const open = fromNewYork(day, window.openMinute);
  const close = fromNewYork(day, window.closeMinute);
  let from = first;
  while (from < end && start[from]! < open) from++;
  let to = end;
  while (to > from && start[to - 1]! >= close) to--;
  return [from, to];
}
