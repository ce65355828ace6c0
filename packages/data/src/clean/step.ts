/** What a cleaning is made of. */
import type { TradingCalendar } from '@tradekit/core';
import { type DayRows, dayRows } from './days.js';
import type { Gap } from './gaps.js';
import type { LedgerWriter } from './ledger.js';
import type { WorkingBars } from './working-bars.js';

/** One step of a cleaning. It holds no state between files. */
export interface CleaningStep {
  /** Also the `rule` of its repairs. */
  readonly name: string;
  /** Steps that must have run before it. */
  readonly needs?: readonly string[];
  /** Steps that, where they are in the list at all, must have run before it. */
  readonly follows?: readonly string[];
  /** Changes the bars in place and writes every change into the ledger. */
  run(bars: WorkingBars, context: CleaningContext): void;
}

/** What a step knows besides the bars. */
export interface CleaningContext {
  readonly calendar: TradingCalendar;
  /** Length of the bars in minutes. */
  readonly barMinutes: number;
  readonly ledger: LedgerWriter;
  /** Gaps that were found and left. */
  readonly gaps: Gap[];
  /** The rows by day. The starts must ascend. */
  days(bars: WorkingBars): readonly DayRows[];
}

/** The context of the cleaning of one file. */
export function cleaningContext(calendar: TradingCalendar, barMinutes: number): CleaningContext {
  let version = -1;
  let days: readonly DayRows[] = [];
  return {
    calendar,
    barMinutes,
    ledger: { entries: [] },
    gaps: [],
    days(bars) {
      if (version !== bars.version) days = dayRows(bars.columns.start, bars.rows, calendar);
      version = bars.version;
      return days;
    },
  };
}
