import type { ApprovedOrder } from '../orders/approved.js';
import { type BrokerCommand, ordersOf } from '../orders/group.js';
import type { OrderNumber, OrderRole } from '../orders/request.js';

/** The numbers of orders, and which attempt each is: the count of earlier orders for the same rest. Known from decisions alone. */
export class Numbering {
  readonly #instruments: number;
  /** By cell and role: the slice of the last order, and how many orders that slice has seen. */
  readonly #slice: Int32Array;
  readonly #attempts: Int32Array;
  #last = 0;

  constructor(cells: number, instruments: number) {
    this.#instruments = instruments;
    this.#slice = new Int32Array(cells * ROLES.length).fill(-1);
    this.#attempts = new Int32Array(cells * ROLES.length);
  }

  /** The number of the order that is sealed next. */
  next(): OrderNumber {
    this.#last += 1;
    return this.#last as OrderNumber;
  }

  /** How many orders of this role the book has made on this slice. */
  attempt(cell: number, role: OrderRole, slice: number): number {
    const place = cell * ROLES.length + ROLES.indexOf(role);
    return this.#slice[place] === slice ? this.#attempts[place]! : 0;
  }

  /** Takes the orders of a command that was decided, just now or in a journal. */
  count(command: BrokerCommand, slice: number): void {
    if (command.kind === 'replace') this.#count(command.by, slice);
    else if (command.kind !== 'submit') return;
    else if (command.group.kind === 'single') this.#count(command.group.order, slice);
    else for (const order of ordersOf(command.group)) this.#count(order, slice);
  }

  #count({ number, request: { strategy, instrument, role } }: ApprovedOrder, slice: number): void {
    if (number > this.#last) this.#last = number; // recovered, not sealed here
    const place = (strategy * this.#instruments + instrument) * ROLES.length + ROLES.indexOf(role);
    this.#attempts[place] = this.#slice[place] === slice ? this.#attempts[place]! + 1 : 1;
    this.#slice[place] = slice;
  }
}

const ROLES: readonly OrderRole[] = ['entry', 'exit', 'flatten', 'stop', 'target', 'child'];
