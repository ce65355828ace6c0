import type { SessionDay, Timestamp } from '@tradekit/core';
import type { RunResult } from '../result/run-result.js';

/** A loss that was found at or beyond its limit, and halted trading. */
export interface Detection {
  readonly time: Timestamp;
  readonly session: SessionDay;
  readonly rule: string;
  readonly measured: number;
  readonly limit: number;
  /** How far beyond: a loss is found at a mark, not where it passes its limit. */
  readonly overshoot: number;
}

/** Every detection of a run, in their order. */
export function detectionsOf({ states }: RunResult): readonly Detection[] {
  return states.flatMap(({ state, time, session, rule, measured, limit }) =>
    state === 'active' || measured === undefined || limit === undefined
      ? []
      : [{ time, session, rule, measured, limit, overshoot: measured - limit }],
  );
}
