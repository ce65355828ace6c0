/** Several rows for one bar. */
import { DataError, isoTime, type Timestamp } from '@tradekit/core';
import { dropRows } from './ledger.js';
import { requireKnown, requireOneOf } from './parameters.js';
import type { CleaningStep } from './step.js';
import { BAR_FIELDS, type WorkingBars } from './working-bars.js';

const NAME = 'duplicates';

/** Parameters of {@link duplicatesStep}. */
export interface DuplicatesParameters {
  /**
   * Which of several rows of one start and of different values is kept: the first or the last in the file, or the one with the
   * largest volume (the last of those), because an unfinished bar is the smaller one. `refuse` ends the cleaning. Default `larger-volume`.
   */
  readonly conflicting?: 'refuse' | 'first' | 'last' | 'larger-volume';
}

/**
 * Keeps one row for each start. Identical rows are dropped but for the first. Throws `ConfigError` `CLEANING_PARAMETER`; its run throws
 * `DataError` `CLEANING_CONFLICT` under `refuse`.
 */
export function duplicatesStep(parameters: DuplicatesParameters = {}): CleaningStep {
  requireKnown(NAME, parameters, ['conflicting']);
  const { conflicting = 'larger-volume' } = parameters;
  requireOneOf(NAME, 'conflicting', conflicting, ['refuse', 'first', 'last', 'larger-volume']);
  return {
    name: NAME,
    needs: ['order'],
    follows: ['impossible', 'grid'],
    run(bars, { ledger }) {
      const { start } = bars.columns;
      const reasons = new Map<number, string>();
      for (let row = 1; row < bars.rows; row++) {
        if (start[row] !== start[row - 1]) continue;
        const first = row - 1;
        while (row < bars.rows && start[row] === start[first]) row++;
        judge(bars, first, row, conflicting, reasons);
      }
      const dropped = [...reasons.keys()].sort((a, b) => a - b);
      dropRows(bars, ledger, NAME, dropped, (row) => reasons.get(row)!);
    },
  };
}

/** Finds which of the rows of one start go, and why. */
function judge(
  bars: WorkingBars,
  first: number,
  end: number,
  policy: NonNullable<DuplicatesParameters['conflicting']>,
  reasons: Map<number, string>,
): void {
  const { lines, columns } = bars;
  const known = new Map<string, number>();
  let kept = first;
  for (let row = first; row < end; row++) {
    const values = BAR_FIELDS.map((field) => columns[field][row]).join();
    const twin = known.get(values);
    if (twin !== undefined) reasons.set(row, `repeats line ${lines[twin]}`);
    else known.set(values, row);
    if (twin !== undefined || row === first) continue;
    if (policy === 'refuse') throw conflict(bars, kept, row);
    const moreVolume = columns.volume[row]! >= columns.volume[kept]!;
    const goes = policy === 'last' || (policy === 'larger-volume' && moreVolume) ? kept : row;
    if (goes === kept) kept = row;
    reasons.set(goes, '');
  }
  const why = policy === 'larger-volume' ? 'has the larger volume' : `is the ${policy} in the file`;
  for (let row = first; row < end; row++) {
    if (reasons.get(row) === '') reasons.set(row, `differs from line ${lines[kept]}, which ${why}`);
  }
}

function conflict({ file, lines, columns }: WorkingBars, one: number, other: number): DataError {
  const time = isoTime(columns.start[one]! as Timestamp);
  const message = `${file} has different rows for ${time}, lines ${lines[one]} and ${lines[other]}`;
  const remedy = 'remove one, or set conflicting of the step "duplicates" to first, last or larger-volume';
  return new DataError('CLEANING_CONFLICT', `${message}; ${remedy}`, { file, line: lines[one], other: lines[other] });
}
