/**
 * Step 6 of every event: targets against what is held and working. Cancels leave first, then reductions, then entries. Nothing
 * here moves a target, except that an entry that ended or was not allowed drops its rest.
 */
import { ConfigError, RiskError } from '../errors.js';
import { empty } from '../list.js';
import type { InstrumentIndex } from '../market/instrument.js';
import type { OrderGroup } from '../orders/group.js';
import { roundQuantity, wholeLots } from '../orders/quantity.js';
import type { OrderRequest, OrderRole, Pricing, Side } from '../orders/request.js';
import type { ExecutionAlgorithm } from '../ports/execution.js';
import type { Refusal } from '../ports/risk.js';
import type { Timestamp } from '../time/timestamp.js';
import type { Closing, Core } from './core.js';
import { AT_THE_CLOSE, approveReduction, cancel, MARKET, sealOrder } from './issue.js';
import { legOrders, manageLegs } from './legs.js';
import { otherDirection } from './opposed.js';
import { project } from './orders.js';
import { STANDING } from './stances.js';
import { noWorseOnTick } from './ticks.js';

/** Works every book that the event touched. */
export function work(core: Core): void {
  if (core.touched.isEmpty) return;
  const touched = core.touched.take();
  for (const cell of touched) reduce(core, cell);
  for (const cell of touched) open(core, cell);
  flushClosings(core);
}

/** Cancels and reductions of one book. */
function reduce(core: Core, cell: number): void {
  if (isAtRest(core, cell)) return;
  askAgain(core, cell);
  if (awaitsReissue(core, cell)) return;
  const target = core.stances.target[cell]!;
  const projection = project(core.orders.of(cell), core.portfolio.held[cell]!);
  const projected = roundQuantity(projection.held + projection.opening + projection.closing);
  if (projected !== 0 && (target - projected) * projected < 0) {
    if (!cancelBeforeReducing(core, cell)) return;
    close(core, cell, target, roundQuantity(projection.held + projection.closing));
  } else if (projection.held * target > 0 && projection.closing === 0) manageLegs(core, cell, projection);
}

/** Nothing works, nothing is missing and nothing wants protection: by far the most common state. */
function isAtRest(core: Core, cell: number): boolean {
  const { stances, portfolio, orders } = core;
  return orders.of(cell).length === 0 && stances.target[cell] === portfolio.held[cell] && !stances.isProtected(cell);
}

/** Orders whose end is overdue: legs that the venue should have ended with their entry, cancels that seem to have been refused. */
function askAgain(core: Core, cell: number): void {
  for (const order of core.orders.of(cell)) {
    if (order.askAgainAfter >= 0 && order.askAgainAfter < core.cursor.slice) cancel(core, order);
  }
}

/** Asks for the end of opening orders and legs. True when none is left, and only then may anything be sold. */
function cancelBeforeReducing(core: Core, cell: number): boolean {
  let isClear = true;
  for (const order of core.orders.of(cell)) {
    if (!order.opens && !order.leg) continue;
    isClear = false;
    if (!order.cancelAsked && !order.waiting) cancel(core, order);
  }
  return isClear;
}

/** Sends what is held beyond the target, unless an order for it works already. `left` is what working closings will leave. */
function close(core: Core, cell: number, target: number, left: number): void {
  if (core.blockedUntil[cell]! > core.cursor.slice) return;
  const keep = target * left > 0 ? target : 0;
  const quantity = roundQuantity(Math.abs(left) - Math.abs(keep));
  if (quantity <= 0 || !cancelOpposing(core, cell, left)) return;
  const role: OrderRole = core.state === 'halted' ? 'flatten' : 'exit';
  const order = approveReduction(core, cell, left > 0 ? 'sell' : 'buy', quantity, MARKET, role);
  core.closings.push({ cell, instrument: core.instrumentOf(cell), order, leaves: keep, next: undefined });
}

/** No opposite plain order of another book may rest beside a closing one. True when none does. */
function cancelOpposing(core: Core, cell: number, left: number): boolean {
  let isClear = true;
  for (let other = cell % core.instruments; other < core.cells; other += core.instruments) {
    if (other === cell) continue;
    for (const order of core.orders.of(other)) {
      if (!order.opens || order.sign !== Math.sign(left)) continue;
      isClear = false;
      if (!order.cancelAsked) cancel(core, order);
    }
  }
  return isClear;
}

/** The entry of one book, once everything that must come first is done. */
function open(core: Core, cell: number): void {
  const { stances } = core;
  const target = stances.target[cell]!;
  if (target === 0 || stances.status[cell] !== STANDING || awaitsReissue(core, cell)) return;
  const projection = project(core.orders.of(cell), core.portfolio.held[cell]!);
  const own = core.closings.length === 0 ? undefined : core.closings.find((closing) => closing.cell === cell);
  // Behind its own closing order the book starts from what that leaves: an order never crosses zero.
  const base =
    own === undefined ? roundQuantity(projection.held + projection.opening + projection.closing) : own.leaves;
  const quantity = roundQuantity(target - base);
  if (quantity * target <= 0 || base * target < 0) return;
  // A position on the other side must be gone first, whatever became of the order that was to close it.
  if (
    projection.closing !== 0 ||
    (own === undefined && projection.held * target < 0) ||
    oldLegsRest(core, cell, target)
  )
    return;
  if (!mayOpen(core, cell) || otherCloses(core, cell, target)) {
    core.nextSlice.add(cell);
    return;
  }
  const chain = chainFor(core, cell, target, own);
  if (chain === 'wait') return;
  const now = quantityNow(core, cell, quantity, base);
  const group = now === 0 ? undefined : approveEntry(core, cell, now, base);
  if (group === undefined) return;
  if (chain === undefined) core.emit({ kind: 'command', command: { kind: 'submit', group } });
  else chain.next = group;
}

/** How much of an entry may be ordered now: all of it, or what the strategy's execution algorithm says. */
function quantityNow(core: Core, cell: number, quantity: number, base: number): number {
  const { execution } = core.running[core.strategyOf(cell)]!;
  if (execution === undefined) return quantity;
  const { stances, portfolio, now } = core;
  const instrument = core.instrumentOf(cell);
  const { quantity: shares, again } = execution.next({
    side: quantity > 0 ? 'buy' : 'sell',
    total: Math.abs(stances.target[cell]!),
    done: Math.abs(base),
    startedAt: stances.sinceTime[cell] as Timestamp,
    now,
    price: portfolio.mark[instrument]!,
  });
  if (!(shares >= 0) || (again !== undefined && !(again > now))) throw executionFault(execution, shares, again);
  if (again !== undefined && shares < Math.abs(quantity)) core.emit({ kind: 'timer', key: `work:${cell}`, at: again });
  const child = wholeLots(Math.min(shares, Math.abs(quantity)), core.lot(instrument, stances.isProtected(cell)));
  return child * Math.sign(quantity);
}

function executionFault({ name }: ExecutionAlgorithm, quantity: number, again: number | undefined): ConfigError {
  const message = `execution algorithm "${name}" asked for ${quantity} shares now and for ${again} as its next time; give at least 0 shares and a later time`;
  return new ConfigError('EXECUTION_STEP', message, { execution: name, quantity });
}

/**
 * Another book waits to close on the other side: an opening sent now would only be cancelled for it, over and over. A closing
 * order that this very event makes is no reason to wait: the entry is chained behind it.
 */
function otherCloses(core: Core, cell: number, target: number): boolean {
  const { orders, portfolio, stances } = core;
  for (let other = cell % core.instruments; other < core.cells; other += core.instruments) {
    if (other === cell || core.closings.some((closing) => closing.cell === other)) continue;
    const { held, opening, closing } = project(orders.of(other), portfolio.held[other]!);
    const projected = roundQuantity(held + opening + closing);
    if (projected * target > 0 && (stances.target[other]! - projected) * projected < 0) return true;
  }
  return false;
}

/** Legs of an older position are still there, on the other side or on their way out: filled beside the entry they would undo it. */
function oldLegsRest(core: Core, cell: number, target: number): boolean {
  for (const order of core.orders.of(cell)) {
    if (order.leg && !order.waiting && (order.cancelAsked || order.sign * target > 0)) return true;
  }
  return false;
}

function mayOpen(core: Core, cell: number): boolean {
  const instrument = core.instrumentOf(cell);
  const isFresh = core.entriesOpen && !Number.isNaN(core.row.close[instrument]!);
  return (isFresh || core.reissues.has(cell)) && core.state === 'active' && core.orders.unknown[instrument] === 0;
}

/**
 * The closing order that an entry must wait for: its own book's (a reversal), or one on the opposite side from any book.
 * `wait`: it cannot be chained, the entry leaves when the closing is done.
 */
function chainFor(core: Core, cell: number, target: number, own: Closing | undefined): Closing | 'wait' | undefined {
  const instrument = core.instrumentOf(cell);
  if (oppositeRests(core, cell, target)) return 'wait';
  if (core.closings.length === 0) return undefined;
  const before = core.closings.filter(
    (closing) =>
      closing.instrument === instrument && (closing === own || (closing.order.request.side === 'buy') !== target > 0),
  );
  if (before.length === 0) return undefined;
  const [first] = before;
  const canChain =
    before.length === 1 && first !== undefined && first.next === undefined && core.options.capabilities.chain;
  return canChain ? first : 'wait';
}

function oppositeRests(core: Core, cell: number, target: number): boolean {
  for (let other = cell % core.instruments; other < core.cells; other += core.instruments) {
    for (const order of core.orders.of(other)) if (!order.leg && order.sign * target < 0) return true;
  }
  return false;
}

/** Asks the risk manager for one opening order. What it does not allow is dropped from the target. */
function approveEntry(core: Core, cell: number, quantity: number, base: number): OrderGroup | undefined {
  const { options, stances } = core;
  const request = entryRequest(core, cell, quantity);
  const direction = Math.sign(quantity);
  const opposed = otherDirection(core, request.strategy, request.instrument, direction);
  const verdict = opposed ?? core.risk.approve(request, core.context);
  if (verdict.kind === 'refused') {
    dropRefused(core, cell, base, verdict);
    return undefined;
  }
  if (!(verdict.quantity > 0 && verdict.quantity <= request.quantity)) {
    const message = `risk manager "${options.risk.name}" approved ${verdict.quantity} of ${request.quantity} shares; approve at most what was asked, or refuse`;
    throw new RiskError('RISK_QUANTITY', message, { quantity: verdict.quantity });
  }
  const allowed = wholeLots(verdict.quantity, core.lot(request.instrument, stances.isProtected(cell)));
  if (allowed === 0) {
    dropRefused(core, cell, base, {
      kind: 'refused',
      rule: 'below-one-lot',
      measured: verdict.quantity,
      limit: 1,
      reason: 'cut to less than one lot',
    });
    return undefined;
  }
  if (allowed < request.quantity) core.changeStance(cell, roundQuantity(base + direction * allowed));
  // A request of its own: what the risk manager was shown is not what is sent.
  const entry = sealOrder(core, cell, entryRequest(core, cell, direction * allowed));
  const isWhole = roundQuantity(base + direction * allowed) === stances.target[cell];
  const needsLegs = stances.isProtected(cell) && options.capabilities.bracket && base === 0 && isWhole;
  if (!needsLegs) return { kind: 'single', order: entry };
  return { kind: 'bracket', entry, exits: legOrders(core, cell, allowed * direction) };
}

function dropRefused(core: Core, cell: number, base: number, refusal: Refusal): void {
  const { rule, measured, limit, reason } = refusal;
  const signal = core.stances.signal[cell];
  if (base === 0 && signal !== undefined) core.refuseStance(cell, signal);
  else core.changeStance(cell, base);
  core.emit({
    kind: 'refused',
    strategy: core.strategyOf(cell),
    instrument: core.instrumentOf(cell),
    rule,
    measured,
    limit,
    reason,
  });
}

function entryRequest(core: Core, cell: number, quantity: number): OrderRequest {
  const side: Side = quantity > 0 ? 'buy' : 'sell';
  const instrument = core.instrumentOf(cell);
  return {
    strategy: core.strategyOf(cell),
    instrument,
    side,
    quantity: Math.abs(quantity),
    pricing: entryPricing(core, instrument, side),
    timeInForce: core.options.timetable.timeInForce,
    role: core.running[core.strategyOf(cell)]!.execution === undefined ? 'entry' : 'child',
    reason: core.stances.signal[cell]?.reason ?? '',
  };
}

function entryPricing(core: Core, instrument: InstrumentIndex, side: Side): Pricing {
  switch (core.options.entryOrders) {
    case 'market':
      return MARKET;
    case 'marketable-limit':
      return marketableLimit(core, instrument, side);
    case 'market-on-close':
      return AT_THE_CLOSE;
  }
}

/** As far as the price is reckoned to go at worst, and no further. */
function marketableLimit({ context, options }: Core, instrument: InstrumentIndex, side: Side): Pricing {
  const { tickSize } = options.universe.instruments[instrument]!;
  return { type: 'limit', limitPrice: noWorseOnTick(context.worstPrice(instrument, side), tickSize, side) };
}

function flushClosings(core: Core): void {
  for (const { order, next } of core.closings) {
    const group: OrderGroup = next === undefined ? { kind: 'single', order } : { kind: 'then', first: order, next };
    core.emit({ kind: 'command', command: { kind: 'submit', group } });
  }
  empty(core.closings);
}

/** Orders in old shares still rest: the book waits until they are gone. */
function awaitsReissue(core: Core, cell: number): boolean {
  for (const order of core.orders.of(cell)) if (order.reissued) return true;
  return false;
}
