import {
  type ApprovedOrder,
  canFollow,
  type InstrumentIndex,
  InvariantError,
  type OrderNumber,
  type OrderStatus,
  sideSign,
  type Timestamp,
} from '@tradekit/core';
import { orderRoles, orderStatuses, pricingTypes, timesInForce } from '../result/codes.js';
import type { OrderColumns } from '../result/run-result.js';
import { copyOf, FIRST_CAPACITY, grow, larger } from './table.js';

const APPROVED = orderStatuses.indexOf('approved');
const PARTIALLY_FILLED = orderStatuses.indexOf('partially-filled');
const FILLED = orderStatuses.indexOf('filled');
const STATUSES = orderStatuses.length;
/** 1 where the second status may follow the first. */
const FOLLOWS = Uint8Array.from({ length: STATUSES * STATUSES }, (_, k) =>
  canFollow(orderStatuses[Math.floor(k / STATUSES)]!, orderStatuses[k % STATUSES]!) ? 1 : 0,
);

type Writable<T> = { -readonly [K in keyof T]: T[K] };
type Cells = Writable<Omit<OrderColumns, 'length' | 'reason'>>;

/** Every order that was made, as columns, and where it stands. */
export class OrderLog {
  readonly #cells: Cells = emptyCells();
  readonly #reason: string[] = [];
  /** By order number: its place + 1; 0 where there is none. */
  #places: Int32Array = new Int32Array(FIRST_CAPACITY);

  /** Takes an order that was just made. */
  add({ number, request }: ApprovedOrder, time: Timestamp, row: number): void {
    const place = this.#reason.length;
    const cells = this.#cells;
    if (place === cells.number.length) grow(cells);
    while (number >= this.#places.length) this.#places = larger(this.#places);
    this.#places[number] = place + 1;
    const { pricing } = request;
    cells.number[place] = number;
    cells.strategy[place] = request.strategy;
    cells.instrument[place] = request.instrument;
    cells.sign[place] = sideSign(request.side);
    cells.quantity[place] = request.quantity;
    cells.pricing[place] = pricingTypes.indexOf(pricing.type);
    cells.timeInForce[place] = timesInForce.indexOf(request.timeInForce);
    cells.role[place] = orderRoles.indexOf(request.role);
    cells.status[place] = APPROVED;
    cells.limitPrice[place] = 'limitPrice' in pricing ? pricing.limitPrice : Number.NaN;
    cells.stopPrice[place] = 'stopPrice' in pricing ? pricing.stopPrice : Number.NaN;
    cells.time[place] = time;
    cells.row[place] = row;
    this.#reason.push(request.reason);
  }

  /** The place of an order. Throws `InvariantError` when it was never recorded. */
  placeOf(number: OrderNumber): number {
    const place = (this.#places[number] ?? 0) - 1;
    if (place >= 0) return place;
    throw new InvariantError(
      'RECORDER_ORDER_UNKNOWN',
      `order ${number} was made before the recorder listened; give it every event of the run from the first on`,
      { order: number },
    );
  }

  strategyAt(place: number): number {
    return this.#cells.strategy[place]!;
  }

  instrumentAt(place: number): InstrumentIndex {
    return this.#cells.instrument[place] as InstrumentIndex;
  }

  signAt(place: number): number {
    return this.#cells.sign[place]!;
  }

  /** So many more shares of an order are filled; fewer, where a fill was corrected. */
  filled(place: number, quantity: number): void {
    const { filledQuantity, quantity: whole } = this.#cells;
    const filled = Math.round((filledQuantity[place]! + quantity) * 1e9) / 1e9;
    filledQuantity[place] = filled;
    this.#become(place, filled >= whole[place]! ? FILLED : PARTIALLY_FILLED);
  }

  /** News of an order. Fills alone fill it, and what cannot follow is old news. */
  update(place: number, status: OrderStatus): void {
    if (status !== 'filled' && status !== 'partially-filled') this.#become(place, orderStatuses.indexOf(status));
  }

  #become(place: number, status: number): void {
    const column = this.#cells.status;
    if (FOLLOWS[column[place]! * STATUSES + status] === 1) column[place] = status;
  }

  columns(): OrderColumns {
    const { length } = this.#reason;
    return { length, ...copyOf(this.#cells, length), reason: this.#reason.slice() };
  }
}

function emptyCells(): Cells {
  return {
    number: new Int32Array(FIRST_CAPACITY),
    strategy: new Int32Array(FIRST_CAPACITY),
    instrument: new Int32Array(FIRST_CAPACITY),
    sign: new Int8Array(FIRST_CAPACITY),
    quantity: new Float64Array(FIRST_CAPACITY),
    pricing: new Uint8Array(FIRST_CAPACITY),
    timeInForce: new Uint8Array(FIRST_CAPACITY),
    role: new Uint8Array(FIRST_CAPACITY),
    status: new Uint8Array(FIRST_CAPACITY),
    limitPrice: new Float64Array(FIRST_CAPACITY),
    stopPrice: new Float64Array(FIRST_CAPACITY),
    time: new Float64Array(FIRST_CAPACITY),
    row: new Int32Array(FIRST_CAPACITY),
    filledQuantity: new Float64Array(FIRST_CAPACITY),
  };
}
