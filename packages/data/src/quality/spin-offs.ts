/**
 * Drops that look like a spin-off or a special dividend nobody adjusted for. News moves a price while people trade: in the
 * evening, before the open, in the session. A corporate action takes effect in the dead of night, between the last bar of
 * one evening and the first of the next morning; the price then stays where it is, and other symbols know nothing of it.
 */
import { MINUTE_MS } from '@tradekit/core';
import type { BarColumns } from '../csv/columns.js';
import { median } from './median.js';
import type { SessionRows } from './session-rows.js';

/** A drop in a night without trading. */
export interface NightDrop {
  /** Session before which it happened. */
  readonly date: string;
  /** Last price of the evening and first one of the morning. */
  readonly priceBefore: number;
  readonly priceAfter: number;
  /** Logarithm of their quotient, below zero. */
  readonly move: number;
  /** Median over the sessions around it of the logarithm of high over low. */
  readonly usualRange: number;
  /** First row of the morning. */
  readonly row: number;
}

/** A night drop that the market did not share. */
export interface SpinOffSuspicion extends NightDrop {
  /** Median move of all symbols of the set in that night; 0 where there are too few. */
  readonly marketMove: number;
  /** Drop beyond the market's as a fraction of the price: 0.03 is 3 %. */
  readonly dropFraction: number;
  /** Drop beyond the market's over the usual range of a session; the higher, the stranger. */
  readonly score: number;
}

/** Smallest drop, beyond the market's, that is spoken of, and smallest score. */
const SMALLEST_DROP = 0.02;
const SMALLEST_SCORE = 1.2;
/** Smallest drop that is looked into at all; the market may have risen in the same night. */
const SMALLEST_MOVE = 0.01;
/** The evening must have traded an hour after the close, and the morning by 07:00: a quiet night can then be seen. */
const EVENING_MS = 60 * MINUTE_MS;
const MORNING_MS = 150 * MINUTE_MS;
/** How much of the drop the evening may have begun, and how much of it must be left before the open and in the session. */
const MOST_BEGUN = 0.4;
const LEAST_KEPT = 0.5;
const SESSIONS_AROUND = 10;

/** Move of each session's night, by its place in the rows: NaN where a side is missing. For the median of a set. */
export function nightMoves({ open, close }: BarColumns, { sessions, first, end }: SessionRows): Float64Array {
  return Float64Array.from(sessions, (_, place) => {
    if (place === 0 || end[place - 1] === first[place - 1] || end[place] === first[place]) return Number.NaN;
    return Math.log(open[first[place]!]! / close[end[place - 1]! - 1]!);
  });
}

/** Drops that happened in a quiet night and stayed. Nothing can be found where a file has no bars in extended hours. */
export function nightDrops(columns: BarColumns, rows: SessionRows): readonly NightDrop[] {
  const moves = nightMoves(columns, rows);
  const found: NightDrop[] = [];
  for (let place = 1; place < rows.sessions.length; place++) {
    const move = moves[place]!;
    if (!(move < -SMALLEST_MOVE) || !quietNight(columns, rows, place) || !stays(columns, rows, place, move)) continue;
    found.push({
      date: rows.sessions[place]!.date,
      priceBefore: columns.close[rows.end[place - 1]! - 1]!,
      priceAfter: columns.open[rows.first[place]!]!,
      move,
      usualRange: usualRange(columns, rows, place),
      row: rows.first[place]!,
    });
  }
  return found;
}

/**
 * The drops that the market did not share and that are large for the instrument, the strangest first. `marketMove` answers
 * the median move of a night.
 */
export function spinOffSuspicions(
  drops: readonly NightDrop[],
  marketMove: (date: string) => number,
): readonly SpinOffSuspicion[] {
  return drops
    .map((drop): SpinOffSuspicion => {
      const market = marketMove(drop.date);
      const excess = market - drop.move;
      return { ...drop, marketMove: market, dropFraction: -Math.expm1(-excess), score: excess / drop.usualRange };
    })
    .filter(({ dropFraction, score }) => dropFraction >= SMALLEST_DROP && score >= SMALLEST_SCORE)
    .sort((a, b) => b.score - a.score);
}

/** There was trading long after the close and early in the morning, and so there was none in between. */
function quietNight({ start }: BarColumns, { sessions, first, end }: SessionRows, place: number): boolean {
  const evening = start[end[place - 1]! - 1]! - sessions[place - 1]!.close;
  const morning = sessions[place]!.open - start[first[place]!]!;
  return evening >= EVENING_MS && morning >= MORNING_MS;
}

function stays({ close }: BarColumns, rows: SessionRows, place: number, move: number): boolean {
  const { regularFirst, regularEnd } = rows;
  if (regularEnd[place] === regularFirst[place] || regularEnd[place - 1] === regularFirst[place - 1]) return false;
  const before = close[rows.end[place - 1]! - 1]!;
  const begun = Math.log(before / close[regularEnd[place - 1]! - 1]!) / move;
  const keptBeforeOpen = Math.log(close[regularFirst[place]! - 1]! / before) / move;
  const keptInSession = Math.log(median(close.subarray(regularFirst[place]!, regularEnd[place]!)) / before) / move;
  return Math.abs(begun) < MOST_BEGUN && keptBeforeOpen > LEAST_KEPT && keptInSession > LEAST_KEPT;
}

function usualRange(
  { high, low }: BarColumns,
  { sessions, regularFirst, regularEnd }: SessionRows,
  place: number,
): number {
  const ranges: number[] = [];
  const last = Math.min(sessions.length - 1, place + SESSIONS_AROUND);
  for (let other = Math.max(0, place - SESSIONS_AROUND); other <= last; other++) {
    if (other === place || regularEnd[other] === regularFirst[other]) continue;
    let highest = 0;
    let lowest = Number.POSITIVE_INFINITY;
    for (let row = regularFirst[other]!; row < regularEnd[other]!; row++) {
      highest = Math.max(highest, high[row]!);
      lowest = Math.min(lowest, low[row]!);
    }
    ranges.push(Math.log(highest / lowest));
  }
  return median(ranges);
}
