/** Making orders out of requests: the only caller of the seal, and the only place that asks for an order's end. */
import { InvariantError } from '../errors.js';
import { type ApprovedOrder, type OrderOrigin, seal } from '../orders/approved.js';
import type { OrderRequest, OrderRole, Pricing, Side } from '../orders/request.js';
import type { Core } from './core.js';
import type { WorkingOrder } from './orders.js';

/** At the next price that is traded. */
export const MARKET: Pricing = Object.freeze({ type: 'market' });

/** In the closing auction. */
export const AT_THE_CLOSE: Pricing = Object.freeze({ type: 'market-on-close' });

/** Seals an order that only reduces: no rule is asked, because none may refuse it. */
export function approveReduction(
  core: Core,
  cell: number,
  side: Side,
  quantity: number,
  pricing: Pricing,
  role: OrderRole,
): ApprovedOrder {
  // Protective legs outlive the session: a position is not left bare over night.
  const isLeg = role === 'stop' || role === 'target';
  const timeInForce = isLeg ? 'gtc' : core.options.timetable.timeInForce;
  const reason = core.stances.signal[cell]?.reason ?? '';
  const request: OrderRequest = {
    strategy: core.strategyOf(cell),
    instrument: core.instrumentOf(cell),
    side,
    quantity,
    pricing,
    timeInForce,
    role,
    reason,
  };
  return sealOrder(core, cell, request);
}

/** Seals a request that was allowed. */
export function sealOrder(core: Core, cell: number, request: OrderRequest): ApprovedOrder {
  const { sessionDay: session, cursor } = core;
  const attempt = core.numbering.attempt(cell, request.role, cursor.slice);
  if (attempt >= MOST_ATTEMPTS) throw runaway(core, request, attempt);
  const origin: OrderOrigin = {
    session,
    slice: cursor.time,
    attempt,
  };
  return seal(core.numbering.next(), request, worstPrice(core, request), core.names, origin);
}

/** So many orders of one book and role on one slice are no trading any more. */
const MOST_ATTEMPTS = 1000;

function runaway(core: Core, { instrument, strategy, role }: OrderRequest, attempt: number): InvariantError {
  const { id } = core.options.universe.instruments[instrument]!;
  const { name } = core.running[strategy]!;
  const message = `"${name}" has made ${attempt} ${role} orders for ${id} on one slice; trading stops: this is a bug in tradekit or a broker that ends every order, please report it`;
  return new InvariantError('ORDER_RUNAWAY', message, { strategy: name, instrument: id, role, attempt });
}

function worstPrice(core: Core, { pricing, side, instrument }: OrderRequest): number {
  return 'limitPrice' in pricing ? pricing.limitPrice : core.context.worstPrice(instrument, side);
}

/** Asks the broker for an order's end. */
export function cancel(core: Core, order: WorkingOrder): void {
  core.emit({ kind: 'command', command: { kind: 'cancel', order: order.number } });
}
