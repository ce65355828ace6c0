/** Jumps between sessions that look like a split nobody adjusted for. */
import type { BarColumns } from '../csv/columns.js';
import { median } from './median.js';
import { lastRegularBefore, type SessionRows } from './session-rows.js';

/** A jump that fits a split. */
export interface SplitSuspicion {
  /** First session at the new scale. */
  readonly date: string;
  /** New shares for old ones, `4:1`; a reverse split is `1:15`. */
  readonly terms: string;
  /** New shares for one old share: 4, 1.5, 1/15. */
  readonly ratio: number;
  /** Last regular price of the old scale and first one of the new, and their quotient. */
  readonly priceBefore: number;
  readonly priceAfter: number;
  readonly priceRatio: number;
  /** Shares traded a session after it over before it, medians of up to five sessions; a split multiplies them by its ratio. */
  readonly volumeRatio: number;
  /** Sessions without a bar between the two: the split may be on any of them. */
  readonly sessionsBetween: number;
  /** There were bars in the evening and in the morning, each on its side of the jump: it happened while nobody traded. */
  readonly atNight: boolean;
  /** First row of the new scale. */
  readonly row: number;
  /** Rows near the jump whose own prices are on both scales. */
  readonly mixedRows: readonly number[];
}

/** Splits that happen; each also in reverse. */
const TERMS: readonly (readonly [newShares: number, oldShares: number])[] = [
  [3, 2],
  ...[2, 3, 4, 5, 6, 7, 8, 10, 15, 20, 25, 30, 50].map((shares) => [shares, 1] as const),
];

/** How far, as a difference of logarithms, a price may move overnight beside the split: 13 %, and 8 % for 3:2. */
const TOLERANCE = 0.13;
const TOLERANCE_BELOW_TWO = 0.08;
/** The medians of both sessions must show the split too: a bad print at the open does not last. */
const SESSION_TOLERANCE = 0.25;
/** Share of the bars in extended hours that must be on their side of the jump: a fall on news happens while people trade. */
const SIDE_SHARE = 0.8;
/** A split is no news: the session after it has at most this many times the usual volume, in shares or in dollars. */
const MOST_VOLUME = 4;
const VOLUME_SESSIONS = 5;
/** Beyond this many sessions without a bar a jump says nothing of a split; see `identityBreaks`. */
const LONGEST_HOLE = 19;

/** Finds the jumps between sessions that fit a split in price, in time and in volume. */
export function splitSuspicions(columns: BarColumns, rows: SessionRows): readonly SplitSuspicion[] {
  const found: SplitSuspicion[] = [];
  let before = -1;
  for (let place = 0; place < rows.sessions.length; place++) {
    if (rows.regularEnd[place] === rows.regularFirst[place]) continue;
    if (before >= 0 && place - before - 1 <= LONGEST_HOLE) {
      const split = splitBetween(columns, rows, before, place);
      if (split !== undefined) found.push(split);
    }
    before = place;
  }
  return found;
}

function splitBetween(
  columns: BarColumns,
  rows: SessionRows,
  before: number,
  after: number,
): SplitSuspicion | undefined {
  const { open, close } = columns;
  const priceBefore = close[rows.regularEnd[before]! - 1]!;
  const first = rows.regularFirst[after]!;
  // The first bar may itself be on both scales: then its close is on the new one.
  for (const priceAfter of [open[first]!, close[first]!]) {
    const priceRatio = priceBefore / priceAfter;
    const terms = termsOf(priceRatio);
    if (terms === undefined) continue;
    const ratio = terms[0] / terms[1];
    const sessionRatio = medianClose(columns, rows, before) / medianClose(columns, rows, after);
    if (Math.abs(Math.log(sessionRatio / ratio)) > SESSION_TOLERANCE) continue;
    if (!onOwnSides(columns, rows, before, after, Math.sqrt(priceBefore * priceAfter))) continue;
    const volumeRatio = volumeAround(columns.volume, rows, before, after);
    if (Math.min(volumeRatio.firstSession, volumeRatio.firstSession / ratio) > MOST_VOLUME) continue;
    return {
      date: rows.sessions[after]!.date,
      terms: terms.join(':'),
      ratio,
      priceBefore,
      priceAfter,
      priceRatio,
      volumeRatio: volumeRatio.sessions,
      sessionsBetween: after - before - 1,
      atNight: rows.end[before]! > rows.regularEnd[before]! && rows.regularFirst[after]! > rows.first[after]!,
      row: rows.first[after]!,
      mixedRows: mixedRows(columns, rows, before, after, ratio),
    };
  }
  return undefined;
}

/** The terms nearest to a quotient of prices, if they are near enough. */
function termsOf(priceRatio: number): readonly [number, number] | undefined {
  if (!(Math.abs(Math.log(priceRatio)) > Math.log(1.3))) return undefined;
  const forward = priceRatio > 1;
  const size = Math.log(forward ? priceRatio : 1 / priceRatio);
  const distance = ([shares, old]: readonly [number, number]): number => Math.abs(size - Math.log(shares / old));
  const best = TERMS.reduce((nearest, terms) => (distance(terms) < distance(nearest) ? terms : nearest));
  if (distance(best) > (best[0] / best[1] < 2 ? TOLERANCE_BELOW_TWO : TOLERANCE)) return undefined;
  return forward ? best : [best[1], best[0]];
}

function medianClose({ close }: BarColumns, { regularFirst, regularEnd }: SessionRows, place: number): number {
  return median(close.subarray(regularFirst[place]!, regularEnd[place]!));
}

/** The bars of the evening stay on the old scale, those of the morning are on the new one. */
function onOwnSides({ close }: BarColumns, rows: SessionRows, before: number, after: number, middle: number): boolean {
  const oldIsHigher = close[rows.regularEnd[before]! - 1]! > middle;
  let right = 0;
  let all = 0;
  for (let row = rows.regularEnd[before]!; row < rows.end[before]!; row++, all++) {
    if (close[row]! > middle === oldIsHigher) right++;
  }
  for (let row = rows.first[after]!; row < rows.regularFirst[after]!; row++, all++) {
    if (close[row]! > middle !== oldIsHigher) right++;
  }
  return right >= SIDE_SHARE * all;
}

/** Volume of the first session, and of up to five sessions, over the median of the five before. */
function volumeAround(volume: Float64Array, rows: SessionRows, before: number, after: number) {
  const old: number[] = [];
  const fresh: number[] = [];
  for (let place = before; place >= 0 && old.length < VOLUME_SESSIONS; place = lastRegularBefore(rows, place)) {
    old.push(meanVolume(volume, rows, place));
  }
  for (let place = after; place < rows.sessions.length && fresh.length < VOLUME_SESSIONS; place++) {
    if (rows.regularEnd[place]! > rows.regularFirst[place]!) fresh.push(meanVolume(volume, rows, place));
  }
  const usual = median(old);
  return { firstSession: fresh[0]! / usual, sessions: median(fresh) / usual };
}

/** Mean volume of a bar: comparable between whole, half and partial sessions. */
function meanVolume(volume: Float64Array, { regularFirst, regularEnd }: SessionRows, place: number): number {
  let sum = 0;
  for (let row = regularFirst[place]!; row < regularEnd[place]!; row++) sum += volume[row]!;
  return sum / (regularEnd[place]! - regularFirst[place]!);
}

/** Bars from the close to the end of the next session whose low and high are the split apart. */
function mixedRows({ high, low }: BarColumns, rows: SessionRows, before: number, after: number, ratio: number) {
  const size = Math.abs(Math.log(ratio));
  const found: number[] = [];
  for (let row = rows.regularEnd[before]! - 1; row < rows.end[after]!; row++) {
    if (Math.log(high[row]! / low[row]!) > 0.75 * size) found.push(row);
  }
  return found;
}
