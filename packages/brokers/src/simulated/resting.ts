import {
  type ApprovedOrder,
  isReducing,
  type OrderRequest,
  type Pricing,
  roundQuantity,
  sideSign,
} from '@tradekit/core';

/** An order at the venue. */
export interface Resting {
  readonly order: ApprovedOrder;
  readonly request: OrderRequest;
  readonly pricing: Pricing;
  readonly sign: 1 | -1;
  readonly reduces: boolean;
  filled: number;
  /** Dollars that were filled. */
  notional: number;
  /** `held`: waits for another order's fill. */
  state: 'held' | 'live' | 'done';
  /** First row whose open, and first row whose inside, it may trade in. */
  openRow: number;
  insideRow: number;
  /** Session (place in the history) at whose end a day order expires; infinity for `gtc`. */
  lastSession: number;
  /** Place of the session in which it was sent. */
  session: number;
  /** A stop that was touched: from then on a market order, or a limit. */
  triggered: boolean;
  /** Of a trailing stop the best price since it went live; NaN before. */
  best: number;
  /** The row inside which it traded last: once a bar is enough. */
  tradedRow: number;
  /** The stretch inside which its entry was filled, counted over all rows: what came after the entry there is not known. */
  entryStretch: number;
  /** The pair of exits that it is one of. */
  pair: Pair | undefined;
  /** The order whose fill it waits for. */
  parent: Resting | undefined;
  /** Exits that wait for this entry. */
  legs: readonly Resting[];
  /** What leaves when this order is filled. */
  nextOrders: readonly Resting[];
}

/** Two exits of one position: together they trade no more than it. */
interface Pair {
  orders: readonly Resting[];
  /** Shares that the two may yet trade. */
  left: number;
}

/** Makes an order that is not live yet. */
export function resting(order: ApprovedOrder): Resting {
  const { request } = order;
  return {
    order,
    request,
    pricing: request.pricing,
    sign: sideSign(request.side),
    reduces: isReducing(request.role),
    filled: 0,
    notional: 0,
    state: 'held',
    openRow: 0,
    insideRow: 0,
    lastSession: Number.POSITIVE_INFINITY,
    session: 0,
    triggered: false,
    best: Number.NaN,
    tradedRow: -1,
    entryStretch: -1,
    pair: undefined,
    parent: undefined,
    legs: NONE,
    nextOrders: NONE,
  };
}

const NONE: readonly Resting[] = Object.freeze([]);

/** Shares that an order may yet trade. */
export function unfilled({ request, filled, pair }: Resting): number {
  const left = roundQuantity(request.quantity - filled);
  return pair === undefined ? left : Math.min(left, pair.left);
}

/** The other exit of the pair. */
export function siblingOf(order: Resting): Resting | undefined {
  return order.pair?.orders.find((other) => other !== order);
}

/** Makes two exits a pair; one alone stays as it is. */
export function pair(exits: readonly Resting[]): void {
  const [first] = exits;
  if (first === undefined || exits.length < 2) return;
  const shared: Pair = { orders: exits, left: first.request.quantity };
  for (const exit of exits) exit.pair = shared;
}

/** A replacement stands where the old exit stood; the pair is then for as many shares as the replacement. */
export function takePlaceInPair(old: Resting, by: Resting): void {
  const { pair } = old;
  if (pair === undefined) return;
  pair.orders = pair.orders.map((exit) => (exit === old ? by : exit));
  pair.left = by.request.quantity;
  by.pair = pair;
  old.pair = undefined;
}
