/** What wishes that were refused would have made by the close of the next session. */
import type { RefusalRow, RunResult } from '../result/run-result.js';

/**
 * By place in `result.refusals`: the return, in the wish's direction and before costs, from the mark at which it was refused first to the
 * official close of the session after; NaN where that session is not in the run, or the instrument did not trade in it.
 */
export function nextSessionReturns({ refusals, sessions, equity, exposures }: RunResult): readonly number[] {
  const ends = Array.from(sessions.row, (row) => equity.time[row]!);
  return refusals.map((refusal) => {
    const session = sessionOf(refusal, ends);
    const close = exposures.mark[session]?.[refusal.instrument] ?? Number.NaN;
    const next = exposures.sessionReturn[session + 1]?.[refusal.instrument] ?? Number.NaN;
    return refusal.direction * ((close / refusal.mark) * (1 + next) - 1);
  });
}

/** The session in which a wish was refused: the first that ends then or later. */
function sessionOf({ time }: RefusalRow, ends: readonly number[]): number {
  let [low, high] = [0, ends.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ends[middle]! < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
