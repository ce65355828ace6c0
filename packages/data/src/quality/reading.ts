/**
 * Whether the stamps of a file mean what they were taken for. Nothing in a stamp says its zone, but the market does: at the
 * open a bar has many times the volume of the bar before it, nearly all volume lies between open and close, and every bar
 * of the session is there. Ten readings are held against the calendar, day by day, through the weeks in which the clocks of
 * New York, London and the others disagree.
 */
import { DAY_MS, MINUTE_MS, type Session, type SessionDay, type TradingCalendar } from '@tradekit/core';
import type { BarColumns } from '../csv/columns.js';
import { type BarSource, greatestCommonDivisor, SESSION_GRID_MINUTES } from '../csv/source.js';
import { zoneClock } from '../csv/zone.js';

/** Zones that are tried; `UTC-5` is New York's winter time the whole year. */
const STAMP_ZONES: readonly string[] = ['UTC', 'America/New_York', 'America/Chicago', 'Europe/London', 'UTC-5'];

/** One way to read stamps, and how well it fits. */
export interface StampReading {
  readonly zone: string;
  readonly stamps: 'bar-start' | 'bar-end';
  /** From 0 to 1, see `readingEvidence`. */
  readonly fit: number;
}

/** What the bars say about the reading of their stamps. */
export interface ReadingEvidence {
  /** `likely`: the reading used is right. `wrong`: another one is. `unknown`: none that is tried is. `undecided`: there are too few bars. */
  readonly verdict: 'likely' | 'wrong' | 'unknown' | 'undecided';
  readonly used: StampReading;
  /** All readings, the best first; the used one goes first among its equals. */
  readonly readings: readonly StampReading[];
  /** Dates of sessions that had volume. */
  readonly days: number;
}

/** Weights of the three parts of a fit. */
const WEIGHT = { coverage: 0.25, volume: 0.25, open: 0.5 } as const;
/** Readings closer than this cannot be told apart. */
const EQUAL = 0.03;
/** A best fit below this is no fit. */
const POOR = 0.6;
/** With fewer days a poor fit says nothing. */
const ENOUGH_DAYS = 5;

/** Dates on which all zones keep the same distance from the session: their bars are added up. */
interface DayClass {
  readonly session: Session;
  days: number;
  /** Sum over the days of the share of the day's volume, by slot of the clock. */
  readonly share: Float64Array;
  /** Count of days with a bar, by slot. */
  readonly present: Float64Array;
}

/**
 * Scores the readings of a file's stamps. `columns` are the bars as `source` reads them; the clock times that stand in the
 * file are worked out from that. A fit is ¼ × the share of the calendar's regular bars that are there + ¼ × the share of a
 * day's volume between open and close + ½ × how much of the volume of the session's first bar and the bar before it is in
 * the first, each a mean over the days of sessions.
 */
export function readingEvidence(
  columns: BarColumns,
  calendar: TradingCalendar,
  source: BarSource = {},
  barMinutes = 15,
): ReadingEvidence {
  const { zone = 'UTC', stamps = 'bar-start' } = source;
  const slotMs = greatestCommonDivisor(barMinutes, SESSION_GRID_MINUTES) * MINUTE_MS;
  const zones = STAMP_ZONES.includes(zone) ? STAMP_ZONES : [zone, ...STAMP_ZONES];
  const classes = dayClasses(columns, calendar, { zone, stamps }, zones, barMinutes * MINUTE_MS, slotMs);
  const days = classes.reduce((sum, { days }) => sum + days, 0);
  const readings = zones.flatMap((each) =>
    (['bar-start', 'bar-end'] as const).map((end): StampReading => {
      const fit = days === 0 ? 0 : fitOf(classes, each, end, barMinutes * MINUTE_MS, slotMs) / days;
      return { zone: each, stamps: end, fit };
    }),
  );
  const isUsed = (reading: StampReading): boolean => reading.zone === zone && reading.stamps === stamps;
  const used = readings.find(isUsed)!;
  readings.sort((a, b) => b.fit - a.fit || Number(isUsed(b)) - Number(isUsed(a)));
  return { verdict: verdictOf(used, readings, days), used, readings, days };
}

function verdictOf(used: StampReading, readings: readonly StampReading[], days: number): ReadingEvidence['verdict'] {
  const best = readings[0]!;
  if (days === 0 || best.fit < POOR) return days < ENOUGH_DAYS ? 'undecided' : 'unknown';
  // Readings that fit alike differ only on dates that the file does not have: nothing speaks against the used one.
  if (used.fit >= best.fit - EQUAL) return 'likely';
  return 'wrong';
}

/** Adds up the bars of the file by the clock that stands in it. */
function dayClasses(
  { start, volume }: BarColumns,
  calendar: TradingCalendar,
  { zone, stamps }: Required<BarSource>,
  zones: readonly string[],
  barMs: number,
  slotMs: number,
): readonly DayClass[] {
  const classes = new Map<string, DayClass>();
  const slots = DAY_MS / slotMs;
  const toStamp = stamps === 'bar-end' ? barMs : 0;
  const used = zoneClock(zone);
  const clock = (row: number): number => start[row]! + toStamp + used.offsetMs(start[row]!);
  for (let row = 0; row < start.length; ) {
    const first = row;
    const day = Math.floor(clock(row) / DAY_MS) as SessionDay;
    const nextDay = (day + 1) * DAY_MS;
    let total = 0;
    for (; row < start.length && clock(row) < nextDay; row++) total += volume[row]!;
    const session = calendar.session(day);
    if (session === undefined || !(total > 0)) continue;
    const found = classOf(classes, session, zones, slots);
    found.days++;
    for (let bar = first; bar < row; bar++) {
      const slot = Math.floor((clock(bar) - day * DAY_MS) / slotMs);
      found.share[slot]! += volume[bar]! / total;
      found.present[slot]!++;
    }
  }
  return [...classes.values()];
}

function classOf(classes: Map<string, DayClass>, session: Session, zones: readonly string[], slots: number): DayClass {
  const midnight = session.day * DAY_MS;
  const offsets = zones.map((zone) => offsetMs(zone, session.open));
  const key = [session.open - midnight, session.close - midnight, ...offsets].join();
  let found = classes.get(key);
  if (found === undefined) {
    found = { session, days: 0, share: new Float64Array(slots), present: new Float64Array(slots) };
    classes.set(key, found);
  }
  return found;
}

/** Sum of the fits of all days. */
function fitOf(
  classes: readonly DayClass[],
  zone: string,
  stamps: StampReading['stamps'],
  barMs: number,
  slotMs: number,
): number {
  let fit = 0;
  for (const { session, days, share, present } of classes) {
    const slots = share.length;
    const toStamp = stamps === 'bar-end' ? barMs : 0;
    const open = session.open + toStamp + offsetMs(zone, session.open) - session.day * DAY_MS;
    const slotOf = (bar: number): number =>
      (((Math.floor(open / slotMs) + (bar * barMs) / slotMs) % slots) + slots) % slots;
    const bars = Math.max(1, Math.round((session.close - session.open) / barMs));
    let covered = 0;
    let inside = 0;
    for (let bar = 0; bar < bars; bar++) {
      covered += Math.min(days, present[slotOf(bar)]!);
      inside += share[slotOf(bar)]!;
    }
    const opening = share[slotOf(0)]!;
    const around = opening + share[slotOf(-1)]!;
    const jump = around > 0 ? opening / around : 0;
    fit += (WEIGHT.coverage * covered) / bars + WEIGHT.volume * inside + WEIGHT.open * jump * days;
  }
  return fit;
}

/** Milliseconds to add to an instant to get the zone's clock. */
function offsetMs(zone: string, time: number): number {
  return zoneClock(zone).offsetMs(time);
}
