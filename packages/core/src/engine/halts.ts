/** The states of trading: who tightens them, what that does, and what loosens them again. */
import type { AccountEvent, CommandEvent, HaltEnd, StartedEvent, TradingState } from '../ports/events.js';
import type { Core } from './core.js';
import { cancelRest } from './legs.js';
import { remaining } from './orders.js';
import { ENDED } from './stances.js';

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
  until: HaltEnd = 'started',
): void {
  if (TIGHTNESS[state] <= TIGHTNESS[core.state]) return;
  core.emit({ kind: 'state', state, until, rule, reason });
  // Openings that have not traded must not trade any more.
  for (let cell = 0; cell < core.cells; cell++) {
    for (const order of core.orders.of(cell)) if (order.opens && remaining(order) > 0) cancelRest(core, order);
  }
}

/** Back to `active`. After a halt every stance is over, so that nothing reopens by itself; after `reduce-only` they go on. */
export function loosen(core: Core, rule: string, reason: string): void {
  const wasHalted = core.state === 'halted';
  core.emit({ kind: 'state', state: 'active', until: 'started', rule, reason });
  for (let cell = 0; wasHalted && cell < core.cells; cell++) {
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
