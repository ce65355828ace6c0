import { InvariantError } from '../errors.js';
import { Numbered, objectList, removeItem } from '../list.js';
import type { ApprovedOrder } from '../orders/approved.js';
import type { BrokerCommand, OrderGroup } from '../orders/group.js';
import { canFollow, isFinal, type OrderStatus } from '../orders/life.js';
import { roundQuantity } from '../orders/quantity.js';
import { isLeg, isReducing, type OrderNumber, type OrderRole, sideSign } from '../orders/request.js';
import { type Commission, commissionOf } from '../ports/commission.js';
import type { FillEvent } from '../ports/events.js';
import type { SessionDay } from '../time/timestamp.js';
import type { ChangeLog } from './change-log.js';

/** A fill of an order, kept for as long as it can be told twice or corrected. */
export type Execution = Pick<FillEvent, 'executionId' | 'quantity' | 'price' | 'commission'>;

/** An order at work, as the engine knows it. */
export interface WorkingOrder {
  readonly approved: ApprovedOrder;
  readonly number: OrderNumber;
  readonly cell: number;
  readonly instrument: number;
  /** +1 buys, −1 sells. */
  readonly sign: 1 | -1;
  readonly quantity: number;
  readonly role: OrderRole;
  readonly opens: boolean;
  readonly leg: boolean;
  readonly slice: number;
  endedIn: SessionDay;
  status: OrderStatus;
  /** The final status that the venue reported, while fills that it counts have not arrived. */
  ending: OrderStatus | undefined;
  endingQuantity: number;
  filled: number;
  /** Cash reserved for each share that may yet be bought. */
  reservePerShare: number;
  /** Counted among the open buys or sells. Of a pair of legs one is, and only once its entry is filled. */
  counted: boolean;
  /** A leg whose entry is not filled yet: the venue holds it back. */
  waiting: boolean;
  /** We asked for its end. */
  cancelAsked: boolean;
  /** Its end drops what the stance still wanted, although we asked for it. */
  dropsRest: boolean;
  /** A corporate action ends it; it is ordered again, adjusted. */
  reissued: boolean;
  /** The slice of its first fill, −1 before. */
  filledSlice: number;
  /** The order that it is meant to take the place of. */
  replaces: WorkingOrder | undefined;
  /** Its end is due by now, by the venue's own doing or by our cancel: asked for again after this slice; −1 where it is not. */
  askAgainAfter: number;
  /** The legs that wait for this entry. */
  legs: readonly WorkingOrder[];
  executions: readonly Execution[];
}

/**
 * The orders of an engine: by number while anybody may still speak of them, by book while they work, and what they may yet
 * buy and sell.
 */
export class WorkingOrders {
  readonly #byNumber = new Numbered<WorkingOrder>();
  readonly #byCell: WorkingOrder[][];
  readonly #ended: WorkingOrder[] = objectList();
  readonly openBuys: Float64Array;
  readonly openSells: Float64Array;
  readonly #changes: ChangeLog;
  /** By instrument the dollars that may yet trade, their sum, and the count of changes that they are of. */
  readonly #openDollars: Float64Array;
  #openSum = 0;
  #openAt = -1;
  /** Orders of an instrument of which nobody knows whether the broker has them. */
  readonly unknown: Int32Array;
  reservedCash = 0;
  /** Orders made so far, and those of them that work. */
  count = 0;
  working = 0;
  /** The session that is running. */
  session: SessionDay = 0 as SessionDay;

  constructor(cells: number, instruments: number, changes: ChangeLog) {
    this.#changes = changes;
    this.#openDollars = new Float64Array(instruments);
    this.#byCell = Array.from({ length: cells }, () => objectList<WorkingOrder>());
    this.openBuys = new Float64Array(instruments);
    this.openSells = new Float64Array(instruments);
    this.unknown = new Int32Array(instruments);
  }

  /** The working orders of a book. */
  of(cell: number): readonly WorkingOrder[] {
    return this.#byCell[cell]!;
  }

  /** An order that is known by its number. Throws `InvariantError`: a fill that belongs to no order of ours must come as an adjustment. */
  get(number: OrderNumber): WorkingOrder {
    const order = this.#byNumber.get(number);
    if (order !== undefined) return order;
    throw new InvariantError('ORDER_UNKNOWN', `the broker speaks of order ${number}, which this engine never made`, {
      order: number,
    });
  }

  /** Takes a command that was decided: new orders work from now on, a cancelled one is pending. */
  commit(command: BrokerCommand, place: OrderPlace, dropsRest: boolean): void {
    switch (command.kind) {
      case 'submit':
        this.#register(command.group, place);
        return;
      case 'cancel': {
        const order = this.get(command.order);
        order.cancelAsked = true;
        order.askAgainAfter = -1;
        if (dropsRest) order.dropsRest = true;
        this.update(order, 'cancel-pending');
        return;
      }
      case 'replace': {
        const old = this.get(command.order);
        old.cancelAsked = true;
        this.update(old, 'replace-pending');
        const order = this.#add(command.by, place);
        order.replaces = old;
        order.counted = old.counted;
        if (order.counted) this.#count(order, order.quantity);
        return;
      }
    }
  }

  #register(group: OrderGroup, place: OrderPlace): void {
    switch (group.kind) {
      case 'single':
        this.#addCounted(group.order, place);
        return;
      case 'bracket': {
        const entry = this.#addCounted(group.entry, place);
        entry.legs = group.exits.map((exit) => this.#add(exit, place));
        for (const leg of entry.legs) leg.waiting = true;
        return;
      }
      case 'oco':
        for (const [nth, exit] of group.exits.entries()) {
          if (nth === 0) this.#addCounted(exit, place);
          else this.#add(exit, place);
        }
        return;
      case 'then':
        this.#addCounted(group.first, place);
        this.#register(group.next, place);
    }
  }

  #addCounted(approved: ApprovedOrder, place: OrderPlace): WorkingOrder {
    const order = this.#add(approved, place);
    order.counted = true;
    this.#count(order, order.quantity);
    return order;
  }

  #add(approved: ApprovedOrder, place: OrderPlace): WorkingOrder {
    const { request } = approved;
    const sign = sideSign(request.side);
    const opens = !isReducing(request.role);
    const order: WorkingOrder = {
      approved,
      number: approved.number,
      cell: request.strategy * place.instruments + request.instrument,
      instrument: request.instrument,
      sign,
      quantity: request.quantity,
      role: request.role,
      opens,
      leg: isLeg(request.role),
      slice: place.slice,
      endedIn: this.session,
      status: 'approved',
      ending: undefined,
      endingQuantity: 0,
      filled: 0,
      reservePerShare: opens && sign > 0 ? place.reservePerShare(approved) : 0,
      counted: false,
      waiting: false,
      cancelAsked: false,
      dropsRest: false,
      reissued: false,
      filledSlice: -1,
      replaces: undefined,
      askAgainAfter: -1,
      legs: NONE,
      executions: NONE,
    };
    this.count += 1;
    this.working += 1;
    this.#byNumber.put(order.number, order);
    this.#byCell[order.cell]!.push(order);
    return order;
  }

  /** Dollars at these marks that working orders may yet trade, of every instrument the larger side. */
  openAtMost(mark: Float64Array): number {
    if (this.working === 0) return 0;
    const dollars = this.#openDollars;
    const changed = this.#changes.since(this.#openAt);
    this.#openAt = this.#changes.count;
    if (changed === undefined) {
      this.#openSum = 0;
      for (let i = 0; i < mark.length; i++) this.#openSum += dollars[i] = this.#dollarsOf(i, mark);
    } else {
      for (const i of changed) {
        this.#openSum -= dollars[i]!;
        this.#openSum += dollars[i] = this.#dollarsOf(i, mark);
      }
    }
    return this.#openSum;
  }

  #dollarsOf(instrument: number, mark: Float64Array): number {
    const shares = Math.max(this.openBuys[instrument]!, this.openSells[instrument]!);
    return shares === 0 ? 0 : shares * mark[instrument]!;
  }

  /** The entry is filled: its legs rest at the venue now, and one of them may sell. */
  activateLegs(entry: WorkingOrder): void {
    if (entry.legs.length === 0) return;
    const resting = entry.legs.filter(({ status }) => !isFinal(status));
    for (const leg of resting) leg.waiting = false;
    const [leg] = resting;
    if (leg === undefined || leg.counted) return;
    leg.counted = true;
    this.#count(leg, remaining(leg));
  }

  /** Part of an order was traded. */
  filled(order: WorkingOrder, execution: Execution): void {
    const before = remaining(order);
    order.executions = order.executions.length === 0 ? [execution] : [...order.executions, execution];
    order.filled = roundQuantity(order.filled + execution.quantity);
    if (isFinal(order.status)) return; // told after its end: the ledger takes it, the order is closed
    if (order.counted) this.#count(order, remaining(order) - before);
    if (order.filled >= order.quantity) this.end(order, 'filled', order.slice);
    else if (canFollow(order.status, 'partially-filled') && !order.cancelAsked)
      this.#setStatus(order, 'partially-filled');
  }

  /** A fill was changed by the venue; gives by how many shares. */
  corrected(order: WorkingOrder, from: Execution, to: Execution): number {
    const before = remaining(order);
    order.executions = order.executions.map((told) => (told === from ? to : told));
    order.filled = roundQuantity(order.filled + to.quantity - from.quantity);
    if (order.counted && !isFinal(order.status)) this.#count(order, remaining(order) - before);
    return roundQuantity(to.quantity - from.quantity);
  }

  /** News of an order that does not end it. */
  update(order: WorkingOrder, status: OrderStatus): void {
    if (canFollow(order.status, status)) this.#setStatus(order, status);
  }

  /** The order works no more. */
  end(order: WorkingOrder, status: OrderStatus, slice: number): void {
    if (order.counted) this.#count(order, -remaining(order));
    this.#setStatus(order, status);
    removeItem(this.#byCell[order.cell]!, order);
    this.working -= 1;
    order.endedIn = this.session;
    // The venue ends the legs of an entry that did not come to be.
    if (status !== 'filled') {
      for (const leg of order.legs) {
        leg.waiting = false;
        leg.cancelAsked = true;
        leg.askAgainAfter = slice;
      }
    }
    this.#ended.push(order);
  }

  /** Forgets orders that ended in an earlier session: nobody speaks of them any more. */
  forgetBefore(session: SessionDay): void {
    let kept = 0;
    while (kept < this.#ended.length && this.#ended[kept]!.endedIn < session) {
      this.#byNumber.delete(this.#ended[kept]!.number);
      kept += 1;
    }
    if (kept > 0) this.#ended.splice(0, kept);
  }

  #setStatus(order: WorkingOrder, status: OrderStatus): void {
    if (order.status === 'unknown') this.unknown[order.instrument] = this.unknown[order.instrument]! - 1;
    if (status === 'unknown') this.unknown[order.instrument] = this.unknown[order.instrument]! + 1;
    order.status = status;
  }

  #count(order: WorkingOrder, quantity: number): void {
    this.#changes.add(order.instrument);
    const side = order.sign > 0 ? this.openBuys : this.openSells;
    side[order.instrument] = roundQuantity(side[order.instrument]! + quantity);
    if (order.reservePerShare !== 0) this.reservedCash += quantity * order.reservePerShare;
  }
}

const NONE: readonly never[] = Object.freeze([]);

/** Where and when orders are made, and what is set aside for them. */
export class OrderPlace {
  slice = -1;
  readonly instruments: number;
  readonly #commission: Commission;

  constructor(instruments: number, commission: Commission) {
    this.instruments = instruments;
    this.#commission = commission;
  }

  /** Dollars to reserve for a share of an opening buy. */
  reservePerShare({ worstPrice, request: { quantity } }: ApprovedOrder): number {
    return worstPrice + commissionOf(this.#commission, quantity, worstPrice) / quantity;
  }
}

/** Shares that an order may yet trade. */
export function remaining(order: WorkingOrder): number {
  return order.filled >= order.quantity ? 0 : roundQuantity(order.quantity - order.filled);
}

/** What a book's orders would make of it. All signed; legs are not counted. */
export interface Projection {
  readonly held: number;
  /** What opening orders may yet add. */
  readonly opening: number;
  /** What closing orders may yet take away. */
  readonly closing: number;
}

/** What is held, and what the book's working orders may yet change about it. */
export function project(working: readonly WorkingOrder[], held: number): Projection {
  let opening = 0;
  let closing = 0;
  for (const order of working) {
    if (order.leg) continue;
    if (order.opens) opening += order.sign * remaining(order);
    else closing += order.sign * remaining(order);
  }
  return { held, opening: roundQuantity(opening), closing: roundQuantity(closing) };
}
