/** Shares as a tax authority sees them: every closing fill is matched with the opening fills that it ends. */
import { type InstrumentIndex, newYorkDay, roundQuantity, type SessionDay, type Timestamp } from '@tradekit/core';
import type { RunResult } from './run-result.js';

/**
 * Which open lot a closing fill takes first: the oldest (`fifo`), or the one with the largest loss or smallest gain
 * (`highest-cost`, a specific identification).
 */
export type LotMatching = 'fifo' | 'highest-cost';

/** A part of an opening fill and the part of a closing fill that ended it. It is the account's: lots know no strategy. */
export interface Lot {
  readonly instrument: InstrumentIndex;
  /** +1 bought first, −1 sold short first. */
  readonly direction: 1 | -1;
  /** Shares, in shares of the close where a split lay between; so is the price. */
  readonly quantity: number;
  readonly openTime: Timestamp;
  readonly openPrice: number;
  readonly closeTime: Timestamp;
  readonly closePrice: number;
  /** Dollars, net of both commissions in proportion to the shares. */
  readonly profit: number;
  /**
   * It lost, and another fill opened the same instrument in the same direction within 30 days before or after its close: the
   * loss may be a wash sale. A flag, no tax figure.
   */
  readonly washSale: boolean;
}

/** What is left of an opening fill. */
interface OpenLot {
  readonly opening: Opening;
  quantity: number;
  price: number;
  /** Dollars a share. */
  commission: number;
}

interface Opening {
  readonly time: Timestamp;
  readonly day: SessionDay;
  readonly direction: 1 | -1;
}

/**
 * Every lot that a fill has closed, in the order of closing. Splits change the open lots. Shares that came or went without a
 * fill, at a delisting or by an adjustment, belong to no lot.
 */
export function lotsOf(result: RunResult, matching: LotMatching = 'fifo'): readonly Lot[] {
  const { fills, movements, universe } = result;
  const books = universe.instruments.map((_, i) => new LotBook(i as InstrumentIndex, matching));
  let moved = 0;
  const moveUntil = (time: number): void => {
    for (; moved < movements.length && movements[moved]!.time <= time; moved++) {
      const { type, instrument, value, sharesBefore, sharesAfter } = movements[moved]!;
      if (instrument === undefined || sharesBefore === sharesAfter) continue;
      if (type === 'split' && value !== undefined) books[instrument]!.split(value);
      else if (sharesAfter === 0) books[instrument]!.clear();
    }
  };
  for (let fill = 0; fill < fills.length; fill++) {
    const time = fills.time[fill]! as Timestamp;
    moveUntil(time);
    const direction = fills.sign[fill]! as 1 | -1;
    books[fills.instrument[fill]!]!.fill(
      time,
      direction,
      fills.quantity[fill]!,
      fills.price[fill]!,
      fills.commission[fill]!,
    );
  }
  return books.flatMap((book) => book.lots()).sort((a, b) => a.closeTime - b.closeTime);
}

/** The lots of one instrument. */
class LotBook {
  readonly #instrument: InstrumentIndex;
  readonly #matching: LotMatching;
  #open: OpenLot[] = [];
  readonly #openings: Opening[] = [];
  readonly #closed: { readonly lot: Lot; readonly opening: Opening }[] = [];

  constructor(instrument: InstrumentIndex, matching: LotMatching) {
    this.#instrument = instrument;
    this.#matching = matching;
  }

  split(ratio: number): void {
    for (const lot of this.#open) {
      lot.quantity *= ratio;
      lot.price /= ratio;
      lot.commission /= ratio;
    }
  }

  clear(): void {
    this.#open = [];
  }

  fill(time: Timestamp, direction: 1 | -1, quantity: number, price: number, commission: number): void {
    const perShare = commission / quantity;
    let left = quantity;
    while (left > 0) {
      const lot = this.#next(direction);
      if (lot === undefined) break;
      const closing = Math.min(left, lot.quantity);
      this.#close(lot, closing, time, price, perShare);
      left = roundQuantity(left - closing);
    }
    if (left <= 0) return;
    const opening = { time, day: newYorkDay(time), direction };
    this.#openings.push(opening);
    this.#open.push({ opening, quantity: left, price, commission: perShare });
  }

  /** The lot that a fill in a direction closes next. */
  #next(direction: 1 | -1): OpenLot | undefined {
    let chosen: OpenLot | undefined;
    for (const lot of this.#open) {
      if (lot.opening.direction === direction) return undefined;
      if (chosen === undefined || (this.#matching === 'highest-cost' && direction * (chosen.price - lot.price) > 0))
        chosen = lot;
    }
    return chosen;
  }

  #close(lot: OpenLot, quantity: number, closeTime: Timestamp, closePrice: number, perShare: number): void {
    const { opening, price } = lot;
    const { direction } = opening;
    const gain = direction * (closePrice - price) * quantity;
    const profit = gain - quantity * (lot.commission + perShare);
    const open = { direction, quantity, openTime: opening.time, openPrice: price };
    this.#closed.push({
      lot: { instrument: this.#instrument, ...open, closeTime, closePrice, profit, washSale: false },
      opening,
    });
    lot.quantity = roundQuantity(lot.quantity - quantity);
    if (lot.quantity <= 0) this.#open.splice(this.#open.indexOf(lot), 1);
  }

  lots(): readonly Lot[] {
    return this.#closed.map(({ lot, opening }) => ({ ...lot, washSale: lot.profit < 0 && this.#isWash(lot, opening) }));
  }

  #isWash({ closeTime, direction }: Lot, own: Opening): boolean {
    const day = newYorkDay(closeTime);
    // Ascending by day: the first opening that is not too early decides, unless it is the lot's own.
    for (let k = firstFrom(this.#openings, day - WASH_DAYS); k < this.#openings.length; k++) {
      const opening = this.#openings[k]!;
      if (opening.day > day + WASH_DAYS) return false;
      if (opening !== own && opening.direction === direction) return true;
    }
    return false;
  }
}

/** Days before and after a sale: 26 U.S. Code § 1091. */
const WASH_DAYS = 30;

function firstFrom(openings: readonly Opening[], day: number): number {
  let low = 0;
  let high = openings.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (openings[middle]!.day < day) low = middle + 1;
    else high = middle;
  }
  return low;
}
