/** Step 1 of every event: what it says becomes true of orders, positions, books and cash. Nobody is asked anything here. */

import { isFinal, type OrderStatus } from '../orders/life.js';
import type {
  FillCorrectedEvent,
  FillEvent,
  OrderUpdateEvent,
  SessionCloseEvent,
  TimerEvent,
} from '../ports/events.js';
import type { Timestamp } from '../time/timestamp.js';
import type { Core } from './core.js';
import { dropRest, endByOthers } from './endings.js';
import { cancelRest } from './legs.js';
import { project, type WorkingOrder } from './orders.js';
import { STANDING } from './stances.js';

/** A fill: ledger, order, and what its end means for the stance. Told twice, it counts once. */
export function applyFill(core: Core, event: FillEvent): void {
  const order = core.orders.get(event.order);
  if (order.executions.length > 0 && order.executions.some(({ executionId }) => executionId === event.executionId))
    return;
  const { quantity, price, commission } = event;
  const strategy = core.strategyOf(order.cell);
  const { portfolio } = core;
  const { cell, instrument } = order;
  const heldBefore = portfolio.held[cell]!;
  const realised = portfolio.realised[strategy]!;
  portfolio.fill(strategy, instrument, order.sign * quantity, price, commission);
  core.memory.filled(order, event, heldBefore, portfolio.realised[strategy]! - realised);
  core.orders.filled(order, event);
  if (order.leg) closedByLeg(core, order);
  if (order.opens) entryFilled(core, order);
  settleEnding(core, order);
  core.touchInstrument(order.instrument);
}

/** A position that wants protection and is only partly there: it gets until the next slice, or until a timer. */
function entryFilled(core: Core, order: WorkingOrder): void {
  if (order.filledSlice < 0) order.filledSlice = core.cursor.slice;
  if (order.status === 'filled') core.orders.activateLegs(order);
  else if (core.stances.isProtected(order.cell)) {
    core.nextSlice.add(order.cell);
    const wait = core.options.nakedEntryMs;
    if (wait < Number.POSITIVE_INFINITY && order.executions.length === 1) {
      core.emit({ kind: 'timer', key: `protect:${order.number}`, at: (core.now + wait) as Timestamp });
    }
  }
}

/** A stop or a target closed shares: the stance that it protected wants no more than is left, and is over when nothing is. */
function closedByLeg(core: Core, order: WorkingOrder): void {
  const { stances, portfolio } = core;
  const { cell } = order;
  const direction = stances.direction[cell]!;
  // A leg of an older stance, filled before its cancel: the new one has its own target.
  if (stances.status[cell] !== STANDING || direction !== -order.sign || order.slice < stances.sinceSlice[cell]!) return;
  const held = portfolio.held[cell]!;
  if (held === 0) orphanLegs(core, cell);
  const left = direction * Math.min(Math.abs(stances.target[cell]!), Math.max(0, direction * held));
  if (left === 0) core.endStance(cell);
  else if (left !== stances.target[cell]) core.changeStance(cell, left);
}

/** The position is gone: the venue ends the other exit by itself, and if it has not by the next slice, we ask for it. */
function orphanLegs(core: Core, cell: number): void {
  for (const leg of core.orders.of(cell)) {
    if (!leg.leg || leg.askAgainAfter >= 0) continue;
    leg.askAgainAfter = core.cursor.slice;
    core.nextSlice.add(cell);
  }
}

/** A fill was changed or taken back by the venue. */
export function applyCorrection(core: Core, event: FillCorrectedEvent): void {
  const order = core.orders.get(event.order);
  const execution = order.executions.find(({ executionId }) => executionId === event.executionId);
  const strategy = core.strategyOf(order.cell);
  if (execution === undefined) {
    // The fill itself was never told: the corrected one is the truth.
    if (event.quantity > 0) applyFill(core, { ...event, kind: 'fill', executedAt: event.time });
    return;
  }
  const { portfolio, orders } = core;
  portfolio.takeBack(strategy, order.instrument, order.sign * execution.quantity, execution, order.opens);
  if (event.quantity > 0)
    portfolio.fill(strategy, order.instrument, order.sign * event.quantity, event.price, event.commission);
  const changed = orders.corrected(order, execution, event);
  if (changed !== 0 && order.opens) endByOthers(core, order.cell);
  core.touchInstrument(order.instrument);
}

/** News of an order. One that ends is held open until the fills that the venue counts have arrived. */
export function applyUpdate(core: Core, event: OrderUpdateEvent): void {
  const order = core.orders.get(event.order);
  if (isFinal(order.status)) return;
  if (isFinal(event.status)) {
    order.ending = event.status;
    order.endingQuantity = event.filledQuantity;
    settleEnding(core, order);
    core.touchInstrument(order.instrument);
    return;
  }
  if (order.cancelAsked && order.status !== 'replace-pending' && SEEMS_TO_WORK.has(event.status)) {
    // A refusal of the cancel, or only a late acknowledgement: nobody can tell, so it is asked again at the next slice.
    order.askAgainAfter = core.cursor.slice;
    core.nextSlice.add(order.cell);
  } else if (event.status === 'unknown' || (event.status !== 'partially-filled' && !isPending(order))) {
    core.orders.update(order, event.status);
  }
}

function isPending({ status }: WorkingOrder): boolean {
  return status === 'cancel-pending' || status === 'replace-pending';
}

const SEEMS_TO_WORK: ReadonlySet<OrderStatus> = new Set(['submitted', 'accepted', 'partially-filled']);

/** The order that should have been replaced goes on as it was; tried again at the next slice. */
function stillWorks(core: Core, order: WorkingOrder): void {
  core.orders.update(order, order.filled > 0 ? 'partially-filled' : 'accepted');
  order.cancelAsked = false;
  core.nextSlice.add(order.cell);
}

function settleEnding(core: Core, order: WorkingOrder): void {
  if (order.ending === undefined || isFinal(order.status) || order.filled < order.endingQuantity) return;
  const status = order.ending;
  core.orders.end(order, status, core.cursor.slice);
  if (order.legs.length > 0) core.nextSlice.add(order.cell);
  const old = order.replaces;
  if (status === 'rejected' && old !== undefined && !isFinal(old.status)) stillWorks(core, old);
  if (order.opens) {
    if (order.reissued) core.reissues.add(order.cell);
    const isOurs = (order.cancelAsked && status !== 'expired') || order.reissued;
    const isDropped = order.dropsRest || !isOurs;
    if (isDropped && isForStance(core, order)) dropRest(core, order.cell);
  } else if ((status === 'rejected' || status === 'canceled') && !order.cancelAsked && !order.reissued) {
    // A reduction or a leg that we did not cancel is wanted still: again at the next slice, not in a loop with the broker.
    core.blockedUntil[order.cell] = core.cursor.slice + 1;
    core.nextSlice.add(order.cell);
  }
}

/** The order was made for the stance that stands now, not for one before it. */
function isForStance({ stances }: Core, { cell, sign, slice }: WorkingOrder): boolean {
  return stances.direction[cell] === sign && stances.sinceSlice[cell]! <= slice;
}

/** The official closes: session equity and the base of the next day's loss. Entries that never left are dropped. */
export function applySessionClose(core: Core, event: SessionCloseEvent): void {
  core.portfolio.markTo(event.official);
  core.portfolio.closeSession();
  core.memory.closeSession(core.portfolio.mark);
  core.features.closeSession(event.official, event.session);
  core.orders.forgetBefore(event.session);
  const { timetable } = core.options;
  // Whatever slice was the last that came: the session is over, and its wishes with it.
  if (timetable.kind === 'session' && timetable.overnightEntries === 'none') core.entriesOpen = false;
  if (timetable.kind !== 'session' || core.entriesOpen) return;
  for (let cell = 0; cell < core.cells; cell++) {
    const held = core.portfolio.held[cell]!;
    if (core.stances.target[cell] === held) continue;
    if (project(core.orders.of(cell), held).opening === 0) dropRest(core, cell);
  }
}

/** A timer of ours: the rest of an entry has waited long enough for its protection, or a book wants its next child order. */
export function applyTimer(core: Core, { key }: TimerEvent): void {
  const [purpose, text] = key.split(':');
  const number = Number(text);
  if (purpose === 'work') core.touched.add(number);
  if (purpose !== 'protect') return;
  for (let cell = 0; cell < core.cells; cell++) {
    const order = core.orders.of(cell).find((working) => working.number === number);
    if (order !== undefined && order.filled > 0) cancelRest(core, order);
  }
}
