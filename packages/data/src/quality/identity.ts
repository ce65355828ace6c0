/** A symbol that two instruments have used: a long hole in the file with another price level behind it. */
import type { BarColumns } from '../csv/columns.js';
import { median } from './median.js';
import { lastRegularBefore, type SessionRows } from './session-rows.js';

/** A place at which a file may pass from one instrument to another. */
export interface IdentityBreak {
  /** Sessions of the file before the hole, and the median price of the last of them. */
  readonly first: string;
  readonly last: string;
  readonly priceBefore: number;
  /** First session behind the hole and the file's last one, and the median price of the first. */
  readonly next: string;
  readonly end: string;
  readonly priceAfter: number;
  /** Sessions without a bar between them. */
  readonly hole: number;
  /** First row behind the hole. */
  readonly row: number;
}

/** Shortest hole that can hide a change of owner: a ticker is not given away within a month. */
const SHORTEST_HOLE = 20;
/** How many standard deviations of the time in between the level must have moved, and how far at least (ln 1.5). */
const DEVIATIONS = 4;
const SMALLEST_MOVE = Math.log(1.5);
/** Daily volatility where a file is too short to tell. */
const USUAL_DAILY = 0.02;
const FEWEST_RETURNS = 20;

/** Finds holes of 20 sessions and more with prices on both sides that one instrument would hardly have. */
export function identityBreaks(columns: BarColumns, rows: SessionRows): readonly IdentityBreak[] {
  const { sessions, regularFirst, regularEnd, first } = rows;
  const level = (place: number): number => median(columns.close.subarray(regularFirst[place]!, regularEnd[place]!));
  const traded = sessions.flatMap((_, place) => (regularEnd[place]! > regularFirst[place]! ? [place] : []));
  const found: IdentityBreak[] = [];
  let from = traded[0];
  for (const place of traded.slice(1)) {
    const before = lastRegularBefore(rows, place);
    const hole = place - before - 1;
    if (hole < SHORTEST_HOLE) continue;
    const [priceBefore, priceAfter] = [level(before), level(place)];
    const move = Math.abs(Math.log(priceAfter / priceBefore));
    if (move < Math.max(SMALLEST_MOVE, DEVIATIONS * dailyVolatility(columns, rows, before) * Math.sqrt(hole + 1)))
      continue;
    found.push({
      first: sessions[from!]!.date,
      last: sessions[before]!.date,
      priceBefore,
      next: sessions[place]!.date,
      end: sessions[traded.at(-1)!]!.date,
      priceAfter,
      hole,
      row: first[place]!,
    });
    from = place;
  }
  return found;
}

/** Standard deviation of a day, from the median size of up to 60 overnight-to-overnight returns before a session. */
function dailyVolatility({ close }: BarColumns, { regularFirst, regularEnd }: SessionRows, last: number): number {
  const sizes: number[] = [];
  for (let place = last; place > 0 && sizes.length < 60; place--) {
    if (regularEnd[place] === regularFirst[place] || regularEnd[place - 1] === regularFirst[place - 1]) continue;
    sizes.push(Math.abs(Math.log(close[regularEnd[place]! - 1]! / close[regularEnd[place - 1]! - 1]!)));
  }
  // Of a normal number the median size is 0.6745 deviations.
  return sizes.length < FEWEST_RETURNS ? USUAL_DAILY : median(sizes) / 0.6745;
}
