import { InvariantError } from '../errors.js';
import type { SessionDay, Timestamp } from '../time/timestamp.js';
import type { ClientOrderId, OrderNumber, OrderRequest } from './request.js';

/** What an order's id is made of besides its request. */
export interface OrderOrigin {
  readonly session: SessionDay;
  /** End of the slice that caused it. */
  readonly slice: Timestamp;
  /** Count of earlier orders for the same rest. */
  readonly attempt: number;
}

/** Makes the texts of ids; called at the edge, when somebody reads one. */
export interface OrderNames {
  idOf(request: OrderRequest, origin: OrderOrigin): ClientOrderId;
}

type Seal = (
  number: OrderNumber,
  request: OrderRequest,
  worstPrice: number,
  names: OrderNames,
  origin: OrderOrigin,
) => ApprovedOrder;

/** Seals an approved order. The package does not export it: the engine is its only caller. */
export let seal: Seal;

const key: unique symbol = Symbol('seal');

/**
 * An order that a risk manager allowed and the engine sealed. Only the engine can make one: the constructor demands a key
 * that no package exports, and everything is in private fields, so that neither a look-alike nor a copy passes
 * {@link ApprovedOrder.is}, and nobody changes an order after its approval.
 */
export class ApprovedOrder {
  readonly #number: OrderNumber;
  readonly #request: OrderRequest;
  readonly #worstPrice: number;
  readonly #names: OrderNames;
  readonly #origin: OrderOrigin;

  private constructor(
    by: unknown,
    number: OrderNumber,
    request: OrderRequest,
    worstPrice: number,
    names: OrderNames,
    origin: OrderOrigin,
  ) {
    if (by !== key) {
      throw new InvariantError(
        'ORDER_FORGED',
        'only the engine can approve an order; return a verdict from a RiskManager instead',
      );
    }
    this.#number = number;
    this.#request = request;
    this.#worstPrice = worstPrice;
    this.#names = names;
    this.#origin = origin;
  }

  /** Its number in the engine. */
  get number(): OrderNumber {
    return this.#number;
  }

  /** What was approved. */
  get request(): OrderRequest {
    return this.#request;
  }

  /** The price that limits and cash are reckoned with: the limit, or the last mark and the collar on the worse side. */
  get worstPrice(): number {
    return this.#worstPrice;
  }

  /** The text by which a broker knows the order; the same at every call. */
  get id(): ClientOrderId {
    return this.#names.idOf(this.#request, this.#origin);
  }

  /** The order as plain data, for a journal. */
  toJSON(): {
    readonly number: OrderNumber;
    readonly id: ClientOrderId;
    readonly request: OrderRequest;
    readonly worstPrice: number;
  } {
    return { number: this.#number, id: this.id, request: this.#request, worstPrice: this.#worstPrice };
  }

  /** Whether this is an order that the engine itself sealed. */
  static is(order: unknown): order is ApprovedOrder {
    return typeof order === 'object' && order !== null && #number in order;
  }

  static {
    seal = (number, request, worstPrice, names, origin) =>
      new ApprovedOrder(key, number, request, worstPrice, names, origin);
  }
}
