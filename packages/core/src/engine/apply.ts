/** Step 1 of every event: what it says becomes true of orders, positions, books and cash. Nobody is asked anything here. */

import { isFinal, type OrderStatus } from '../orders/life.js';
import type {
  AccountEvent,
  AdjustmentEvent,
  CommandEvent,
  CorporateActionEvent,
  FillCorrectedEvent,
  FillEvent,
  OrderUpdateEvent,
  SessionCloseEvent,
  StartedEvent,
  TimerEvent,
  TradingState,
} from '../ports/events.js';
import type { StrategyIndex } from '../strategy/strategy.js';
import type { Timestamp } from '../time/timestamp.js';
import type { Core } from './core.js';
import { cancel } from './issue.js';
import { cancelRest } from './legs.js';
import { project, remaining, type WorkingOrder } from './orders.js';
import { roundQuantity, wholeLots } from './portfolio.js';
import { ENDED, STANDING } from './stances.js';

/** A fill: ledger, order, and what its end means for the stance. Told twice, it counts once. */
export function applyFill(core: Core, event: FillEvent): void {
  const order = core.orders.get(event.order);
  if (order.executions.length > 0 && order.executions.some(({ executionId }) => executionId === event.executionId))
    return;
  const { quantity, price, commission } = event;
  const strategy = core.strategyOf(order.cell);
  core.portfolio.fill(strategy, order.instrument, order.sign * quantity, price, commission);
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
  if (stances.status[cell] !== STANDING || direction !== -order.sign) return;
  const held = portfolio.held[cell]!;
  if (held === 0) orphanLegs(core, cell);
  const left = direction * Math.min(Math.abs(stances.target[cell]!), Math.max(0, direction * held));
  if (left === 0) core.endStance(cell);
  else if (left !== stances.target[cell]) core.changeStance(cell, left);
}

/** The position is gone: the venue ends the other exit by itself, and if it has not by the next slice, we ask for it. */
function orphanLegs(core: Core, cell: number): void {
  for (const leg of core.orders.of(cell)) {
    if (!leg.leg || leg.orphanedIn >= 0) continue;
    leg.orphanedIn = core.cursor.slice;
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
  } else if (isPending(order) && !PENDING_STILL.has(event.status)) stillWorks(core, order);
  else if (event.status !== 'partially-filled') core.orders.update(order, event.status); // its fills say that
}

function isPending({ status }: WorkingOrder): boolean {
  return status === 'cancel-pending' || status === 'replace-pending';
}

/** News that do not say that a cancel or a replacement was refused. */
const PENDING_STILL: ReadonlySet<OrderStatus> = new Set(['approved', 'cancel-pending', 'replace-pending', 'unknown']);

/** The broker refused a cancel or a replacement: asked again at the next slice, not in a loop. */
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
    const isDropped = order.dropsRest || (!order.cancelAsked && !order.reissued);
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

/** An entry ended unfilled, or was never sent: its stance wants no more than is held and working, and is over when that is nothing. */
export function dropRest(core: Core, cell: number): void {
  const { stances, portfolio, orders } = core;
  if (stances.status[cell] !== STANDING || stances.target[cell] === 0) return;
  const direction = stances.direction[cell]!;
  const { held, opening, closing } = project(orders.of(cell), portfolio.held[cell]!);
  const left = direction * Math.max(0, direction * roundQuantity(held + opening + closing));
  if (left === stances.target[cell]) return;
  if (left === 0) core.endStance(cell);
  else core.changeStance(cell, left);
}

/** Something other than the strategy changed its position: the stance keeps what is left, or is over. */
function endByOthers(core: Core, cell: number): void {
  const { stances, portfolio } = core;
  const held = portfolio.held[cell]!;
  const keeps = stances.status[cell] === STANDING && held * stances.direction[cell]! > 0;
  if (keeps) core.changeStance(cell, held);
  else core.endStance(cell);
}

/** The official closes: session equity and the base of the next day's loss. Entries that never left are dropped. */
export function applySessionClose(core: Core, event: SessionCloseEvent): void {
  core.portfolio.markTo(event.official);
  core.portfolio.closeSession();
  core.orders.forgetBefore(event.session);
  if (core.entriesOpen) return;
  for (let cell = 0; cell < core.cells; cell++) {
    if (
      core.stances.target[cell] !== 0 &&
      core.orders.of(cell).length === 0 &&
      core.stances.target[cell] !== core.portfolio.held[cell]
    )
      dropRest(core, cell);
  }
}

/** A timer of ours: the rest of an entry has waited long enough for its protection. */
export function applyTimer(core: Core, event: TimerEvent): void {
  const [purpose, number] = event.key.split(':');
  if (purpose !== 'protect') return;
  for (let cell = 0; cell < core.cells; cell++) {
    const order = core.orders.of(cell).find((working) => working.number === Number(number));
    if (order !== undefined && order.filled > 0) cancelRest(core, order);
  }
}

/** Books, features and stances in the new shares; resting orders are ended and made again. */
export function applyCorporateAction(core: Core, { instrument, action }: CorporateActionEvent): void {
  const { portfolio, stances, orders, features } = core;
  if (action.type !== 'dividend') {
    for (let cell = instrument as number; cell < core.cells; cell += core.instruments) {
      for (const order of orders.of(cell)) {
        order.reissued = true;
        if (!order.cancelAsked && !order.waiting) cancel(core, order);
      }
    }
  }
  const before = Float64Array.from(
    { length: core.running.length },
    (_, s) => portfolio.held[s * core.instruments + instrument]!,
  );
  portfolio.act(instrument, action, core.context.lot(instrument));
  if (action.type === 'split') features.split(instrument, action.ratio);
  for (let s = 0; s < core.running.length; s++) {
    const cell = s * core.instruments + instrument;
    if (action.type === 'delisted') {
      if (stances.direction[cell] !== 0) core.endStance(cell);
    } else if (action.type === 'split' && stances.direction[cell] !== 0) {
      splitStance(core, cell, before[s]!, action.ratio);
    }
  }
  core.touchInstrument(instrument);
}

function splitStance(core: Core, cell: number, heldBefore: number, ratio: number): void {
  const { stances, portfolio } = core;
  const signal = stances.signal[cell];
  const target = stances.target[cell]!;
  // What was held completely stays held completely, whatever the fraction paid in cash.
  const after =
    target === heldBefore
      ? portfolio.held[cell]!
      : wholeLots(target * ratio, core.context.lot(core.instrumentOf(cell)));
  if (signal === undefined) return core.changeStance(cell, after);
  const { stopPrice, targetPrice } = signal;
  const adjusted = {
    ...signal,
    ...(stopPrice === undefined ? {} : { stopPrice: stopPrice / ratio }),
    ...(targetPrice === undefined ? {} : { targetPrice: targetPrice / ratio }),
  };
  if (after === 0 && target !== 0) core.endStance(cell);
  else core.changeStance(cell, after, adjusted);
}

/** Cash or shares that moved without an order of ours. */
export function applyAdjustment(core: Core, event: AdjustmentEvent): void {
  const { type, cash, instrument, quantity } = event;
  const isFlow = type === 'deposit' || type === 'withdrawal';
  const strategy = event.strategy ?? (instrument === undefined ? undefined : mainHolder(core, instrument));
  core.portfolio.adjustCash(cash, strategy, isFlow);
  if (instrument === undefined || quantity === undefined || quantity === 0) return;
  const owner = strategy ?? (0 as StrategyIndex);
  core.portfolio.adjustQuantity(owner, instrument, quantity);
  endByOthers(core, owner * core.instruments + instrument);
  core.touchInstrument(instrument);
}

function mainHolder(core: Core, instrument: number): StrategyIndex {
  let best = 0;
  for (let s = 1; s < core.running.length; s++) {
    const held = (place: number): number => Math.abs(core.portfolio.held[place * core.instruments + instrument]!);
    if (held(s) > held(best)) best = s;
  }
  return best as StrategyIndex;
}

/** The broker's account is compared, never adopted: a difference beyond the tolerance leaves only reductions. */
export function applyAccount(core: Core, { cash, positions }: AccountEvent): void {
  const { portfolio, options } = core;
  const cashOff = Math.abs(cash - portfolio.cash);
  if (!(cashOff <= options.accountTolerance)) {
    tighten(core, 'reduce-only', 'account-mismatch', `the broker's cash ${cash} differs from ours, ${portfolio.cash}`);
    return;
  }
  for (let i = 0; i < core.instruments; i++) {
    if (Math.abs((positions[i] ?? 0) - portfolio.position[i]!) <= 1e-6) continue; // NaN is no agreement
    const { id } = options.universe.instruments[i]!;
    tighten(
      core,
      'reduce-only',
      'account-mismatch',
      `the broker holds ${positions[i] ?? 0} ${id}, we hold ${portfolio.position[i]}`,
    );
    return;
  }
}

/** What a person or a supervisor asked for. */
export function applyCommand(core: Core, { command, reason }: CommandEvent): void {
  switch (command) {
    case 'reduce-only':
      return tighten(core, 'reduce-only', 'command', reason);
    case 'halt':
      tighten(core, 'halted', 'command', reason);
      return flattenAll(core);
    case 'flatten':
      return flattenAll(core);
  }
}

/** A start may release a halt, and only a start may. Every stance is over then. */
export function applyStarted(core: Core, { release }: StartedEvent): void {
  for (let cell = 0; cell < core.cells; cell++) core.touched.add(cell);
  if (release === undefined || core.state === 'active') return;
  core.portfolio.resetPeak();
  loosen(core, release.rule, release.reason);
}

const TIGHTNESS: Readonly<Record<TradingState, number>> = { active: 0, 'reduce-only': 1, halted: 2 };

/** Goes to a tighter state; never back. */
export function tighten(
  core: Core,
  state: TradingState,
  rule: string,
  reason: string,
  until: 'next-session' | 'started' = 'started',
): void {
  if (TIGHTNESS[state] <= TIGHTNESS[core.state]) return;
  core.emit({ kind: 'state', state, until, rule, reason });
  // Openings that have not traded must not trade any more.
  for (let cell = 0; cell < core.cells; cell++) {
    for (const order of core.orders.of(cell)) if (order.opens && remaining(order) > 0) cancelRest(core, order);
  }
}

/** Back to `active`: every stance is over, so that nothing reopens by itself. */
export function loosen(core: Core, rule: string, reason: string): void {
  core.emit({ kind: 'state', state: 'active', until: 'started', rule, reason });
  for (let cell = 0; cell < core.cells; cell++) {
    if (core.stances.direction[cell] !== 0 && core.stances.status[cell] !== ENDED) core.endStance(cell);
  }
}

/** Every stance is over and everything held is closed. */
export function flattenAll(core: Core): void {
  for (let cell = 0; cell < core.cells; cell++) {
    const isIdle = core.stances.direction[cell] === 0 && core.portfolio.held[cell] === 0;
    if (!isIdle) core.endStance(cell);
  }
}

/** Where the broker has no pair of exits only the stop rests there: a close at or beyond the target ends the stance. */
export function takeTargets(core: Core): void {
  const { stances, portfolio, row } = core;
  for (let cell = 0; cell < core.cells; cell++) {
    const target = stances.targetPrice[cell]!;
    if (Number.isNaN(target) || Number.isNaN(stances.stopPrice[cell]!) || stances.status[cell] !== STANDING) continue;
    const held = portfolio.held[cell]!;
    if (held !== 0 && (row.close[cell % core.instruments]! - target) * held >= 0) core.endStance(cell);
  }
}
