/** Step 4 and 5 of a slice: strategies' signals become wishes, wishes become stances with a target. */
import { RiskError } from '../errors.js';
import { empty, removeItem, sortInPlace } from '../list.js';
import { wholeLots } from '../orders/quantity.js';
import type { Refusal, Verdict } from '../ports/risk.js';
import type { Signal } from '../strategy/signal.js';
import type { StrategyIndex } from '../strategy/strategy.js';
import type { Core, PendingWish, Running } from './core.js';
import { againstLater, otherDirection } from './opposed.js';
import { no } from './refusal.js';
import { meaningless, nameOf, requireMeant, strategyFault } from './signals.js';
import { REFUSED, STANDING } from './stances.js';

/** Asks every strategy, tries refused wishes again where that is due, and sizes everything that changed in one plan. */
export function decide(core: Core): void {
  for (let s = 0; s < core.running.length; s++) {
    const signals = ask(core, core.running[s]!);
    for (const signal of signals) consider(core, s as StrategyIndex, signal);
  }
  if (core.stances.refused > 0) retryRefused(core);
  if (core.wishes.length > 1) sortInPlace(core.wishes, byCell);
  if (core.wishes.length > 0 && core.running.length > 1) declineOpposed(core);
  if (core.wishes.length > 0) plan(core);
}

/**
 * Only when all have spoken is it known which positions and entries stand in the way of a wish. Of two wishes that are against each
 * other the one of the later strategy is met.
 */
function declineOpposed(core: Core): void {
  const judged = core.wishes.map((wish) => ({
    wish,
    refusal: otherDirection(core, wish.strategy, wish.signal.instrument, wish.signal.direction),
  }));
  let left = judged.filter(({ refusal }) => refusal === undefined).map(({ wish }) => wish);
  for (const { wish, refusal = againstLater(core, wish, left) } of judged) {
    if (refusal === undefined) continue;
    left = left.filter((other) => other !== wish);
    removeItem(core.wishes, wish);
    decline(core, wish.cell, wish.signal, wish.resizes, refusal);
  }
}

function ask(core: Core, running: Running): readonly Signal[] {
  const signals = byStrategy(core, running, () => running.strategy.generateSignals(running.view));
  if (Array.isArray(signals)) return signals;
  throw strategyFault(
    core,
    running.name,
    `gave ${String(signals)} instead of a list of signals; give an empty list for no change`,
  );
}

/** Calls the strategy's own code; what it throws becomes its fault, with the slice it happened in. */
function byStrategy<T>(core: Core, { name }: Running, call: () => T): T {
  try {
    return call();
  } catch (cause) {
    throw strategyFault(core, name, `threw: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

function consider(core: Core, s: StrategyIndex, signal: Signal): void {
  const { stances } = core;
  requireMeant(core, s, signal);
  const cell = s * core.instruments + signal.instrument;
  const { direction } = signal;
  if (core.wishes.length > 0) withdraw(core, cell);
  if (direction !== stances.direction[cell]) {
    if (direction === 0) goFlat(core, cell, signal);
    else wish(core, s, cell, signal, false);
  } else if (direction !== 0 && stances.status[cell] === STANDING) renew(core, s, cell, signal);
  else if (direction !== 0 && stances.status[cell] === REFUSED) keepNewLegs(core, cell, signal);
}

/** Of two wishes for one instrument in one slice the later one counts. */
function withdraw(core: Core, cell: number): void {
  const earlier = core.wishes.findIndex((pending) => pending.cell === cell);
  if (earlier >= 0) core.wishes.splice(earlier, 1);
}

function goFlat(core: Core, cell: number, signal: Signal): void {
  core.takeStance(cell, 0, 0, { ...signal });
}

/** The same direction again: new legs move the legs, a new strength or probability may resize, and nothing else changes anything. */
function renew(core: Core, s: StrategyIndex, cell: number, signal: Signal): void {
  const { stances, running } = core;
  const before = stances.signal[cell];
  if (before === undefined) return;
  if (movesLegs(before, signal)) {
    core.changeStance(cell, stances.target[cell]!, { ...before, ...legsOf(before, meant(core, signal)) });
  }
  const isNewSize = signal.strength !== before.strength || signal.probability !== before.probability;
  if (isNewSize && running[s]!.strategy.positionSize !== undefined) {
    wish(core, s, cell, { ...signal, ...legsOf(before, meant(core, signal)) }, true);
  }
}

/** A refused wish that is said again with another stop or target is tried again with those. */
function keepNewLegs(core: Core, cell: number, signal: Signal): void {
  const before = core.stances.signal[cell];
  if (
    signal.stopPrice === before?.stopPrice &&
    signal.targetPrice === before?.targetPrice &&
    signal.trailDistance === before?.trailDistance
  )
    return;
  core.changeStance(cell, 0, { ...signal });
}

/** Whether a wish that is said again names other legs. Most do not, on every slice: nothing is copied to find out. */
function movesLegs(before: Signal, { stopPrice, targetPrice, trailDistance }: Signal): boolean {
  return (
    (stopPrice !== undefined && stopPrice !== before.stopPrice && before.trailDistance === undefined) ||
    (targetPrice !== undefined && targetPrice !== before.targetPrice) ||
    (trailDistance !== undefined && trailDistance !== before.trailDistance)
  );
}

/** The legs of a wish that is said again: those that it names, and else what they were. */
function legsOf(before: Signal, again: Signal): Pick<Signal, 'stopPrice' | 'targetPrice' | 'trailDistance'> {
  const trailDistance = again.trailDistance ?? before.trailDistance;
  const stopPrice = before.trailDistance === undefined ? (again.stopPrice ?? before.stopPrice) : before.stopPrice;
  const targetPrice = again.targetPrice ?? before.targetPrice;
  return {
    ...(stopPrice === undefined ? {} : { stopPrice }),
    ...(targetPrice === undefined ? {} : { targetPrice }),
    ...(trailDistance === undefined ? {} : { trailDistance }),
  };
}

function retryRefused(core: Core): void {
  const { stances, options } = core;
  for (let cell = 0; cell < core.cells; cell++) {
    const signal = stances.signal[cell];
    if (stances.status[cell] !== REFUSED || signal === undefined || stances.sinceSlice[cell] === core.cursor.slice)
      continue;
    if (core.wishes.some((pending) => pending.cell === cell)) continue; // the strategy has changed its mind
    const tried = stances.triedSession[cell]!;
    const isDue =
      tried === 0 ||
      options.retryRefused === 'every-slice' ||
      (options.retryRefused === 'next-session' && tried !== core.sessionDay);
    if (isDue) wish(core, core.strategyOf(cell), cell, again(signal), false);
  }
}

/** A trailing stop begins anew. */
function again({ stopPrice, ...signal }: Signal): Signal {
  return signal.trailDistance === undefined && stopPrice !== undefined ? { ...signal, stopPrice } : signal;
}

/** Puts a wish before the engine's own rules, and then on the list for the risk manager. */
function wish(core: Core, strategy: StrategyIndex, cell: number, said: Signal, resizes: boolean): void {
  const signal = meant(core, said);
  const running = core.running[strategy]!;
  const budget = running.weight * core.portfolio.equity;
  const refusal = engineRefusal(core, signal);
  if (refusal !== undefined) return decline(core, cell, signal, resizes, refusal);
  const { strategy: owner, view } = running;
  if (owner.validateSignal !== undefined && !byStrategy(core, running, () => owner.validateSignal?.(signal, view))) {
    return decline(core, cell, signal, resizes, no('validate-signal', 0, 1, 'the strategy itself refused the signal'));
  }
  const quantity = owner.positionSize === undefined ? undefined : ownSize(core, running, signal, budget);
  core.wishes.push({ strategy, signal, quantity, budget, held: core.portfolio.held[cell]!, cell, resizes });
}

/** A wish of our own: the strategy may use its object again. A trailing stop begins somewhere. */
function meant(core: Core, said: Signal): Signal {
  const { direction, instrument, stopPrice, trailDistance } = said;
  if (trailDistance === undefined || stopPrice !== undefined) return { ...said };
  return { ...said, stopPrice: core.portfolio.mark[instrument]! - direction * trailDistance };
}

/** The size that the strategy itself wants, signed. */
function ownSize(core: Core, running: Running, signal: Signal, budget: number): number {
  const { instrument, direction } = signal;
  const price = core.portfolio.mark[instrument]!;
  const lot = core.lot(instrument, false);
  const size = byStrategy(core, running, () => running.strategy.positionSize?.(signal, { equity: budget, price, lot }));
  if (size !== undefined && size >= 0 && size < Number.POSITIVE_INFINITY) return size * direction;
  throw strategyFault(
    core,
    running.name,
    `gave the size ${size} for ${nameOf(core, instrument)}; give shares, 0 or more`,
  );
}

/** What the engine itself refuses, before any rule is asked: nothing opens on such a slice. */
function engineRefusal(core: Core, signal: Signal): Refusal | undefined {
  const { instrument, direction, stopPrice, targetPrice, trailDistance } = signal;
  if (core.state !== 'active') return no(core.stateRule, 1, 0, `trading is ${core.state}`);
  if (Number.isNaN(core.row.close[instrument]!)) return no('not-traded', 0, 1, 'no bar in this slice');
  if (core.tradedCount < THIN_SLICE * core.instruments) {
    return no(
      'thin-slice',
      core.tradedCount / core.instruments,
      THIN_SLICE,
      'too few instruments have a bar in this slice',
    );
  }
  if (core.cursor.canEnter && !core.entriesOpen)
    return no('late-slice', 0, 1, 'the slice was learned too late to act on');
  if (!core.cursor.canEnter) return no('timetable', 0, 1, 'no entries at this time of the session');
  if (direction < 0 && !core.options.capabilities.shortSelling)
    return no('short-selling', -1, 0, 'the broker does not sell short');
  if (trailDistance !== undefined && !core.options.capabilities.pricing.includes('trailing-stop'))
    return no('trailing-stop', trailDistance, 0, 'the broker has no trailing stops');
  const price = core.portfolio.mark[instrument]!;
  if (stopPrice !== undefined && (price - stopPrice) * direction <= 0)
    return no('stop-side', stopPrice, price, 'the stop is not on the losing side of the price');
  if (targetPrice !== undefined && (targetPrice - price) * direction <= 0) {
    return no('target-side', targetPrice, price, 'the target is not on the winning side of the price');
  }
  return undefined;
}

function plan(core: Core): void {
  const { wishes } = core;
  const verdicts = core.risk.plan(wishes, core.context);
  if (verdicts.length !== wishes.length) {
    const message = `risk manager "${core.options.risk.name}" gave ${verdicts.length} verdicts for ${wishes.length} wishes; give one each, in their order`;
    throw new RiskError('RISK_VERDICTS', message, { risk: core.options.risk.name });
  }
  for (let k = 0; k < wishes.length; k++) settle(core, wishes[k]!, verdicts[k]!);
  empty(wishes);
}

function byCell(a: PendingWish, b: PendingWish): number {
  return a.cell - b.cell;
}

function settle(core: Core, wish: PendingWish, verdict: Verdict): void {
  const { cell, signal, resizes } = wish;
  if (verdict.kind === 'refused') return decline(core, cell, signal, resizes, verdict);
  const { options, portfolio, stances } = core;
  const isProtected = signal.stopPrice !== undefined || signal.targetPrice !== undefined;
  const lot = core.lot(signal.instrument, isProtected);
  if (!(verdict.quantity * signal.direction >= 0))
    throw meaningless(core, verdict.quantity, nameOf(core, signal.instrument));
  const target = wholeLots(verdict.quantity, lot);
  const notional = Math.abs(target) * portfolio.mark[signal.instrument]!;
  if (resizes) {
    const change = Math.abs(target - stances.target[cell]!);
    const isWorthIt = change > options.resizeThreshold * Math.abs(stances.target[cell]!);
    if (target !== 0 && isWorthIt && change * portfolio.mark[signal.instrument]! >= options.minTradeNotional)
      core.changeStance(cell, target, signal);
    return;
  }
  if (target === 0)
    return refuse(
      core,
      cell,
      signal,
      no('below-one-lot', Math.abs(verdict.quantity), lot, 'the size comes to less than one lot'),
    );
  if (notional < options.minTradeNotional) {
    return refuse(
      core,
      cell,
      signal,
      no('min-notional', notional, options.minTradeNotional, 'the order would be too small'),
    );
  }
  core.takeStance(cell, signal.direction, target, signal);
}

/** A wish that may not be: refused, unless it only wanted another size; then what stands goes on standing. */
function decline(core: Core, cell: number, signal: Signal, resizes: boolean, refusal: Refusal): void {
  if (!resizes) refuse(core, cell, signal, refusal);
}

/** The wish stands as refused: what the book holds against it is closed, nothing opens. */
function refuse(core: Core, cell: number, signal: Signal, { rule, measured, limit, reason }: Refusal): void {
  const { stances } = core;
  if (stances.direction[cell] !== signal.direction || stances.status[cell] !== REFUSED) {
    core.refuseStance(cell, signal);
  }
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

/** Nothing may open on a slice in which a smaller part of the universe has bars. */
export const THIN_SLICE = 0.8;
