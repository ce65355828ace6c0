/** Fills become round trips: one strategy's position in one instrument, from flat to flat. */
import type { AdjustmentEvent, CorporateActionEvent, Timestamp } from '@tradekit/core';
import { orderRoles } from './codes.js';
import type { ClosedBy, FillColumns, OpenPosition, OrderColumns, RoundTrip } from './run-result.js';

/** Something other than a fill that changed books. */
export interface BookEvent {
  readonly event: CorporateActionEvent | AdjustmentEvent;
  /** Fills recorded before it, and the last row of the equity then. */
  readonly afterFills: number;
  readonly row: number;
  /** Signed shares of its instrument that each strategy holds after it, and the mark after it. */
  readonly held: readonly number[];
  readonly mark: number;
}

/** What round trips are made of. */
export interface TripSources {
  readonly orders: OrderColumns;
  readonly fills: FillColumns;
  readonly events: readonly BookEvent[];
  /** Last mark of each instrument. */
  readonly mark: readonly number[];
  /** How many strategies there are. */
  readonly books: number;
}

/** A position that is not flat. */
interface Trip {
  held: number;
  readonly direction: 1 | -1;
  readonly strategy: RoundTrip['strategy'];
  readonly instrument: RoundTrip['instrument'];
  readonly entryTime: Timestamp;
  readonly entryRow: number;
  /** Shares opened and closed so far, and their average prices. */
  opened: number;
  entryPrice: number;
  closed: number;
  exitPrice: number;
  /** Dollars that closing brought less what opening cost; the other way round when short. */
  gain: number;
  commission: number;
  /** Dividends and other cash that its shares brought. */
  extra: number;
}

/** A change of a position, by a fill or by something else. */
interface Move {
  readonly quantity: number;
  readonly price: number;
  readonly commission: number;
  readonly time: Timestamp;
  readonly row: number;
  readonly closedBy: ClosedBy;
  readonly reason: string;
}

/** Closed round trips in the order of their ends, and what is held still. */
export function roundTrips(sources: TripSources): { trades: readonly RoundTrip[]; positions: readonly OpenPosition[] } {
  const { orders, fills, events, mark } = sources;
  const ledger = new TripLedger(mark.length, sources.books);
  let next = 0;
  for (let fill = 0; fill <= fills.length; fill++) {
    for (let event = events[next]; event !== undefined && event.afterFills === fill; event = events[next]) {
      ledger.bookEvent(event);
      next += 1;
    }
    if (fill === fills.length) break;
    const order = fills.order[fill]!;
    ledger.move(fills.strategy[fill]!, fills.instrument[fill]!, {
      quantity: fills.sign[fill]! * fills.quantity[fill]!,
      price: fills.price[fill]!,
      commission: fills.commission[fill]!,
      time: fills.time[fill]! as Timestamp,
      row: fills.row[fill]!,
      closedBy: orderRoles[orders.role[order]!]!,
      reason: orders.reason[order]!,
    });
  }
  return { trades: ledger.trades, positions: ledger.positions(mark) };
}

class TripLedger {
  readonly trades: RoundTrip[] = [];
  readonly #instruments: number;
  readonly #open: (Trip | undefined)[];

  constructor(instruments: number, books: number) {
    this.#instruments = instruments;
    this.#open = new Array<Trip | undefined>(books * instruments).fill(undefined);
  }

  move(strategy: number, instrument: number, move: Move): void {
    if (move.quantity === 0) return;
    const book = strategy * this.#instruments + instrument;
    const trip = this.#open[book];
    if (trip === undefined) {
      this.#open[book] = opened(strategy, instrument, move);
      return;
    }
    const shares = Math.abs(move.quantity);
    if (move.quantity * trip.direction > 0) {
      trip.entryPrice = average(trip.entryPrice, trip.opened, move.price, shares);
      trip.opened += shares;
      trip.gain -= shares * move.price;
    } else {
      const closing = Math.min(shares, Math.abs(trip.held));
      if (closing < shares) return this.#flip(book, trip, move, closing);
      trip.exitPrice = average(trip.exitPrice, trip.closed, move.price, shares);
      trip.closed += shares;
      trip.gain += shares * move.price;
    }
    trip.commission += move.commission;
    trip.held = rounded(trip.held + move.quantity);
    if (trip.held === 0) this.#end(book, trip, move);
  }

  /** A move beyond flat ends one trip and begins the next; its commission is split by shares. */
  #flip(book: number, trip: Trip, move: Move, closing: number): void {
    const sign = Math.sign(move.quantity);
    const part = closing / Math.abs(move.quantity);
    const { strategy, instrument } = trip;
    this.move(strategy, instrument, { ...move, quantity: sign * closing, commission: move.commission * part });
    const rest = rounded(Math.abs(move.quantity) - closing);
    const commission = move.commission * (1 - part);
    this.#open[book] = opened(strategy, instrument, { ...move, quantity: sign * rest, commission });
  }

  #end(book: number, trip: Trip, { time, row, closedBy, reason }: Move): void {
    this.#open[book] = undefined;
    const { strategy, instrument, direction, entryTime, commission } = trip;
    this.trades.push({
      strategy,
      instrument,
      direction,
      quantity: rounded(trip.opened),
      entryTime,
      entryPrice: trip.entryPrice,
      exitTime: time,
      exitPrice: trip.exitPrice,
      commission,
      profit: direction * trip.gain + trip.extra - commission,
      exitRow: row,
      barsHeld: row - trip.entryRow,
      closedBy,
      reason,
    });
  }

  bookEvent({ event, row, held, mark }: BookEvent): void {
    const { instrument, time } = event;
    if (instrument === undefined) return;
    for (const [strategy, after] of held.entries()) {
      const trip = this.#open[strategy * this.#instruments + instrument];
      if (event.kind === 'corporate-action') {
        if (trip !== undefined) this.#act(event, trip, row, after);
        continue;
      }
      if (trip !== undefined && event.strategy === strategy) trip.extra += event.cash;
      if (event.quantity === undefined) continue;
      // Shares that came or went without a trade are entered at the mark, as the ledger does.
      const change = rounded(after - (trip?.held ?? 0));
      this.move(strategy, instrument, outside(change, Number.isNaN(mark) ? 0 : mark, time, row, 'adjustment'));
    }
  }

  #act({ action, time }: CorporateActionEvent, trip: Trip, row: number, after: number): void {
    const { strategy, instrument } = trip;
    switch (action.type) {
      case 'dividend':
        trip.extra += trip.held * action.perShare;
        return;
      case 'split': {
        const exact = rounded(trip.held * action.ratio);
        trip.held = exact;
        trip.opened *= action.ratio;
        trip.closed *= action.ratio;
        trip.entryPrice /= action.ratio;
        trip.exitPrice /= action.ratio;
        // The fraction that no lot can hold is sold for cash.
        this.move(strategy, instrument, outside(rounded(after - exact), action.cashInLieu, time, row, 'adjustment'));
        return;
      }
      case 'delisted':
        this.move(strategy, instrument, outside(-trip.held, action.perShare, time, row, 'delisted'));
    }
  }

  positions(mark: readonly number[]): readonly OpenPosition[] {
    const positions: OpenPosition[] = [];
    for (const trip of this.#open) {
      if (trip === undefined) continue;
      const { strategy, instrument, held, direction, entryTime, commission } = trip;
      const price = mark[instrument]!;
      const value = held * price;
      positions.push({
        strategy,
        instrument,
        quantity: held,
        entryTime,
        entryPrice: trip.entryPrice,
        mark: price,
        commission,
        profit: direction * trip.gain + trip.extra - commission + value,
      });
    }
    return positions;
  }
}

function opened(strategy: number, instrument: number, { quantity, price, commission, time, row }: Move): Trip {
  return {
    held: quantity,
    direction: quantity > 0 ? 1 : -1,
    strategy: strategy as Trip['strategy'],
    instrument: instrument as Trip['instrument'],
    entryTime: time,
    entryRow: row,
    opened: Math.abs(quantity),
    entryPrice: price,
    closed: 0,
    exitPrice: 0,
    gain: -Math.abs(quantity) * price,
    commission,
    extra: 0,
  };
}

/** The average price of so many shares and so many more. The first shares have theirs, to the bit. */
function average(price: number, shares: number, morePrice: number, more: number): number {
  return shares === 0 ? morePrice : (price * shares + morePrice * more) / (shares + more);
}

function outside(quantity: number, price: number, time: Timestamp, row: number, closedBy: ClosedBy): Move {
  return { quantity, price, commission: 0, time, row, closedBy, reason: '' };
}

function rounded(quantity: number): number {
  return Math.round(quantity * 1e9) / 1e9;
}
