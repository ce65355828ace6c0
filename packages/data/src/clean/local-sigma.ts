/** How far a price usually goes within a bar, here and at this time of day. */
import { MINUTE_MS, type Session } from '@tradekit/core';
import type { BarColumns } from '../csv/columns.js';
import type { DayRows } from './days.js';

/** The mean range of a Brownian path in standard deviations, 2 √(2/π). Source: Feller (1951). */
const RANGE_IN_SIGMAS = 1.596;
/** Neighbours on each side. */
const REACH = 4;
/** Bars outside regular hours are narrower than those in the middle of a session, and their spreads wider. */
const EXTENDED_SMILE = 0.35;
const EXTENDED_FLOOR = 1.5;
/** Bars before the open that have a smile of their own: the last is the widest. */
const WARM_UP = 8;
/** Two basis points: prices come in cents. */
const LEAST_SIGMA = 0.0002;

/** Limits in local sigma. */
export interface SigmaLimits {
  readonly regular: number;
  readonly extended: number;
}

/** Hears of a row, its local sigma as a fraction of the price, and its limit. */
export type FarBarVisitor = (row: number, sigma: number, limit: number) => void;

/** How wide the bars of a session usually are, by their place in it, and those before it by how many bars before the open they start. */
interface Smile {
  readonly regular: Float64Array;
  readonly before: Float64Array;
}

/**
 * Finds bars that went far. Local sigma of a bar is the larger of two robust measures of the true ranges of bars around it, each divided
 * by the close and by the time-of-day smile of its own bar, multiplied by that of this bar, and divided by 1.596 to be a standard deviation:
 *
 * - near: the fourth smallest of the four bars before and the four after, at the ends of a file the lower median of four or more;
 * - day: the lower median of the session's bars, for a day with fewer than four that of the day before; outside regular hours 1.5 times
 *   that, without a smile.
 *
 * A true range includes the way from the close before. Local sigma is never under two basis points.
 */
export class FarBars {
  /** By the count of bars in a session: all that are visited are of one length. */
  readonly #smiles = new Map<number, Smile>();
  #scratch = new Float64Array(2 * REACH);

  /**
   * Visits, in order, the bars that go beyond the close before and the open after by more than so many of their day's sigmas: the only
   * ones that can go beyond by as many local ones. The first and the last bar are not among them, nor one with fewer than four others.
   */
  visit(
    columns: BarColumns,
    days: readonly DayRows[],
    barMs: number,
    limits: SigmaLimits,
    visitor: FarBarVisitor,
  ): void {
    const { high, low, open, close } = columns;
    const lastRow = (days.at(-1)?.end ?? 0) - 1;
    const scales = this.#dayScales(columns, days, barMs);
    for (let place = 0; place < days.length; place++) {
      const day = days[place]!;
      const scale = scales[place]!;
      const { regular } = this.#smile(day.session, barMs);
      const full = day.close - day.open === regular.length;
      const end = Math.min(day.end, lastRow);
      for (let row = Math.max(day.first, 1); row < end; row++) {
        const isRegular = row >= day.open && row < day.close;
        let weight = EXTENDED_FLOOR;
        if (isRegular) weight = full ? regular[row - day.open]! : this.#weight(columns, days, place, row, barMs);
        const floor = Math.max(scale * weight, LEAST_SIGMA);
        const limit = isRegular ? limits.regular : limits.extended;
        const before = close[row - 1]!;
        const least = limit * floor * before;
        // Hardly any bar is far from the first of the two, so that the second is hardly ever asked for.
        const isFar =
          (high[row]! - before > least && high[row]! - open[row + 1]! > least) ||
          (before - low[row]! > least && open[row + 1]! - low[row]! > least);
        if (!isFar) continue;
        const near = this.#near(columns, days, place, row, barMs);
        if (near !== undefined) visitor(row, Math.max(near, floor), limit);
      }
    }
  }

  #dayScales(columns: BarColumns, days: readonly DayRows[], barMs: number): Float64Array {
    const scales = new Float64Array(days.length);
    let known = -1;
    for (let place = 0; place < days.length; place++) {
      const { session, open, close } = days[place]!;
      const bars = close - open;
      if (bars < REACH) {
        scales[place] = known < 0 ? 0 : scales[known]!;
        continue;
      }
      if (this.#scratch.length < bars) this.#scratch = new Float64Array(bars);
      const { regular } = this.#smile(session, barMs);
      const full = bars === regular.length;
      for (let bar = 0; bar < bars; bar++) {
        const row = open + bar;
        const weight = full ? regular[bar]! : this.#weight(columns, days, place, row, barMs);
        this.#scratch[bar] = rangeOf(columns, row) / weight;
      }
      scales[place] = lowerMedian(this.#scratch, bars) / RANGE_IN_SIGMAS;
      // Days before the first that can be measured take its measure.
      if (known < 0) scales.fill(scales[place]!, 0, place);
      known = place;
    }
    return scales;
  }

  #near(columns: BarColumns, days: readonly DayRows[], place: number, row: number, barMs: number): number | undefined {
    const end = Math.min(days.at(-1)!.end, row + REACH + 1);
    let count = 0;
    for (let other = Math.max(0, row - REACH); other < end; other++) {
      if (other === row) continue;
      this.#scratch[count++] = rangeOf(columns, other) / this.#weight(columns, days, place, other, barMs);
    }
    if (count < REACH) return undefined;
    const median = lowerMedian(this.#scratch, count);
    return (median * this.#weight(columns, days, place, row, barMs)) / RANGE_IN_SIGMAS;
  }

  /** The smile at a row of the day at `near`, or of one beside it. */
  #weight({ start }: BarColumns, days: readonly DayRows[], near: number, row: number, barMs: number): number {
    let place = near;
    while (row < days[place]!.first) place--;
    while (row >= days[place]!.end) place++;
    const { session, open, close } = days[place]!;
    if (session === undefined || row >= close) return EXTENDED_SMILE;
    const { regular, before } = this.#smile(session, barMs);
    const bars = (start[row]! - session.open) / barMs;
    return row < open ? (before[-bars | 0] ?? EXTENDED_SMILE) : regular[bars | 0]!;
  }

  /** The smile of a session of this length; of a day without one. */
  #smile(session: Session | undefined, barMs: number): Smile {
    const bars = session === undefined ? 0 : (session.close - session.open) / barMs;
    const known = this.#smiles.get(bars);
    if (known !== undefined) return known;
    const barMinutes = barMs / MINUTE_MS;
    const regular = Array.from({ length: Math.ceil(bars) }, (_, bar) =>
      regularSmile(bar * barMinutes, Math.max(0, bars - bar - 1) * barMinutes),
    );
    const before = Array.from({ length: WARM_UP }, (_, bar) => earlySmile(Math.max(0, bar - 1) * barMinutes));
    const smile = { regular: Float64Array.from(regular), before: Float64Array.from(before) };
    this.#smiles.set(bars, smile);
    return smile;
  }
}

/** True range as a fraction of the close. */
function rangeOf({ high, low, close }: BarColumns, row: number): number {
  const before = close[row === 0 ? 0 : row - 1]!;
  return (Math.max(high[row]!, before) - Math.min(low[row]!, before)) / close[row]!;
}

/**
 * The smile of regular hours, about 0.8 in the middle of the day: fitted to the median true ranges of 46 large US stocks, 2021 to 2024.
 * Minutes from the open to the bar, and from its end to the close.
 */
function regularSmile(fromOpen: number, toClose: number): number {
  const opening = 1.3 * Math.exp(-fromOpen / 80) + 1.2 * Math.exp(-fromOpen / 8);
  return 0.75 + opening + 0.45 * Math.exp(-toClose / 8);
}

/** The smile before the open, fitted in the same way. Minutes from the end of the bar to the open. */
function earlySmile(toOpen: number): number {
  return EXTENDED_SMILE + 0.95 * Math.exp(-toOpen / 15);
}

/** The middle one of the first `count` values, which come out in another order. Source: Hoare, Algorithm 65 (1961). */
function lowerMedian(values: Float64Array, count: number): number {
  const place = (count - 1) >> 1;
  let low = 0;
  let high = count - 1;
  while (low < high) {
    const pivot = values[place]!;
    let left = low;
    let right = high;
    while (left <= right) {
      while (values[left]! < pivot) left++;
      while (pivot < values[right]!) right--;
      if (left > right) break;
      const value = values[left]!;
      values[left++] = values[right]!;
      values[right--] = value;
    }
    if (right < place) low = left;
    if (place < left) high = right;
  }
  return values[place]!;
}
