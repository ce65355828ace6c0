/** The engine against a broker that takes its time: commands, fills and news pass each other in every order. */
import type { ApprovedOrder, BrokerCapabilities, BrokerCommand, OrderGroup, OrderStatus } from '@tradekit/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { able, FLAT, GUARDED, LONG, type Rig, rig, SHORT } from './kit.js';

interface AtBroker {
  readonly order: ApprovedOrder;
  readonly sign: 1 | -1;
  rest: number;
  filled: number;
  state: 'live' | 'held' | 'done';
  sibling: AtBroker | undefined;
  followers: AtBroker[];
}

type News =
  | { readonly kind: 'fill'; readonly order: number; readonly quantity: number }
  | { readonly kind: 'update'; readonly order: number; readonly status: OrderStatus; readonly filled: number };

/** What really happens: orders at a broker, its queue of commands not yet read, and its news not yet told. */
class SlowBroker {
  position = 0;
  readonly wrong: string[] = [];
  readonly unread: BrokerCommand[] = [];
  readonly untold: News[] = [];
  readonly #orders = new Map<number, AtBroker>();

  get live(): readonly AtBroker[] {
    return [...this.#orders.values()].filter(({ state }) => state === 'live');
  }

  /** Reads one command. `mood`: 0 refuses it, anything else obeys. */
  read(mood: number): void {
    const command = this.unread.shift();
    if (command === undefined) return;
    if (command.kind === 'submit') this.#submit(command.group, mood === 0);
    else if (command.kind === 'cancel') this.#cancel(command.order, mood === 0);
    else {
      const old = this.#orders.get(command.order);
      if (old === undefined || old.state === 'done' || mood === 0) {
        this.#tell(command.by.number, 'rejected', 0);
        return;
      }
      const entered = this.#enter(command.by, old.state === 'held');
      // What the old one filled in the meantime is not for sale twice.
      entered.rest = Math.min(entered.rest, old.rest);
      entered.sibling = old.sibling;
      if (old.sibling !== undefined) old.sibling.sibling = entered;
      old.sibling = undefined;
      for (const { followers } of this.#orders.values()) if (followers.includes(old)) followers.push(entered);
      this.#end(old, 'canceled');
    }
  }

  #submit(group: OrderGroup, rejects: boolean): void {
    const entered = this.#admit(group, false);
    if (rejects) for (const order of entered) this.#end(order, 'rejected');
  }

  #admit(group: OrderGroup, held: boolean): AtBroker[] {
    switch (group.kind) {
      case 'single':
        return [this.#enter(group.order, held)];
      case 'oco':
        return this.#pair(group.exits, held);
      case 'bracket': {
        const entry = this.#enter(group.entry, held);
        entry.followers = this.#pair(group.exits, true);
        return [entry];
      }
      case 'then': {
        const first = this.#enter(group.first, held);
        first.followers = this.#admit(group.next, true);
        return [first];
      }
    }
  }

  #pair(exits: readonly ApprovedOrder[], held: boolean): AtBroker[] {
    const [first, second] = exits.map((exit) => this.#enter(exit, held));
    if (first !== undefined && second !== undefined) {
      first.sibling = second;
      second.sibling = first;
    }
    return [first, second].filter((exit) => exit !== undefined);
  }

  #enter(order: ApprovedOrder, held: boolean): AtBroker {
    const { quantity, side } = order.request;
    const entered: AtBroker = {
      order,
      sign: side === 'buy' ? 1 : -1,
      rest: quantity,
      filled: 0,
      state: held ? 'held' : 'live',
      sibling: undefined,
      followers: [],
    };
    this.#orders.set(order.number, entered);
    this.#tell(order.number, 'accepted', 0);
    return entered;
  }

  #cancel(number: number, refuses: boolean): void {
    const order = this.#orders.get(number);
    if (order === undefined || order.state === 'done') return;
    if (refuses) this.#tell(number, order.filled > 0 ? 'partially-filled' : 'accepted', order.filled);
    else this.#end(order, 'canceled');
  }

  /** The day is over for a plain order. */
  expire(order: AtBroker): void {
    if (order.order.request.role !== 'stop' && order.order.request.role !== 'target') this.#end(order, 'expired');
  }

  #end(order: AtBroker, status: OrderStatus): void {
    if (order.state === 'done') return;
    order.state = 'done';
    this.#tell(order.order.number, status, order.filled);
    for (const follower of order.followers) this.#end(follower, 'canceled');
  }

  fill(order: AtBroker, wanted: number): void {
    const quantity = Math.min(order.rest, wanted);
    if (order.state !== 'live' || quantity <= 0) return;
    const before = this.position;
    this.position += order.sign * quantity;
    const { role } = order.order.request;
    if (before * this.position < 0)
      this.wrong.push(`${role} ${order.order.number} crossed zero: ${before} to ${this.position}`);
    if (role !== 'entry' && Math.abs(this.position) > Math.abs(before))
      this.wrong.push(`${role} ${order.order.number} opened: ${before} to ${this.position}`);
    if (role === 'entry' && Math.abs(this.position) < Math.abs(before))
      this.wrong.push(`entry ${order.order.number} closed: ${before} to ${this.position}`);
    if (Math.abs(this.position) > 100) this.wrong.push(`${this.position} held, 100 were approved`);
    order.rest -= quantity;
    order.filled += quantity;
    this.untold.push({ kind: 'fill', order: order.order.number, quantity });
    const { sibling } = order;
    // As brokers do it: what one of a pair fills, the other does not have any more.
    if (sibling !== undefined && sibling.state === 'live') {
      sibling.rest -= quantity;
      if (sibling.rest <= 0) this.#end(sibling, 'canceled');
    }
    if (order.rest > 0) return;
    order.state = 'done';
    for (const follower of order.followers) if (follower.state === 'held') follower.state = 'live';
  }

  #tell(order: number, status: OrderStatus, filled: number): void {
    this.untold.push({ kind: 'update', order, status, filled });
  }
}

type Move =
  | { readonly do: 'slice'; readonly wish: number }
  | { readonly do: 'read'; readonly mood: number }
  | { readonly do: 'tell' }
  | { readonly do: 'fill'; readonly which: number; readonly quantity: number }
  | { readonly do: 'expire'; readonly which: number };

const moves: fc.Arbitrary<Move> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('slice' as const), wish: fc.nat(5) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('read' as const), mood: fc.nat(6) }) },
  { weight: 8, arbitrary: fc.constant({ do: 'tell' as const }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('fill' as const),
      which: fc.nat(5),
      quantity: fc.constantFrom(30, 60, 100),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('expire' as const), which: fc.nat(5) }) },
);

const WISHES = [[], LONG, FLAT, SHORT, GUARDED, [{ direction: -1 as const, stopPrice: 11, targetPrice: 8 }]] as const;

function tell(r: Rig, broker: SlowBroker): void {
  const news = broker.untold.shift();
  if (news === undefined) return;
  const commands =
    news.kind === 'fill' ? r.fill(news.order, news.quantity, 10) : r.update(news.order, news.status, news.filled);
  broker.unread.push(...commands);
}

function play(
  capabilities: BrokerCapabilities,
  script: readonly Move[],
): { readonly r: Rig; readonly broker: SlowBroker } {
  const r = rig({ capabilities });
  const broker = new SlowBroker();
  for (const move of script) {
    if (move.do === 'slice') broker.unread.push(...r.slice([10], WISHES[move.wish] ?? []));
    else if (move.do === 'read') broker.read(move.mood);
    else if (move.do === 'tell') tell(r, broker);
    else {
      const order = broker.live[move.which];
      if (order === undefined) continue;
      if (move.do === 'fill') broker.fill(order, move.quantity);
      else broker.expire(order);
    }
  }
  return { r, broker };
}

/** The broker becomes prompt and obedient, the strategy goes flat. */
function settle(r: Rig, broker: SlowBroker): void {
  for (let round = 0; round < 12; round++) {
    broker.unread.push(...r.slice([10], FLAT));
    for (let turn = 0; turn < 200 && broker.unread.length + broker.untold.length > 0; turn++) {
      while (broker.unread.length > 0) broker.read(1);
      tell(r, broker);
    }
    for (const order of broker.live) {
      const { role } = order.order.request;
      if (role === 'exit' || role === 'flatten') broker.fill(order, 1000);
    }
    while (broker.untold.length > 0) tell(r, broker);
  }
}

describe('3.1 and 3.2 against a broker that takes its time', () => {
  const capabilities = fc
    .record({ bracket: fc.boolean(), oco: fc.boolean(), chain: fc.boolean(), replace: fc.boolean() })
    .map((some): BrokerCapabilities => ({ ...able, ...some }));

  test('no order ever crosses zero or does the opposite of its role, and flat ends flat with nothing resting', () => {
    fc.assert(
      fc.property(capabilities, fc.array(moves, { minLength: 10, maxLength: 60 }), (able, script) => {
        const { r, broker } = play(able, script);
        expect(broker.wrong).toEqual([]);
        settle(r, broker);
        expect(broker.wrong).toEqual([]);
        expect([broker.position, r.held()]).toEqual([0, 0]);
        expect(broker.live.map(({ order }) => order.request.role)).toEqual([]);
      }),
      { numRuns: 3000, seed: 20210104 },
    );
  });
});
