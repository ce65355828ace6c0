/** The states of trading: who tightens them, what that does, and what loosens them again. */
import type { AccountEvent, CommandEvent, Decision, StartedEvent, TradingState } from '../ports/events.js';
import type { Tightening } from '../ports/risk.js';
import type { Core } from './core.js';
import { cancelRest } from './legs.js';
import { remaining } from './orders.js';
import { ENDED } from './stances.js';

/** The broker's account is compared, never adopted: a difference beyond the tolerance leaves only reductions. */
export function applyAccount(core: Core, { cash, positions }: AccountEvent): void {
  const { portfolio, options } = core;
  const cashOff = Math.abs(cash - portfolio.cash);
  if (!(cashOff <= options.accountTolerance)) {
    tightenOwn(
      core,
      'reduce-only',
      'account-mismatch',
      `the broker's cash ${cash} differs from ours, ${portfolio.cash}`,
    );
    return;
  }
  for (let i = 0; i < core.instruments; i++) {
    if (Math.abs((positions[i] ?? 0) - portfolio.position[i]!) <= 1e-6) continue; // NaN is no agreement
    const { id } = options.universe.instruments[i]!;
    tightenOwn(
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
      return tightenOwn(core, 'reduce-only', 'command', reason);
    case 'halt':
      tightenOwn(core, 'halted', 'command', reason);
      return flattenAll(core);
    case 'flatten':
      return flattenAll(core);
    case 'tighten': // asks the risk manager, so it is decided and not applied
      return;
  }
}

/**
 * A start may release a halt, and only a start may: every stance is over then, and the drawdown is measured from a new peak. What
 * ends with the session is not released before.
 */
export function applyStarted(core: Core, { release }: StartedEvent): void {
  for (let cell = 0; cell < core.cells; cell++) core.touched.add(cell);
  if (release === undefined || core.state === 'active' || core.stateEnds === 'next-session') return;
  if (!isOurs(core.stateRule)) core.portfolio.resetPeak();
  loosen(core, 'active', release.rule, release.reason);
}

/** Tightenings of the engine itself say nothing of a drawdown. */
function isOurs(rule: string): boolean {
  return rule === 'command' || rule === 'account-mismatch';
}

/** A session begins: a halt of the last session ends, and one for research whose sessions are over. */
export function sessionBegins(core: Core): void {
  core.stateSessions += 1;
  if (core.state === 'active' || core.stateSessions < core.stateEndsAfter) return;
  const { stateRule, stateEnds } = core;
  if (stateEnds === 'next-session') return loosen(core, core.lastingState, stateRule, 'a new session');
  core.portfolio.resetPeak();
  loosen(core, 'active', stateRule, `${core.stateSessions} sessions are over`);
}

const TIGHTNESS: Readonly<Record<TradingState, number>> = { active: 0, 'reduce-only': 1, halted: 2 };

/** What the engine itself tightens ends with a start. */
function tightenOwn(core: Core, state: TradingState, rule: string, reason: string): void {
  tighten(core, { state, until: 'started', rule, reason });
}

/** Goes to a tighter state, or to one that lasts longer; never back. True when it did. */
export function tighten(core: Core, asked: Omit<Tightening, 'flatten'>): boolean {
  const isTighter = TIGHTNESS[asked.state] > TIGHTNESS[core.state];
  const lasts = asked.until === 'started' && core.stateEnds === 'next-session' && core.state !== 'active';
  if (asked.state === 'active' || (!isTighter && !lasts)) return false;
  const { until, rule, reason, measured, limit, releaseAfterSessions } = asked;
  // What lasts longer but is less tight makes the tighter state last.
  const state = isTighter ? asked.state : core.state;
  core.emit({
    kind: 'state',
    state,
    until,
    rule,
    reason,
    ...(measured === undefined ? {} : { measured }),
    ...(limit === undefined ? {} : { limit }),
    ...(releaseAfterSessions === undefined ? {} : { releaseAfterSessions }),
  });
  // Openings that have not traded must not trade any more.
  for (let cell = 0; cell < core.cells; cell++) {
    for (const order of core.orders.of(cell)) if (order.opens && remaining(order) > 0) cancelRest(core, order);
  }
  return true;
}

/** Makes a change of state true, whether it was decided just now or stands in a journal. */
export function commitState(core: Core, decision: Extract<Decision, { kind: 'state' }>): void {
  const { state, until, rule, releaseAfterSessions = Number.POSITIVE_INFINITY } = decision;
  core.state = state;
  core.stateEnds = until;
  core.stateRule = rule;
  core.stateSessions = 0;
  core.stateEndsAfter = (until === 'next-session' ? 1 : releaseAfterSessions) + (isBeforeSlices(core) ? 1 : 0);
  if (until === 'next-session') return;
  core.lastingState = state;
  core.lastingRule = rule;
}

/** A session has begun of which no slice has come: fills of its first open belong to it, and its first slice must not count as another. */
function isBeforeSlices({ session, now }: Core): boolean {
  return session !== undefined && now > session.close;
}

/** To a looser state. After a halt every stance is over, so that nothing reopens by itself; after `reduce-only` they go on. */
function loosen(core: Core, to: TradingState, rule: string, reason: string): void {
  const wasHalted = core.state === 'halted';
  core.emit({ kind: 'state', state: to, until: 'started', rule: to === 'active' ? rule : core.lastingRule, reason });
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
