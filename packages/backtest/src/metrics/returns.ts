import type { RunResult } from '../result/run-result.js';
import { SESSIONS_PER_YEAR } from './metric.js';

/**
 * Flow-adjusted returns from official close to official close, one a session. The first is from the start of the run to the
 * first close, so that together they make the whole growth. Fifteen-minute equity is never annualised as it stands.
 */
export function sessionReturns({ equity, sessions }: RunResult): Float64Array {
  const returns = new Float64Array(sessions.length);
  let before = 1;
  for (let k = 0; k < returns.length; k++) {
    const index = equity.index[sessions.row[k]!]!;
    returns[k] = index / before - 1;
    before = index;
  }
  return returns;
}

/** The same less a session's share of the cash rate: rate ÷ 252. */
export function excessReturns(result: RunResult): Float64Array {
  const cashReturn = result.cashRate / SESSIONS_PER_YEAR;
  return sessionReturns(result).map((value) => value - cashReturn);
}
