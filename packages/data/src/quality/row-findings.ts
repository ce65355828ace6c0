/** The findings of the cleaning steps: what they would repair, row by row. The rules themselves are theirs. */
import { FIRST_NEW_YORK_YEAR, isoTime, LAST_NEW_YORK_YEAR, newYorkText, type Timestamp } from '@tradekit/core';
import { badPrintsStep } from '../clean/bad-prints.js';
import type { CleanedBars } from '../clean/clean.js';
import { duplicatesStep } from '../clean/duplicates.js';
import { frozenStep } from '../clean/frozen.js';
import { gridStep } from '../clean/grid.js';
import { impossibleStep } from '../clean/impossible.js';
import type { Repair } from '../clean/ledger.js';
import { orderStep } from '../clean/order.js';
import type { CleaningStep } from '../clean/step.js';
import { unfinishedStep } from '../clean/unfinished.js';
import type { BarColumns } from '../csv/columns.js';
import { excerptAt } from './excerpt.js';
import { type Finding, type FindingCode, finding } from './finding.js';

/**
 * The steps that the doctor runs: the standard ones with their default limits. Doubtful bars are flagged and stay. The step for the hours
 * of the day is left out, because bars at odd hours tell a wrong zone; lost bars are looked for beside the other files.
 */
export const examinationSteps: readonly CleaningStep[] = [
  impossibleStep(),
  gridStep(),
  orderStep(),
  duplicatesStep(),
  unfinishedStep({ action: 'flag' }),
  frozenStep(),
  badPrintsStep(),
];

const CODES: Readonly<Record<string, FindingCode>> = {
  parse: 'BAD_ROW',
  impossible: 'IMPOSSIBLE_BAR',
  grid: 'OFF_GRID',
  order: 'OUT_OF_ORDER',
  unfinished: 'UNFINISHED',
};

/** Bad prints of a file that carry the bars around them, the farthest out; and frozen runs. */
const MOST_EXCERPTS = 8;

/** Everything that the steps wrote into the ledger, as findings. */
export function rowFindings({ ledger, columns }: CleanedBars): readonly Finding[] {
  const of = (rule: string): readonly Repair[] => ledger.filter((repair) => repair.rule === rule);
  const plain = ledger.flatMap((repair) => {
    const code = CODES[repair.rule];
    return code === undefined ? [] : [plainFinding(code, repair)];
  });
  return [
    ...plain,
    ...of('duplicates').map((repair) => duplicateFinding(columns, repair)),
    ...frozenFindings(columns, of('frozen')),
    ...badPrintFindings(columns, of('bad-prints')),
  ];
}

function plainFinding(code: FindingCode, { line, start, reason, text }: Repair): Finding {
  const evidence = text === '' ? { line } : { line, text };
  return finding(code, clock(start), `line ${line}: ${reason}`, evidence);
}

/** Identical to the row that stayed, or not. */
function duplicateFinding(columns: BarColumns, { line, start, before, reason }: Repair): Finding {
  const row = rowOf(columns, start);
  const same = (['open', 'high', 'low', 'close', 'volume'] as const).every(
    (field) => before?.[field] === columns[field][row],
  );
  const text = `line ${line} ${reason}${same ? '' : '; decide which one is right'}`;
  return finding(same ? 'DUPLICATE' : 'CONFLICTING_DUPLICATE', clock(start), text, { line });
}

/** One finding for a run; the ledger has an entry for each of its bars. */
function frozenFindings(columns: BarColumns, repairs: readonly Repair[]): readonly Finding[] {
  const firsts = repairs.filter(({ reason }, place) => reason !== repairs[place - 1]?.reason);
  return firsts.map(({ line, start, reason, before }, place) => {
    const bars = repairs.filter((repair) => repair.reason === reason).length;
    const excerpt = place < MOST_EXCERPTS ? excerptAt(columns, rowOf(columns, start)) : undefined;
    return finding(
      'FROZEN',
      clock(start),
      `${reason}: the feed repeated its last word`,
      { line, bars, close: before?.close ?? Number.NaN },
      excerpt,
    );
  });
}

function badPrintFindings(columns: BarColumns, repairs: readonly Repair[]): readonly Finding[] {
  const prints = repairs.map((repair) => {
    const row = rowOf(columns, repair.start);
    return { repair, row, wickFraction: wickFraction(columns, row) };
  });
  const farthest = new Set([...prints].sort((a, b) => b.wickFraction - a.wickFraction).slice(0, MOST_EXCERPTS));
  return prints.map((print) => {
    const { repair, row } = print;
    const evidence = {
      line: repair.line,
      high: columns.high[row]!,
      low: columns.low[row]!,
      wickFraction: print.wickFraction,
    };
    const excerpt = farthest.has(print) ? excerptAt(columns, row) : undefined;
    return finding('BAD_PRINT', clock(repair.start), repair.reason, evidence, excerpt);
  });
}

/** How far a bar goes beyond both the close before and the open after it, as a fraction of them. */
function wickFraction({ open, high, low, close }: BarColumns, row: number): number {
  const before = close[row - 1] ?? open[row]!;
  const after = open[row + 1] ?? close[row]!;
  return Math.max(high[row]! / Math.max(before, after) - 1, 1 - low[row]! / Math.min(before, after));
}

/** The row that starts at a time, or the first after it. */
function rowOf({ start }: BarColumns, time: number): number {
  let low = 0;
  let high = start.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (start[middle]! < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** New York time where it is known, else UTC; empty where no stamp could be read. */
function clock(start: number): string {
  if (!Number.isFinite(start)) return '';
  const year = new Date(start).getUTCFullYear();
  const known = year > FIRST_NEW_YORK_YEAR && year < LAST_NEW_YORK_YEAR;
  return known ? newYorkText(start as Timestamp) : isoTime(start as Timestamp);
}
