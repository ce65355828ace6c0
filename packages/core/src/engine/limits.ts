/** Limits that a command tightens while the engine runs. They hold until a process starts with its config; nothing loosens them. */
import type { CommandEvent, Decision } from '../ports/events.js';
import type { RiskManager } from '../ports/risk.js';
import type { Core } from './core.js';

type LimitDecision = Extract<Decision, { kind: 'limit' }>;

/** Answers a `tighten` command, every limit by itself and in the order of their names. What works already is left alone. */
export function tightenLimits(core: Core, { limits = {}, reason }: CommandEvent): void {
  const names = Object.keys(limits).sort();
  if (names.length === 0) core.emit(refusal('', Number.NaN, Number.NaN, 'a tighten command names at least one rule'));
  for (const rule of names) core.emit(answer(core.risk, rule, limits[rule]!, reason));
}

function answer(risk: RiskManager, rule: string, asked: number, reason: string): LimitDecision {
  const given = risk.tightened?.(rule, asked);
  if (given === undefined) {
    const why = `risk manager "${risk.name}" has no limits that can be tightened while it runs`;
    return refusal(rule, asked, Number.NaN, why);
  }
  if ('kind' in given) return refusal(rule, asked, given.limit, given.reason);
  return { kind: 'limit', status: 'tightened', rule, asked, limit: asked, reason };
}

function refusal(rule: string, asked: number, limit: number, reason: string): LimitDecision {
  return { kind: 'limit', status: 'refused', rule, asked, limit, reason };
}

/**
 * Makes a tightening true, whether it was decided just now or stands in a journal. After a restart with another config it may be
 * looser than what is configured, or its rule be gone: the config's limit holds then.
 */
export function commitLimit(core: Core, { status, rule, limit }: LimitDecision): void {
  const given = status === 'tightened' ? core.risk.tightened?.(rule, limit) : undefined;
  if (given !== undefined && !('kind' in given)) core.risk = given;
}
