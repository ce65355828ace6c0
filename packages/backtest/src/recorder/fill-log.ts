import type { FillCorrectedEvent, FillEvent } from '@tradekit/core';
import type { FillColumns } from '../result/run-result.js';
import type { OrderLog } from './order-log.js';
import { copyOf, FIRST_CAPACITY, grow, larger } from './table.js';

type Writable<T> = { -readonly [K in keyof T]: T[K] };
type Cells = Writable<Omit<FillColumns, 'length'>>;

/** Every fill as columns. One that is told twice is kept once; one that is corrected is kept as corrected. */
export class FillLog {
  readonly #orders: OrderLog;
  readonly #cells: Cells = emptyCells();
  readonly #executionIds: string[] = [];
  /** By place of the order: the place of its last fill + 1; and by fill, likewise of the one before it. 0: none. */
  #lastOfOrder: Int32Array = new Int32Array(FIRST_CAPACITY);
  #before: Int32Array = new Int32Array(FIRST_CAPACITY);

  constructor(orders: OrderLog) {
    this.#orders = orders;
  }

  get length(): number {
    return this.#executionIds.length;
  }

  /** Takes a fill of the order at a place; `false` when it was told before. */
  add(order: number, event: FillEvent, row: number): boolean {
    if (this.#find(order, event.executionId) >= 0) return false;
    this.#append(order, event, event.executedAt, row);
    return true;
  }

  /** Changes a fill in place. One that was never told is taken as it is now. */
  correct(order: number, event: FillCorrectedEvent, row: number): void {
    const place = this.#find(order, event.executionId);
    if (place < 0) {
      if (event.quantity > 0) this.#append(order, event, event.time, row);
      return;
    }
    const { quantity, price, commission, fees, spread, impact } = this.#cells;
    this.#orders.filled(order, event.quantity - quantity[place]!);
    quantity[place] = event.quantity;
    price[place] = event.price;
    commission[place] = event.commission;
    fees[place] = event.fees ?? 0;
    spread[place] = event.spread ?? 0;
    impact[place] = event.impact ?? 0;
  }

  #append(order: number, event: FillEvent | FillCorrectedEvent, time: number, row: number): void {
    const place = this.length;
    const cells = this.#cells;
    if (place === cells.time.length) {
      grow(cells);
      this.#before = larger(this.#before);
    }
    while (order >= this.#lastOfOrder.length) this.#lastOfOrder = larger(this.#lastOfOrder);
    this.#before[place] = this.#lastOfOrder[order]!;
    this.#lastOfOrder[order] = place + 1;
    cells.time[place] = time;
    cells.order[place] = order;
    cells.strategy[place] = this.#orders.strategyAt(order);
    cells.instrument[place] = this.#orders.instrumentAt(order);
    cells.sign[place] = this.#orders.signAt(order);
    cells.quantity[place] = event.quantity;
    cells.price[place] = event.price;
    cells.commission[place] = event.commission;
    cells.fees[place] = event.fees ?? 0;
    cells.spread[place] = event.spread ?? 0;
    cells.impact[place] = event.impact ?? 0;
    cells.row[place] = row;
    this.#executionIds.push(event.executionId);
    this.#orders.filled(order, event.quantity);
  }

  #find(order: number, executionId: string): number {
    let place = (this.#lastOfOrder[order] ?? 0) - 1;
    while (place >= 0 && this.#executionIds[place] !== executionId) place = this.#before[place]! - 1;
    return place;
  }

  columns(): FillColumns {
    return { length: this.length, ...copyOf(this.#cells, this.length) };
  }
}

function emptyCells(): Cells {
  return {
    time: new Float64Array(FIRST_CAPACITY),
    order: new Int32Array(FIRST_CAPACITY),
    strategy: new Int32Array(FIRST_CAPACITY),
    instrument: new Int32Array(FIRST_CAPACITY),
    sign: new Int8Array(FIRST_CAPACITY),
    quantity: new Float64Array(FIRST_CAPACITY),
    price: new Float64Array(FIRST_CAPACITY),
    commission: new Float64Array(FIRST_CAPACITY),
    fees: new Float64Array(FIRST_CAPACITY),
    spread: new Float64Array(FIRST_CAPACITY),
    impact: new Float64Array(FIRST_CAPACITY),
    row: new Int32Array(FIRST_CAPACITY),
  };
}
