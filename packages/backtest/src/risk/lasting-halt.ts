import { isoDate } from '@tradekit/core';
import type { RunResult } from '../result/run-result.js';

/** Halts that outlasted their session: the first of them, and how much of the run was not traded for all of them. */
export interface LastingHalt {
  /** New York date of the first. */
  readonly date: string;
  readonly rule: string;
  readonly reason: string;
  /** Sessions that were closed without trading, between a halt's own and the one of its release, as a part of all. */
  readonly notTradedFraction: number;
}

/** What a run has to say first: that it did not trade to its end, or not all the time. `undefined` where no halt outlasted its session. */
export function lastingHalt({ states, sessions }: RunResult): LastingHalt | undefined {
  let first: RunResult['states'][number] | undefined;
  let halted: number | undefined;
  let idle = 0;
  const count = (from: number, to: number): number => sessions.day.filter((day) => day > from && day < to).length;
  for (const change of states) {
    if (change.state === 'halted' && change.until === 'started') {
      first ??= change;
      halted ??= change.session;
    } else if (change.state === 'active' && halted !== undefined) {
      idle += count(halted, change.session);
      halted = undefined;
    }
  }
  if (first === undefined) return undefined;
  if (halted !== undefined) idle += count(halted, Number.POSITIVE_INFINITY);
  const { session, rule, reason } = first;
  return {
    date: isoDate(session),
    rule,
    reason,
    notTradedFraction: sessions.length === 0 ? 0 : idle / sessions.length,
  };
}
