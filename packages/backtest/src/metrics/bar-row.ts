import type { RunResult } from '../result/run-result.js';

/**
 * The market's row of the bar in which something happened after a row of the equity. Where the equity begins with the account
 * at the start, which belongs to no session, the rows are equal.
 */
export function barRow({ equity }: RunResult, row: number): number {
  return equity.session[0] === 0 ? row : row + 1;
}
