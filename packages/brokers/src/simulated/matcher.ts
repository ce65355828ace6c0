import {
  type BarHistory,
  type BrokerEvent,
  type Commission,
  commissionOf,
  type OrderNumber,
  roundQuantity,
  type Timestamp,
} from '@tradekit/core';
import type { VenueAccount } from './account.js';
import type { AnswerQueue } from './answers.js';
import type { VenueClock } from './clock.js';
import { limitOf, priceAtClose, priceAtOpen, priceInside } from './matching.js';
import type { OrderBook } from './order-book.js';
import { type Resting, siblingOf, unfilled } from './resting.js';
import type { SlippageModel } from './slippage.js';

/** What the matcher needs of its venue. */
export interface MatcherParts {
  readonly history: BarHistory;
  readonly queue: AnswerQueue;
  readonly clock: VenueClock;
  readonly book: OrderBook;
  readonly account: VenueAccount;
  readonly commission: Commission;
  readonly slippage: SlippageModel;
}

/** Matches the resting orders with rows of bars, and answers with fills. */
export class Matcher {
  readonly #history: BarHistory;
  readonly #queue: AnswerQueue;
  readonly #clock: VenueClock;
  readonly #book: OrderBook;
  readonly #account: VenueAccount;
  readonly #commission: Commission;
  readonly #slippage: SlippageModel;
  #executions = 0;
  /** Shares of a row's volume that were filled, by instrument, and the row that they belong to. */
  readonly #taken: Float64Array;
  readonly #takenRow: Int32Array;

  constructor({ history, queue, clock, book, account, commission, slippage }: MatcherParts) {
    const { size } = history.universe;
    this.#history = history;
    this.#queue = queue;
    this.#clock = clock;
    this.#book = book;
    this.#account = account;
    this.#commission = commission;
    this.#slippage = slippage;
    this.#taken = new Float64Array(size);
    this.#takenRow = new Int32Array(size).fill(-1);
  }

  /** Fills at the opens that begin now: reductions first, so that they pay for entries. */
  matchOpen(row: number, isSessionOpen: boolean): void {
    if (this.#book.live.length === 0) return;
    const offset = row * this.#history.universe.size;
    const { open } = this.#history.bars;
    for (const reduces of REDUCTIONS_FIRST) {
      for (let k = 0; k < this.#book.live.length; k++) {
        const order = this.#book.live[k]!;
        if (order.reduces !== reduces || order.state !== 'live' || order.openRow > row) continue;
        const price = open[offset + order.request.instrument]!;
        if (Number.isNaN(price)) continue;
        const traded = priceAtOpen(order, price, isSessionOpen);
        if (!Number.isNaN(traded)) this.#fill(order, traded, row, false);
      }
    }
    this.#book.compact();
  }

  /** Fills inside the bars of a row. When a bar touches a stop and a target, the stop trades. */
  matchInside(row: number): void {
    if (this.#book.live.length === 0) return;
    for (const reduces of REDUCTIONS_FIRST) {
      for (let k = 0; k < this.#book.live.length; k++) {
        const order = this.#book.live[k]!;
        if (order.reduces === reduces) this.#inside(order, row);
      }
    }
    this.#book.compact();
  }

  #inside(order: Resting, row: number): void {
    if (order.state !== 'live' || order.insideRow > row || order.tradedRow === row) return;
    const isTarget = order.pricing.type === 'limit' && order.reduces;
    const sibling = isTarget ? siblingOf(order) : undefined;
    if (sibling?.state === 'live' && sibling.pricing.type !== 'limit') {
      this.#inside(sibling, row);
      if (sibling.tradedRow === row) return;
    }
    // The entry was filled inside this very bar: whether the target came after it is not known, so it did not.
    if (isTarget && order.entryRow === row) return;
    const { universe, bars } = this.#history;
    const cell = row * universe.size + order.request.instrument;
    if (Number.isNaN(bars.open[cell]!)) return;
    const price = priceInside(order, bars.open[cell]!, bars.high[cell]!, bars.low[cell]!);
    if (!Number.isNaN(price)) this.#fill(order, price, row, true);
  }

  /** The auction at the close, and the end of the session's day orders. */
  matchClose(session: number, official: Float64Array, row: number): void {
    if (this.#book.live.length === 0) return;
    for (const order of this.#book.live) {
      const { type } = order.pricing;
      if (
        order.state !== 'live' ||
        order.session > session ||
        (type !== 'market-on-close' && type !== 'limit-on-close')
      )
        continue;
      const { instrument } = order.request;
      const isOfficial = !Number.isNaN(official[instrument]!);
      const close = isOfficial ? official[instrument]! : this.#lastClose(instrument, session, row);
      const price = priceAtClose(order, close);
      if (!Number.isNaN(price))
        this.#fill(order, price, row, false, isOfficial ? 'official close' : 'last close: no official one in the data');
    }
    for (const order of this.#book.orders()) {
      if (order.lastSession <= session && order.state !== 'done') this.#book.end(order, 'expired', 'the session ended');
    }
    this.#book.compact();
  }

  /** Last close of the session; NaN when it had no bar. */
  #lastClose(instrument: number, session: number, row: number): number {
    const { universe, bars, firstRow } = this.#history;
    for (let r = row; r >= firstRow[session]!; r--) {
      const close = bars.close[r * universe.size + instrument]!;
      if (!Number.isNaN(close)) return close;
    }
    return Number.NaN;
  }

  #fill(order: Resting, price: number, row: number, isInside: boolean, note?: string): void {
    const { instrument } = order.request;
    const volume = this.#history.bars.volume[row * this.#history.universe.size + instrument]!;
    if (this.#takenRow[instrument] !== row) {
      this.#takenRow[instrument] = row;
      this.#taken[instrument] = 0;
    }
    const isAtLimit = isInside && order.pricing.type === 'limit';
    const wanted = unfilled(order);
    const traded = this.#slippage.trade(order.sign, price, wanted, volume, this.#taken[instrument]!);
    const shares = traded.quantity >= wanted ? wanted : this.#account.wholeLots(instrument, traded.quantity);
    if (!(shares > 0)) return;
    if (isInside) order.tradedRow = row;
    const worst = limitOf(order);
    const slipped = isAtLimit ? price : traded.price;
    const paid = order.sign * (slipped - worst) > 0 ? worst : slipped;
    const fee = commissionOf(this.#commission, shares, paid, order.filled === 0);
    order.filled = roundQuantity(order.filled + shares);
    if (order.pair !== undefined) order.pair.left = roundQuantity(order.pair.left - shares);
    this.#taken[instrument] = this.#taken[instrument]! + shares;
    this.#account.trade(instrument, order.sign * shares, paid, fee);
    this.#executions += 1;
    this.#queue.put(fillEvent(this.#executions, order.order.number, this.#clock.now, shares, paid, fee, note));
    if (unfilled(order) <= 0) this.#done(order, row, isInside);
  }

  /** An order is completely filled: its sibling ends, its legs and what waited for it go live. */
  #done(order: Resting, row: number, isInside: boolean): void {
    this.#book.close(order);
    const sibling = siblingOf(order);
    if (sibling !== undefined && sibling.state !== 'done')
      this.#book.end(sibling, 'canceled', 'the other exit was filled');
    for (const leg of order.legs) this.#release(leg, row, isInside);
    for (const next of order.nextOrders) this.#release(next, row, isInside);
  }

  #release(follower: Resting, row: number, isInside: boolean): void {
    if (follower.state !== 'held') return;
    const isLeg = follower.reduces;
    follower.state = 'live';
    follower.openRow = isLeg || isInside ? row + 1 : row;
    follower.insideRow = !isLeg && isInside ? row + 1 : row;
    follower.entryRow = isLeg && isInside ? row : -1;
    this.#book.live.push(follower);
    if (isLeg && isInside) this.#inside(follower, row);
  }
}

const REDUCTIONS_FIRST = [true, false] as const;

/** Inside a bar nobody knows the minute: the fill is told, and dated, at the bar's end. */
function fillEvent(
  id: number,
  order: OrderNumber,
  time: Timestamp,
  quantity: number,
  price: number,
  commission: number,
  note?: string,
): BrokerEvent {
  const fill = {
    kind: 'fill',
    sequence: 0,
    time,
    executionId: String(id),
    order,
    executedAt: time,
    quantity,
    price,
    commission,
  } as const;
  return note === undefined ? fill : { ...fill, note };
}
