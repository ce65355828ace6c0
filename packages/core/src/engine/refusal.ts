import type { Refusal } from '../ports/risk.js';

/** A refusal of the engine's own. */
export function no(rule: string, measured: number, limit: number, reason: string): Refusal {
  return { kind: 'refused', rule, measured, limit, reason };
}
