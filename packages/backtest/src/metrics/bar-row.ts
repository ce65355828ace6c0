import type { BarHistory } from '@tradekit/core';
import type { RunResult } from '../result/run-result.js';

/**
 * The market's row of the bar in which something happened after a row of the equity. Where the equity begins with the account
 * at the start, which belongs to no session, the rows are equal.
 */
export function barRow({ equity }: RunResult, row: number): number {
  return equity.session[0] === 0 ? row : row + 1;
}

/** The market's row of a fill's bar. A fill at the close is told after its bar has ended: the row that it names is the next one. */
export function fillBarRow(result: RunResult, fill: number, { starts }: BarHistory): number {
  const named = barRow(result, result.fills.row[fill]!);
  const isOver = named === starts.length || result.fills.time[fill]! < starts[named]!;
  return isOver ? named - 1 : named;
}
