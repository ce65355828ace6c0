import { type BarHistory, type Commission, commissionOf, type InstrumentIndex, roundQuantity } from '@tradekit/core';
import type { AccountDesk } from './account/desk.js';
import type { VenueAccount } from './account/venue-account.js';
import type { AnswerQueue } from './answers.js';
import type { VenueClock } from './clock.js';
import type { FeeSchedule } from './costs/fees.js';
import { limitOf, priceAtClose, priceAtOpen, priceInside } from './matching.js';
import type { OrderBook } from './order-book.js';
import type { BarPath, PathOf, Stretch } from './path/bar-path.js';
import { type Resting, siblingOf, unfilled } from './resting.js';
import type { Execution, SlippageCost, SlippageModel, SlippageOf } from './slippage/model.js';

/** What the matcher needs of its venue. */
export interface MatcherParts {
  readonly history: BarHistory;
  readonly queue: AnswerQueue;
  readonly clock: VenueClock;
  readonly book: OrderBook;
  readonly account: VenueAccount;
  readonly desk: AccountDesk;
  readonly commission: Commission;
  readonly fees: FeeSchedule;
  readonly slippage: SlippageModel;
  readonly path: BarPath;
}

/** Matches the resting orders with rows of bars, and answers with fills. */
export class Matcher {
  readonly #history: BarHistory;
  readonly #queue: AnswerQueue;
  readonly #clock: VenueClock;
  readonly #book: OrderBook;
  readonly #account: VenueAccount;
  readonly #desk: AccountDesk;
  readonly #commission: Commission;
  readonly #fees: FeeSchedule;
  readonly #slippage: SlippageOf;
  readonly #maxVolumeFraction: number;
  readonly #path: PathOf;
  readonly #stretch: Stretch = { open: 0, high: 0, low: 0 };
  readonly #execution: Writable<Execution>;
  readonly #cost: SlippageCost = { spread: 0, impact: 0 };
  #executions = 0;
  /** Shares of a row's volume that were filled, by instrument, and the row that they belong to. */
  readonly #taken: Float64Array;
  readonly #takenRow: Int32Array;
  /** By instrument: its data has volumes at all, so that a bar without one is a bar that nobody traded in. */
  readonly #isQuoted: Uint8Array;

  constructor({ history, queue, clock, book, account, desk, commission, fees, slippage, path }: MatcherParts) {
    const { size } = history.universe;
    this.#history = history;
    this.#queue = queue;
    this.#clock = clock;
    this.#book = book;
    this.#account = account;
    this.#desk = desk;
    this.#commission = commission;
    this.#fees = fees;
    this.#slippage = slippage.on(history);
    this.#maxVolumeFraction = slippage.maxVolumeFraction ?? Number.POSITIVE_INFINITY;
    this.#path = path.on(history);
    this.#execution = {
      instrument: 0 as InstrumentIndex,
      row: 0,
      session: 0,
      sign: 1,
      price: 0,
      quantity: 0,
      barVolume: 0,
      barTaken: 0,
    };
    this.#isQuoted = quoted(history);
    this.#taken = new Float64Array(size);
    this.#takenRow = new Int32Array(size).fill(-1);
  }

  /** Fills at the opens that begin now: reductions first, so that they pay for entries. */
  matchOpen(row: number, isSessionOpen: boolean): void {
    if (this.#book.live.length === 0) return;
    for (const reduces of REDUCTIONS_FIRST) {
      for (let k = 0; k < this.#book.live.length; k++) {
        const order = this.#book.live[k]!;
        if (order.reduces !== reduces || order.state !== 'live' || order.openRow > row) continue;
        const price = this.#path.open(row, order.request.instrument);
        if (Number.isNaN(price)) continue;
        const traded = priceAtOpen(order, price, isSessionOpen);
        if (!Number.isNaN(traded)) this.#fill(order, traded, row, AT_A_POINT);
      }
    }
    this.#book.compact();
  }

  /** Fills inside the bars of a row, stretch by stretch. When one touches a stop and a target, the stop trades. */
  matchInside(row: number): void {
    if (this.#book.live.length === 0) return;
    for (let place = 0; place < this.#path.stretches; place++) {
      for (const reduces of REDUCTIONS_FIRST) {
        for (let k = 0; k < this.#book.live.length; k++) {
          const order = this.#book.live[k]!;
          if (order.reduces === reduces) this.#inside(order, row, place, Number.NaN);
        }
      }
    }
    this.#book.compact();
  }

  /** `from`: the price in the stretch from which on the order may trade; NaN: from its start. */
  #inside(order: Resting, row: number, place: number, from: number): void {
    if (order.state !== 'live' || order.insideRow > row || order.tradedRow === row) return;
    if (place < this.#path.late && order.openRow === row) return;
    const isTarget = order.pricing.type === 'limit' && order.reduces;
    const sibling = isTarget ? siblingOf(order) : undefined;
    if (sibling?.state === 'live' && sibling.pricing.type !== 'limit') {
      this.#inside(sibling, row, place, from);
      if (sibling.tradedRow === row) return;
    }
    // The entry was filled inside this very stretch: whether the target came after it is not known, so it did not.
    const isUnknown = order.entryStretch === this.#stretchOf(row, place) && Number.isNaN(from);
    if (isTarget && isUnknown) return;
    const stretch = this.#stretch;
    this.#path.stretch(row, order.request.instrument, place, stretch);
    if (Number.isNaN(stretch.open)) return;
    if (!Number.isNaN(from)) startAt(stretch, from);
    // Nor whether a better price came after it.
    if (isUnknown && order.pricing.type === 'trailing-stop') startWorse(stretch, order.best, order.sign);
    const price = priceInside(order, stretch, this.#path.isMonotone);
    if (!Number.isNaN(price)) this.#fill(order, price, row, place);
  }

  #stretchOf(row: number, place: number): number {
    return row * this.#path.stretches + place;
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
        this.#fill(
          order,
          price,
          row,
          AT_A_POINT,
          isOfficial ? 'official close' : 'last close: no official one in the data',
        );
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

  /** `place`: the stretch of the bar; {@link AT_A_POINT} at an open or a close. */
  #fill(order: Resting, price: number, row: number, place: number, note?: string): void {
    const { instrument } = order.request;
    const shares = this.#available(order, instrument, row);
    if (!(shares > 0)) return;
    const isInside = place !== AT_A_POINT;
    if (isInside) order.tradedRow = row;
    const cost = this.#cost;
    cost.spread = 0;
    cost.impact = 0;
    // Somebody came to a limit that trades at its own price inside a bar.
    if (!(isInside && order.pricing.type === 'limit' && price === order.pricing.limitPrice))
      this.#slip(order, price, shares, row);
    const paid = this.#paid(order, price);
    const commission = commissionOf(this.#commission, shares, paid, order.filled, order.notional);
    const session = this.#history.sessions[this.#clock.tradingSession]!.day;
    const fees = this.#fees.feesOf(session, order.sign, shares, paid);
    order.filled = roundQuantity(order.filled + shares);
    order.notional += shares * paid;
    if (order.pair !== undefined) order.pair.left = roundQuantity(order.pair.left - shares);
    this.#taken[instrument] = this.#taken[instrument]! + shares;
    this.#desk.filled(instrument, order.sign * shares, paid, this.#clock.tradingSession);
    this.#account.trade(instrument, order.sign * shares, paid, commission + fees);
    this.#executions += 1;
    const { now } = this.#clock;
    const fill = {
      kind: 'fill',
      sequence: 0,
      time: now,
      executionId: String(this.#executions),
      order: order.order.number,
      // Inside a bar nobody knows the minute: the fill is told, and dated, at the bar's end.
      executedAt: now,
      quantity: shares,
      price: paid,
      commission: commission + fees,
      fees,
      spread: cost.spread * shares,
      impact: cost.impact * shares,
    } as const;
    this.#queue.put(note === undefined ? fill : { ...fill, note });
    if (unfilled(order) <= 0) this.#done(order, row, place, price);
  }

  /** Shares of an order that may be had of a bar now. */
  #available(order: Resting, instrument: InstrumentIndex, row: number): number {
    const wanted = this.#desk.most(instrument, order.sign, unfilled(order));
    const volume = this.#history.bars.volume[row * this.#history.universe.size + instrument]!;
    if (volume === 0 && this.#isQuoted[instrument] === 1) return 0;
    if (this.#takenRow[instrument] !== row) {
      this.#takenRow[instrument] = row;
      this.#taken[instrument] = 0;
    }
    if (this.#maxVolumeFraction === Number.POSITIVE_INFINITY) return wanted;
    if (!(volume > 0)) return 0;
    const most = Math.max(0, volume * this.#maxVolumeFraction - this.#taken[instrument]!);
    return most >= wanted ? wanted : this.#account.wholeLots(instrument, most);
  }

  #slip(order: Resting, price: number, shares: number, row: number): void {
    const { instrument } = order.request;
    const execution = this.#execution;
    execution.instrument = instrument;
    execution.row = row;
    execution.session = this.#clock.tradingSession;
    execution.sign = order.sign;
    execution.price = price;
    execution.quantity = shares;
    execution.barVolume = this.#history.bars.volume[row * this.#history.universe.size + instrument]!;
    execution.barTaken = this.#taken[instrument]!;
    this.#slippage(execution, this.#cost);
  }

  /** The price with its slippage, no worse than the order's limit; what the limit spares, it spares the impact first. */
  #paid(order: Resting, price: number): number {
    const cost = this.#cost;
    const worst = limitOf(order);
    const slipped = price + order.sign * (cost.spread + cost.impact);
    if (order.sign * (slipped - worst) <= 0) return slipped;
    const most = Math.max(0, order.sign * (worst - price));
    cost.spread = Math.min(cost.spread, most);
    cost.impact = most - cost.spread;
    return worst;
  }

  /** An order is completely filled: its sibling ends, its legs and what waited for it go live. */
  #done(order: Resting, row: number, place: number, price: number): void {
    this.#book.close(order);
    const sibling = siblingOf(order);
    if (sibling !== undefined && sibling.state !== 'done')
      this.#book.end(sibling, 'canceled', 'the other exit was filled');
    for (const leg of order.legs) this.#release(leg, row, place, price);
    for (const next of order.nextOrders) this.#release(next, row, place, price);
  }

  #release(follower: Resting, row: number, place: number, price: number): void {
    if (follower.state !== 'held') return;
    const isLeg = follower.reduces;
    const isInside = place !== AT_A_POINT;
    follower.state = 'live';
    if (follower.pricing.type === 'trailing-stop') follower.best = price;
    follower.openRow = isLeg || isInside ? row + 1 : row;
    follower.insideRow = !isLeg && isInside ? row + 1 : row;
    follower.entryStretch = isLeg && isInside ? this.#stretchOf(row, place) : -1;
    this.#book.live.push(follower);
    if (isLeg && isInside) this.#inside(follower, row, place, this.#path.isMonotone ? price : Number.NaN);
  }
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** In place of a stretch: the fill is at an open or a close. */
const AT_A_POINT = -1;

/** A stretch that only rises or only falls, from a price on. */
function startAt(stretch: Stretch, price: number): void {
  if (stretch.open <= stretch.low) stretch.low = price;
  else stretch.high = price;
  stretch.open = price;
}

/** What is left of a stretch when nothing better came after a price than that. */
function startWorse(stretch: Stretch, price: number, sign: 1 | -1): void {
  stretch.open = price;
  if (sign > 0) stretch.low = price;
  else stretch.high = price;
}

/** By instrument 1 where some bar has a volume. */
function quoted({ universe: { size }, bars: { volume } }: BarHistory): Uint8Array {
  const isQuoted = new Uint8Array(size);
  for (let instrument = 0; instrument < size; instrument++) {
    for (let cell = instrument; cell < volume.length; cell += size) {
      if (!(volume[cell]! > 0)) continue;
      isQuoted[instrument] = 1;
      break;
    }
  }
  return isQuoted;
}

const REDUCTIONS_FIRST = [true, false] as const;
