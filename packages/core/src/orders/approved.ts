import { InvariantError } from '../errors.js';
import type { ClientOrderId, OrderNumber, OrderRequest } from './request.js';

/** What an approval fixes besides the request itself. */
export interface Approval {
  readonly number: OrderNumber;
  readonly request: OrderRequest;
  /** The price that limits and cash are reckoned with: the limit, or the last mark and the collar on the worse side. */
  readonly worstPrice: number;
  /** Makes the id's text; called at the edge, when somebody reads it. */
  readonly id: () => ClientOrderId;
}

/** Seals an approved order. The package does not export it: the engine is its only caller. */
export let seal: (approval: Approval) => ApprovedOrder;

const key: unique symbol = Symbol('seal');

/**
 * An order that a risk manager allowed and the engine sealed. Only the engine can make one: the constructor demands a key
 * that no package exports, and the brand is a private field, so that neither a look-alike nor a copy passes {@link ApprovedOrder.is}.
 */
export class ApprovedOrder {
  readonly #sealed = true;
  readonly #id: () => ClientOrderId;
  readonly number: OrderNumber;
  readonly request: OrderRequest;
  readonly worstPrice: number;

  private constructor(by: unknown, approval: Approval) {
    if (by !== key) {
      throw new InvariantError(
        'ORDER_FORGED',
        'only the engine can approve an order; return a verdict from a RiskManager instead',
      );
    }
    this.number = approval.number;
    this.request = approval.request;
    this.worstPrice = approval.worstPrice;
    this.#id = approval.id;
    Object.freeze(this);
  }

  /** The text by which a broker knows the order; the same at every call. */
  get id(): ClientOrderId {
    return this.#id();
  }

  /** Whether this is an order that the engine itself sealed. */
  static is(order: unknown): order is ApprovedOrder {
    return typeof order === 'object' && order !== null && #sealed in order && order.#sealed;
  }

  static {
    seal = (approval) => new ApprovedOrder(key, approval);
  }
}
