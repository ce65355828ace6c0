/** A venue that misbehaves: it rejects, loses cancels, tells fills late and in another order, and its slices come late. */
import type { SimulatedVenue } from '@tradekit/brokers/simulated';
import {
  type BrokerCommand,
  type BrokerEvent,
  type OrderNumber,
  ordersOf,
  type SynchronousVenue,
  type Timestamp,
} from '@tradekit/core';
import type { Random } from './oracles.js';

/** How often what goes wrong, as probabilities. */
export interface Faults {
  readonly rejects: number;
  readonly lostCancels: number;
  /** A fill is told one to three steps later. */
  readonly lateFills: number;
  /** Milliseconds by which every slice is learned after its end. */
  readonly lagMs: number;
}

export function faulty(venue: SimulatedVenue, faults: Faults, random: Random): SynchronousVenue {
  const ready: BrokerEvent[] = [];
  const late: { readonly event: BrokerEvent; steps: number }[] = [];
  let issued = 0;
  let now = 0 as Timestamp;
  const put = (event: BrokerEvent): void => {
    ready.push(event);
    issued += 1;
  };
  const pull = (): void => {
    for (let event = venue.answer(); event !== undefined; event = venue.answer()) {
      if (event.kind === 'fill' && random() < faults.lateFills)
        late.push({ event, steps: 1 + Math.floor(random() * 3) });
      else put(event);
    }
  };
  const told = (order: OrderNumber, status: 'rejected' | 'accepted'): void =>
    put({ kind: 'order-update', time: now, order, status, filledQuantity: 0, reason: 'fault', venue: 'faulty' });
  const passes = (command: BrokerCommand): boolean => {
    if (command.kind === 'submit' && random() < faults.rejects) {
      for (const { number } of ordersOf(command.group)) told(number, 'rejected');
      return false;
    }
    if (command.kind !== 'cancel' || random() >= faults.lostCancels) return true;
    told(command.order, 'accepted');
    return false;
  };
  return {
    get issued() {
      pull();
      return issued;
    },
    send: (commands) => venue.send(commands.filter(passes)),
    answer() {
      pull();
      return ready.shift();
    },
    step(until) {
      for (const each of [...late]) {
        each.steps -= 1;
        if (each.steps > 0) continue;
        late.splice(late.indexOf(each), 1);
        put(each.event);
      }
      const step = venue.step(until);
      if (step === undefined) return undefined;
      now = step.time;
      return step.kind === 'slice' ? { ...step, time: (step.time + faults.lagMs) as Timestamp } : step;
    },
  };
}
