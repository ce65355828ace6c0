/** Drift past a limit: what has to shrink, and by how much. */
import type { InstrumentIndex, RiskContext, Trim } from '@tradekit/core';
import type { RiskRule } from './rules/rule.js';

/** Nothing has to shrink. */
export const NO_TRIMS: readonly Trim[] = Object.freeze([]);

/** Of every instrument that stands beyond `factor` times a limit the smallest part that any rule lets stay; by instrument. */
export function trimsOf(rules: readonly RiskRule[], factor: number, context: RiskContext): readonly Trim[] {
  let trims: Map<InstrumentIndex, Trim> | undefined;
  for (const rule of rules) {
    const { name } = rule;
    for (const { instruments, fraction, measured, limit } of rule.excess?.(factor, context) ?? []) {
      trims ??= new Map();
      for (const instrument of instruments) {
        const known = trims.get(instrument);
        if (known === undefined || fraction < known.fraction)
          trims.set(instrument, { instrument, fraction, rule: name, measured, limit });
      }
    }
  }
  if (trims === undefined) return NO_TRIMS;
  return [...trims.values()].sort((a, b) => a.instrument - b.instrument);
}
