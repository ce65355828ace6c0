/** Rows that do not stand in the order of time. */
import type { LedgerWriter } from './ledger.js';
import { movedEntry } from './ledger.js';
import { requireKnown } from './parameters.js';
import type { CleaningStep } from './step.js';
import { reorderRows, type WorkingBars } from './working-bars.js';

const NAME = 'order';

/**
 * Sorts rows by their start; rows of one start keep their order. The ledger names the fewest rows whose moving puts the file in
 * order, each with the line after which it stood: in a file that is newest first, all but one.
 */
export function orderStep(parameters: Readonly<Record<never, never>> = {}): CleaningStep {
  requireKnown(NAME, parameters, []);
  return {
    name: NAME,
    follows: ['impossible', 'grid'],
    run(bars, { ledger }) {
      if (isAscending(bars)) return;
      writeMoved(bars, ledger);
      const { start } = bars.columns;
      const sorted = Int32Array.from({ length: bars.rows }, (_, row) => row);
      reorderRows(
        bars,
        sorted.sort((a, b) => start[a]! - start[b]! || a - b),
      );
    },
  };
}

function isAscending({ columns: { start }, rows }: WorkingBars): boolean {
  let previous = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < rows; row++) {
    const time = start[row]!;
    if (time < previous) return false;
    previous = time;
  }
  return true;
}

/** All rows but those of a longest ascending part, which can stay where they are. */
function writeMoved(bars: WorkingBars, ledger: LedgerWriter): void {
  const { rows, columns, lines } = bars;
  const { start } = columns;
  // `ends[k]` is the row with the lowest start at which an ascending part of k + 1 rows can end so far.
  const ends = new Int32Array(rows);
  const before = new Int32Array(rows);
  let longest = 0;
  for (let row = 0; row < rows; row++) {
    let low = 0;
    let high = longest;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (start[ends[middle]!]! <= start[row]!) low = middle + 1;
      else high = middle;
    }
    before[row] = low === 0 ? -1 : ends[low - 1]!;
    ends[low] = row;
    if (low === longest) longest++;
  }
  const stays = new Uint8Array(rows);
  for (let row = longest === 0 ? -1 : ends[longest - 1]!; row >= 0; row = before[row]!) stays[row] = 1;
  for (let row = 0; row < rows; row++) {
    if (stays[row] === 1) continue;
    const stood = row === 0 ? 'it stood first' : `it stood after line ${lines[row - 1]}`;
    ledger.entries.push(movedEntry(bars, NAME, row, `${stood}, and was put in its place in time`));
  }
}
