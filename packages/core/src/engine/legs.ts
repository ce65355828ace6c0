/** Protection of a position: which legs a stance wants, and keeping what rests at the venue equal to that. */
import type { ApprovedOrder } from '../orders/approved.js';
import { wholeLots } from '../orders/quantity.js';
import type { OrderRole, Pricing, Side } from '../orders/request.js';
import type { Core } from './core.js';
import { approveReduction, cancel } from './issue.js';
import { type Projection, remaining, type WorkingOrder } from './orders.js';
import { onTick } from './ticks.js';

/** A leg that a stance wants. */
interface LegPricing {
  readonly role: Extract<OrderRole, 'stop' | 'target'>;
  readonly pricing: Pricing;
}

/** The legs that a stance wants, the stop first, prices on the tick. Where the broker has no OCO the engine watches the target itself. */
function legPricing(core: Core, cell: number): readonly LegPricing[] {
  const { stances, options } = core;
  const tick = options.universe.instruments[core.instrumentOf(cell)]!.tickSize;
  const stopPrice = onTick(stances.stopPrice[cell]!, tick);
  const limitPrice = onTick(stances.targetPrice[cell]!, tick);
  const legs: LegPricing[] = [];
  const trailDistance = stances.trailDistance[cell]!;
  if (!Number.isNaN(trailDistance))
    legs.push({ role: 'stop', pricing: { type: 'trailing-stop', stopPrice, trailDistance } });
  else if (!Number.isNaN(stopPrice)) legs.push({ role: 'stop', pricing: { type: 'stop', stopPrice } });
  if (!Number.isNaN(limitPrice) && (legs.length === 0 || options.capabilities.oco))
    legs.push({ role: 'target', pricing: { type: 'limit', limitPrice } });
  return legs;
}

/** The stop and the target of a position of `position` signed shares, as orders; the stop comes first. */
export function legOrders(core: Core, cell: number, position: number): readonly ApprovedOrder[] {
  const side: Side = position > 0 ? 'sell' : 'buy';
  const quantity = protectedShares(core, cell, position);
  return legPricing(core, cell).map(({ role, pricing }) => approveReduction(core, cell, side, quantity, pricing, role));
}

/** Legs are for whole shares: brokers take stops for nothing less. */
function protectedShares(core: Core, cell: number, position: number): number {
  return wholeLots(Math.abs(position), core.lot(core.instrumentOf(cell), true));
}

/** Makes what protects a position equal to what its stance wants. Called when nothing else of the book is on its way. */
export function manageLegs(core: Core, cell: number, { held, opening }: Projection): void {
  if (opening !== 0) return leaveNoNakedEntry(core, cell);
  if (!core.stances.isProtected(cell) || core.blockedUntil[cell]! > core.cursor.slice) return;
  const legs = core.orders.of(cell).filter(({ leg }) => leg);
  if (legs.some(({ cancelAsked }) => cancelAsked)) return;
  const wanted = legPricing(core, cell);
  const quantity = protectedShares(core, cell, held);
  if (legs.length === 0) {
    if (quantity > 0) submitLegs(core, cell, held);
  } else if (wanted.length !== legs.length || wanted.some(({ role }) => legs.every((leg) => leg.role !== role))) {
    for (const leg of legs) cancel(core, leg);
  } else {
    for (const { role, pricing } of wanted) move(core, cell, legs, role, pricing, quantity);
  }
}

/**
 * Legs are for a complete position, so what of an entry was filled so far is bare. At the slice after its first fill the rest is
 * cancelled; when that is proved, the filled part gets its legs.
 */
function leaveNoNakedEntry(core: Core, cell: number): void {
  if (!core.stances.isProtected(cell)) return;
  for (const order of core.orders.of(cell)) {
    if (order.opens && order.filled > 0 && order.filledSlice < core.cursor.slice) cancelRest(core, order);
  }
}

/** Cancels what an entry has not filled; its stance then wants no more than is held. */
export function cancelRest(core: Core, order: WorkingOrder): void {
  if (order.cancelAsked) return;
  core.emit({ kind: 'command', command: { kind: 'cancel', order: order.number }, dropsRest: true });
}

function submitLegs(core: Core, cell: number, held: number): void {
  const exits = legOrders(core, cell, held);
  const [first] = exits;
  if (first === undefined) return;
  core.emit({
    kind: 'command',
    command: { kind: 'submit', group: exits.length === 1 ? { kind: 'single', order: first } : { kind: 'oco', exits } },
  });
}

function move(
  core: Core,
  cell: number,
  legs: readonly WorkingOrder[],
  role: LegPricing['role'],
  pricing: Pricing,
  quantity: number,
): void {
  const leg = legs.find((candidate) => candidate.role === role);
  if (leg === undefined || (remaining(leg) === quantity && samePricing(leg.approved.request.pricing, pricing))) return;
  if (quantity === 0 || !core.options.capabilities.replace) return cancel(core, leg);
  const by = approveReduction(core, cell, leg.approved.request.side, quantity, pricing, role);
  core.emit({ kind: 'command', command: { kind: 'replace', order: leg.number, by } });
}

function samePricing(a: Pricing, b: Pricing): boolean {
  if (a.type === 'stop' && b.type === 'stop') return a.stopPrice === b.stopPrice;
  // The venue moves it by itself.
  if (a.type === 'trailing-stop' && b.type === 'trailing-stop') return a.trailDistance === b.trailDistance;
  return a.type === 'limit' && b.type === 'limit' && a.limitPrice === b.limitPrice;
}
