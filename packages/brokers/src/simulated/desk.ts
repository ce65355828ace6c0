import {
  ApprovedOrder,
  type BarHistory,
  type BrokerCapabilities,
  type BrokerCommand,
  type BrokerEvent,
  type BrokerSnapshot,
  type Commission,
  type CorporateAction,
  commissionOf,
  type InstrumentIndex,
  Numbered,
  type OrderGroup,
  type OrderNumber,
  type OrderStatus,
  objectList,
  ordersOf,
  type Timestamp,
} from '@tradekit/core';
import { VenueAccount } from './account.js';
import type { AnswerQueue } from './answers.js';
import { limitOf, priceAtClose, priceAtOpen, priceInside } from './matching.js';
import { pair, type Resting, resting, rounded, siblingOf, takePlaceInPair, unfilled } from './resting.js';
import type { SlippageModel } from './slippage.js';

/** What a desk charges and can do. */
export interface DeskTerms {
  readonly commission: Commission;
  readonly slippage: SlippageModel;
  readonly initialCash: number;
  readonly capabilities: BrokerCapabilities;
}

/** The venue's orders and account: takes commands, matches rows of bars, and answers in its own order. */
export class OrderDesk {
  /** The venue's clock. */
  now: Timestamp = 0 as Timestamp;
  /** The row whose open comes next, or whose inside runs. */
  nextRow = 0;
  isInside = false;
  /** Place of the session that a day order sent now belongs to. */
  session = 0;
  readonly #history: BarHistory;
  readonly #queue: AnswerQueue;
  readonly #commission: Commission;
  readonly #slippage: SlippageModel;
  readonly #capabilities: BrokerCapabilities;
  readonly #orders: Resting[] = objectList();
  readonly #byNumber = new Numbered<Resting>();
  #executions = 0;
  readonly #account: VenueAccount;
  /** Shares of a row's volume that were filled, by instrument, and the row that they belong to. */
  readonly #taken: Float64Array;
  readonly #takenRow: Int32Array;

  constructor(history: BarHistory, queue: AnswerQueue, terms: DeskTerms) {
    const { size } = history.universe;
    this.#history = history;
    this.#queue = queue;
    this.#commission = terms.commission;
    this.#slippage = terms.slippage;
    this.#capabilities = terms.capabilities;
    this.#account = new VenueAccount(history.universe, terms.initialCash);
    this.#taken = new Float64Array(size);
    this.#takenRow = new Int32Array(size).fill(-1);
  }

  take(command: BrokerCommand): void {
    switch (command.kind) {
      case 'submit':
        this.#submit(command.group);
        return;
      case 'cancel':
        this.#cancel(command.order);
        return;
      case 'replace':
        this.#replace(command.order, command.by);
    }
  }

  #submit(group: OrderGroup): void {
    const fault = this.#faultOf(group);
    if (fault !== undefined) {
      for (const order of ordersOf(group)) this.#tell(order.number, 'rejected', 0, fault);
      return;
    }
    this.#place(this.#admit(group));
  }

  #faultOf(group: OrderGroup): string | undefined {
    if (group.kind === 'single') return this.#faultOfOrder(group.order);
    const capabilities = this.#capabilities;
    const isKnown = group.kind === 'then' ? capabilities.chain : capabilities[group.kind];
    if (!isKnown) return `no ${group.kind} groups here`;
    for (const order of ordersOf(group)) {
      const fault = this.#faultOfOrder(order);
      if (fault !== undefined) return fault;
    }
    return undefined;
  }

  #faultOfOrder(order: ApprovedOrder): string | undefined {
    if (!ApprovedOrder.is(order)) return 'not approved by an engine';
    const capabilities = this.#capabilities;
    const { quantity, pricing } = order.request;
    if (!(quantity > 0)) return `quantity ${quantity}`;
    if (!capabilities.pricing.includes(pricing.type)) return `no ${pricing.type} orders here`;
    if (!capabilities.fractionalShares && !Number.isInteger(quantity))
      return `no fractions of a share here: ${quantity}`;
    return undefined;
  }

  /** Makes the orders of a group, linked; the first of them is what goes live. */
  #admit(group: OrderGroup): readonly Resting[] {
    switch (group.kind) {
      case 'single':
        return [this.#enter(group.order)];
      case 'oco': {
        const exits = group.exits.map((exit) => this.#enter(exit));
        pair(exits);
        return exits;
      }
      case 'bracket': {
        const entry = this.#enter(group.entry);
        entry.legs = group.exits.map((exit) => this.#enter(exit));
        for (const leg of entry.legs) leg.parent = entry;
        pair(entry.legs);
        return [entry];
      }
      case 'then': {
        const first = this.#enter(group.first);
        first.nextOrders = this.#admit(group.next);
        for (const next of first.nextOrders) next.parent = first;
        return [first];
      }
    }
  }

  #enter(order: ApprovedOrder): Resting {
    const entered = resting(order);
    entered.session = this.session;
    this.#byNumber.put(order.number, entered);
    if (order.request.timeInForce === 'day') entered.lastSession = this.session;
    this.#tell(order.number, 'accepted', 0, '');
    return entered;
  }

  /** From now on these orders may trade: at the next open, and before it inside the bar that runs, if they came at its start. */
  #place(orders: readonly Resting[]): void {
    const { starts } = this.#history;
    const isMidBar = this.isInside && this.now > starts[this.nextRow]!;
    for (const order of orders) {
      order.state = 'live';
      order.openRow = this.isInside ? this.nextRow + 1 : this.nextRow;
      order.insideRow = isMidBar ? this.nextRow + 1 : this.nextRow;
      this.#orders.push(order);
    }
  }

  #cancel(number: OrderNumber): void {
    const order = this.#byNumber.get(number);
    if (order === undefined) this.#tell(number, 'rejected', 0, 'no such order');
    else this.#end(order, 'canceled', 'asked for');
  }

  #replace(number: OrderNumber, by: ApprovedOrder): void {
    const old = this.#byNumber.get(number);
    const fault = this.#capabilities.replace ? this.#faultOfOrder(by) : 'no replacements here';
    if (old === undefined || fault !== undefined) {
      this.#tell(by.number, 'rejected', 0, fault ?? 'the order to replace is done');
      return;
    }
    const entered = this.#enter(by);
    const { parent } = old;
    takePlaceInPair(old, entered);
    entered.entryRow = old.entryRow;
    const wasLive = old.state === 'live';
    if (!wasLive && parent !== undefined) {
      entered.parent = parent;
      parent.legs = parent.legs.map((leg) => (leg === old ? entered : leg));
      parent.nextOrders = parent.nextOrders.map((next) => (next === old ? entered : next));
    }
    this.#end(old, 'canceled', 'replaced');
    if (wasLive) this.#place([entered]);
  }

  /** The order trades no more; what hangs on it ends with it. */
  #end(order: Resting, status: OrderStatus, reason: string): void {
    if (order.state === 'done') return;
    order.state = 'done';
    this.#byNumber.delete(order.order.number);
    this.#tell(order.order.number, status, order.filled, reason);
    for (const leg of order.legs) if (leg.state === 'held') this.#end(leg, 'canceled', 'the entry ended');
    for (const next of order.nextOrders)
      if (next.state === 'held') this.#end(next, 'canceled', 'the order before it ended');
  }

  /** Fills at the opens that begin now: reductions first, so that they pay for entries. */
  matchOpen(row: number, isSessionOpen: boolean): void {
    this.nextRow = row;
    if (this.#orders.length === 0) return;
    const offset = row * this.#history.universe.size;
    const { open } = this.#history.bars;
    for (const reduces of REDUCTIONS_FIRST) {
      for (let k = 0; k < this.#orders.length; k++) {
        const order = this.#orders[k]!;
        if (order.reduces !== reduces || order.state !== 'live' || order.openRow > row) continue;
        const price = open[offset + order.request.instrument]!;
        if (Number.isNaN(price)) continue;
        const traded = priceAtOpen(order, price, isSessionOpen);
        if (!Number.isNaN(traded)) this.#fill(order, traded, row, false);
      }
    }
    this.#compact();
  }

  /** Fills inside the bars of a row. When a bar touches a stop and a target, the stop trades. */
  matchInside(row: number): void {
    if (this.#orders.length === 0) return;
    for (const reduces of REDUCTIONS_FIRST) {
      for (let k = 0; k < this.#orders.length; k++) {
        const order = this.#orders[k]!;
        if (order.reduces === reduces) this.#inside(order, row);
      }
    }
    this.#compact();
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
    if (this.#orders.length === 0) return;
    for (const order of this.#orders) {
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
    for (const order of this.#byNumber.values()) {
      if (order.lastSession <= session && order.state !== 'done') this.#end(order, 'expired', 'the session ended');
    }
    this.#compact();
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
    order.filled = rounded(order.filled + shares);
    if (order.pair !== undefined) order.pair.left = rounded(order.pair.left - shares);
    this.#taken[instrument] = this.#taken[instrument]! + shares;
    this.#account.trade(instrument, order.sign * shares, paid, fee);
    this.#executions += 1;
    this.#queue.put(fillEvent(this.#executions, order.order.number, this.now, shares, paid, fee, note));
    if (unfilled(order) <= 0) this.#done(order, row, isInside);
  }

  /** An order is completely filled: its sibling ends, its legs and what waited for it go live. */
  #done(order: Resting, row: number, isInside: boolean): void {
    order.state = 'done';
    this.#byNumber.delete(order.order.number);
    const sibling = siblingOf(order);
    if (sibling !== undefined && sibling.state !== 'done') this.#end(sibling, 'canceled', 'the other exit was filled');
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
    this.#orders.push(follower);
    if (isLeg && isInside) this.#inside(follower, row);
  }

  /** The venue's own shares after a corporate action; the engine ends and reissues orders. */
  act(instrument: InstrumentIndex, action: CorporateAction): void {
    this.#account.act(instrument, action);
  }

  /** The account and the orders that rest. */
  snapshot(): BrokerSnapshot {
    const openOrders = this.#byNumber.values().map(({ order, filled }) => ({
      id: order.id,
      status: filled > 0 ? ('partially-filled' as const) : ('accepted' as const),
      quantity: order.request.quantity,
      filledQuantity: filled,
    }));
    return { cash: this.#account.cash, positions: this.#account.positions(), openOrders };
  }

  #compact(): void {
    let live = 0;
    for (const order of this.#orders) {
      if (order.state === 'done') continue;
      this.#orders[live] = order;
      live += 1;
    }
    while (this.#orders.length > live) this.#orders.pop();
  }

  #tell(order: OrderNumber, status: OrderStatus, filledQuantity: number, reason: string): void {
    const event = {
      kind: 'order-update',
      sequence: 0,
      time: this.now,
      order,
      status,
      filledQuantity,
      reason,
      venue: 'simulated',
    } as const;
    this.#queue.put(event satisfies BrokerEvent);
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
