import type { RiskContext } from '@tradekit/core';
import { requireFraction } from '../options.js';
import { percent } from '../percent.js';
import { type Addition, eachOf, pass, type RiskRule, type Ruling } from './rule.js';

/** Options of {@link maxVolumeShare}. */
export interface MaxVolumeShareOptions {
  /** Most that may be at work on one side of an instrument, as a fraction of the mean volume of a session: `0.01` is 1 %. Above 0, at most 1. */
  readonly limitFraction: number;
}

/**
 * Open orders of one side of an instrument are at most a fraction of the mean volume of its last 20 sessions. Where no session
 * has closed yet nothing passes. Throws `ConfigError` when the fraction is out of range.
 */
export function maxVolumeShare({ limitFraction }: MaxVolumeShareOptions): RiskRule {
  requireFraction('maxVolumeShare', 'limitFraction', limitFraction, 1);
  const judge = (
    { instrument, direction, quantity }: Addition,
    context: RiskContext,
    additions: readonly Addition[],
  ): Ruling => {
    let asked = 0;
    for (const other of additions) {
      if (other.instrument === instrument && other.direction === direction) asked += other.quantity;
    }
    const open = direction > 0 ? context.openBuys(instrument) : context.openSells(instrument);
    const volume = context.averageVolume(instrument);
    const measured = (open + asked) / volume;
    if (measured <= limitFraction) return pass;
    const room = limitFraction * volume - open;
    const reason = `orders would be ${percent(measured)} of a session's mean volume, the limit is ${percent(limitFraction)}`;
    return { kind: 'cut', quantity: room > 0 ? (quantity * room) / asked : 0, measured, limit: limitFraction, reason };
  };
  return {
    name: 'max-volume-share',
    limit: { value: limitFraction, to: (lower) => maxVolumeShare({ limitFraction: lower }) },
    check: (additions, context) => eachOf(additions, context, judge),
  };
}
