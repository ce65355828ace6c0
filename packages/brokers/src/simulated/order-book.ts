import {
  ApprovedOrder,
  type BarHistory,
  type BrokerCapabilities,
  type BrokerCommand,
  type BrokerEvent,
  Numbered,
  type OrderGroup,
  type OrderNumber,
  type OrderStatus,
  objectList,
  ordersOf,
} from '@tradekit/core';
import type { AccountDesk } from './account/desk.js';
import type { AnswerQueue } from './answers.js';
import type { VenueClock } from './clock.js';
import { pair, type Resting, resting, takePlaceInPair } from './resting.js';

/** The orders at the venue: takes commands, keeps groups together, and says what becomes of each order. */
export class OrderBook {
  readonly #history: BarHistory;
  readonly #queue: AnswerQueue;
  readonly #clock: VenueClock;
  readonly #capabilities: BrokerCapabilities;
  readonly #desk: AccountDesk;
  /** Orders that may trade, in the order in which they went live. */
  readonly live: Resting[] = objectList();
  readonly #byNumber = new Numbered<Resting>();

  constructor(
    history: BarHistory,
    queue: AnswerQueue,
    clock: VenueClock,
    capabilities: BrokerCapabilities,
    desk: AccountDesk,
  ) {
    this.#history = history;
    this.#desk = desk;
    this.#queue = queue;
    this.#clock = clock;
    this.#capabilities = capabilities;
  }

  /** Orders that are not done, by number. */
  orders(): readonly Resting[] {
    return this.#byNumber.values();
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
    return this.#desk.faultOf(order);
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
    entered.session = this.#clock.session;
    this.#byNumber.put(order.number, entered);
    if (order.request.timeInForce === 'day') entered.lastSession = this.#clock.session;
    this.#tell(order.number, 'accepted', 0, '');
    return entered;
  }

  /** From now on these orders may trade: at the next open, and before it inside the bar that runs, if they came at its start. */
  #place(orders: readonly Resting[]): void {
    const { starts } = this.#history;
    const isMidBar = this.#clock.isInside && this.#clock.now > starts[this.#clock.nextRow]!;
    for (const order of orders) {
      order.state = 'live';
      order.openRow = this.#clock.isInside ? this.#clock.nextRow + 1 : this.#clock.nextRow;
      order.insideRow = isMidBar ? this.#clock.nextRow + 1 : this.#clock.nextRow;
      this.live.push(order);
    }
  }

  #cancel(number: OrderNumber): void {
    const order = this.#byNumber.get(number);
    if (order === undefined) this.#tell(number, 'rejected', 0, 'no such order');
    else this.end(order, 'canceled', 'asked for');
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
    entered.entryStretch = old.entryStretch;
    entered.best = old.best;
    const wasLive = old.state === 'live';
    if (!wasLive && parent !== undefined) {
      entered.parent = parent;
      parent.legs = parent.legs.map((leg) => (leg === old ? entered : leg));
      parent.nextOrders = parent.nextOrders.map((next) => (next === old ? entered : next));
    }
    this.end(old, 'canceled', 'replaced');
    if (wasLive) this.#place([entered]);
  }

  /** The order trades no more; what hangs on it ends with it. */
  end(order: Resting, status: OrderStatus, reason: string): void {
    if (order.state === 'done') return;
    order.state = 'done';
    this.#byNumber.delete(order.order.number);
    this.#tell(order.order.number, status, order.filled, reason);
    for (const leg of order.legs) if (leg.state === 'held') this.end(leg, 'canceled', 'the entry ended');
    for (const next of order.nextOrders) {
      if (next.state !== 'held') continue;
      if (status === 'expired' && next.lastSession <= order.lastSession) this.end(next, status, reason);
      else this.end(next, 'canceled', 'the order before it ended');
    }
  }

  /** The order traded its last share; what waits for it goes live by the matcher. */
  close(order: Resting): void {
    order.state = 'done';
    this.#byNumber.delete(order.order.number);
    // Of a pair the other exit traded the rest.
    if (order.filled < order.request.quantity)
      this.#tell(order.order.number, 'canceled', order.filled, 'the pair is filled');
  }

  /** Lets go of orders that are done. */
  compact(): void {
    let live = 0;
    for (const order of this.live) {
      if (order.state === 'done') continue;
      this.live[live] = order;
      live += 1;
    }
    while (this.live.length > live) this.live.pop();
  }

  #tell(order: OrderNumber, status: OrderStatus, filledQuantity: number, reason: string): void {
    const event = {
      kind: 'order-update',
      sequence: 0,
      time: this.#clock.now,
      order,
      status,
      filledQuantity,
      reason,
      venue: 'simulated',
    } as const;
    this.#queue.put(event satisfies BrokerEvent);
  }
}
