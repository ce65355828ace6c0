import type { BrokerCommand } from '../orders/group.js';
import type { OrderStatus } from '../orders/life.js';
import type { ClientOrderId, Pricing } from '../orders/request.js';
import type { BrokerEvent } from './events.js';

/** What a broker does natively. What it lacks, the engine does by itself, or refuses when it is made. */
export interface BrokerCapabilities {
  readonly pricing: readonly Pricing['type'][];
  /** Entry and exits as one: the exits wait for the complete fill. */
  readonly bracket: boolean;
  /** Two exits of which one cancels the other. */
  readonly oco: boolean;
  /** `then` groups: an order that leaves when another is filled. */
  readonly chain: boolean;
  readonly replace: boolean;
  readonly fractionalShares: boolean;
  readonly shortSelling: boolean;
}

/** An order as the broker has it. */
export interface BrokerOrder {
  readonly id: ClientOrderId;
  readonly status: OrderStatus;
  readonly quantity: number;
  readonly filledQuantity: number;
}

/** The account as the broker has it. */
export interface BrokerSnapshot {
  readonly cash: number;
  /** Signed shares by instrument id; absent means none. */
  readonly positions: Readonly<Record<string, number>>;
  readonly openOrders: readonly BrokerOrder[];
}

/**
 * The only way out. `send` queues and returns at once and never throws; every command ends in at least one event. Events
 * come in the venue's own order.
 */
export interface Broker {
  readonly name: string;
  readonly capabilities: BrokerCapabilities;
  /** Broker events issued since `connect`. The loop takes all of them before it draws the market's next step. */
  readonly issued: number;
  /** Resolves when orders can be sent. Throws `BrokerError` when the broker cannot be reached. */
  connect(): Promise<void>;
  /** Queues commands in their order and returns at once. Never throws. */
  send(commands: readonly BrokerCommand[]): void;
  /** The account as the broker has it now: compared, never adopted. */
  snapshot(): Promise<BrokerSnapshot>;
  /** One consumer at a time; ends after `close`. */
  events(): AsyncIterable<BrokerEvent>;
  /** Resolves when the connection is gone; the events end. */
  close(): Promise<void>;
}
