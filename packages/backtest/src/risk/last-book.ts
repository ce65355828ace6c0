import type { InstrumentIndex } from '@tradekit/core';
import type { StressBook } from '@tradekit/risk';
import type { RunResult } from '../result/run-result.js';
import type { ClosingBook } from './closing-books.js';

/** The last book of a run that held anything, at the official close of its session. */
export interface LastBook extends StressBook {
  /** Place of the session among those that were closed. */
  readonly session: number;
  readonly instruments: readonly InstrumentIndex[];
}

/** The last book; `undefined` where nothing was ever held over a close. */
export function lastBook(
  { universe, exposures, equity, sessions }: RunResult,
  books: readonly ClosingBook[],
): LastBook | undefined {
  const closing = books.findLast(({ held }) => held.length > 0);
  if (closing === undefined) return undefined;
  const { session, held } = closing;
  const row = sessions.row[session]!;
  const peak = equity.index.subarray(0, row + 1).reduce((most, index) => Math.max(most, index), 0);
  return {
    session,
    instruments: held,
    equity: equity.equity[row]!,
    drawdownFraction: Math.max(0, 1 - equity.index[row]! / peak),
    positions: held.map((i) => ({
      id: universe.instruments[i]!.id,
      sector: universe.instruments[i]!.sector,
      quantity: exposures.held[session]![i]!,
      price: exposures.mark[session]![i]!,
    })),
  };
}
