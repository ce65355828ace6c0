import {
  type ApprovedOrder,
  isReducing,
  type OrderGroup,
  type OrderRequest,
  type Pricing,
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
  /** `held`: waits for another order's fill. */
  state: 'held' | 'live' | 'done';
  /** First row whose open, and first row whose inside, it may trade in. */
  openRow: number;
  insideRow: number;
  /** Session (place in the history) at whose end a day order expires; infinity for `gtc`. */
  lastSession: number;
  /** A stop-limit whose stop was touched. */
  triggered: boolean;
  /** The row inside which its entry was filled: there the worse half of the bar alone counts. */
  entryRow: number;
  /** The other exit of an OCO. */
  sibling: Resting | undefined;
  /** Exits that wait for this entry. */
  legs: readonly Resting[];
  /** What leaves when this order is filled. */
  next: OrderGroup | undefined;
  nextOrders: readonly Resting[];
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
    state: 'held',
    openRow: 0,
    insideRow: 0,
    lastSession: Number.POSITIVE_INFINITY,
    triggered: false,
    entryRow: -1,
    sibling: undefined,
    legs: NONE,
    next: undefined,
    nextOrders: NONE,
  };
}

const NONE: readonly Resting[] = Object.freeze([]);
