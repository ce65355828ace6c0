/** A history put together of one instrument's bars after another, whatever store or file they come from. */
import {
  type BarFeed,
  type BarHistory,
  DataError,
  isoDate,
  isoTime,
  MINUTE_MS,
  type PriceAdjustment,
  type SessionDay,
  type Timestamp,
  type TradingCalendar,
  type Universe,
  universe,
} from '@tradekit/core';
import { type BarColumns, mapColumns } from './csv/columns.js';
import { HistoryTable } from './history-table.js';
import { datedActions } from './instruments/actions.js';
import { tradableRows } from './instruments/adjust.js';
import { checkInstruments, type InstrumentRecord, instrumentOf, lastDay, symbolOf } from './instruments/record.js';

/** From when to when bars are wanted, and what they are. */
export interface BarRange {
  readonly calendar: TradingCalendar;
  /** First and last date of the range, both included. */
  readonly start: SessionDay;
  readonly end: SessionDay;
  /** Length of the bars in minutes. Default 15. */
  readonly barMinutes?: number;
  /** Whose trades the bars are made of: a part of the data's identity and of its hash. Default `unknown`. */
  readonly feed?: BarFeed;
  /** What has been taken out of the prices already. Default `split`. */
  readonly adjusted?: PriceAdjustment;
}

/** Takes the bars of instruments one by one, leaves out what none of them may be traded in, and makes a history of the rest. */
export class HistoryAssembly {
  /** Instruments that may be traded in the range, in the order of the universe. */
  readonly records: readonly InstrumentRecord[];
  readonly #universe: Universe;
  readonly #table: HistoryTable;
  readonly #range: BarRange;
  readonly #leftOut: string[] = [];
  readonly #excluded: readonly string[];

  /** Throws `ConfigError` on records that cannot be meant, `DataError` `NO_SESSIONS` and `NO_INSTRUMENT`. */
  constructor(records: readonly InstrumentRecord[], range: BarRange) {
    checkInstruments(records);
    const { calendar, start, end, barMinutes = 15 } = range;
    const sessions = calendar.sessions(start, end);
    if (sessions.length === 0) {
      const message = `the calendar ${calendar.name} has no session from ${isoDate(start)} to ${isoDate(end)}; widen the range`;
      throw new DataError('NO_SESSIONS', message, { start: isoDate(start), end: isoDate(end) });
    }
    const tradable = records.filter((record) => isIn(record, start, end));
    if (tradable.length === 0) {
      const message = `no instrument may be traded from ${isoDate(start)} to ${isoDate(end)}; move the range, or correct the dates of the instruments`;
      throw new DataError('NO_INSTRUMENT', message, { start: isoDate(start), end: isoDate(end) });
    }
    this.#excluded = records.filter((record) => !isIn(record, start, end)).map(({ id }) => id);
    this.#range = range;
    this.#universe = universe(tradable.map(instrumentOf));
    this.records = [...tradable].sort((a, b) => this.#universe.index(a.id) - this.#universe.index(b.id));
    this.#table = new HistoryTable(this.#universe, sessions, barMinutes * MINUTE_MS);
  }

  /**
   * Takes the bars of an instrument, `rows` of them, ascending; answers how many are in the history. `place` names them in
   * messages. Throws `DataError` `BAR_OFF_SESSION`, and `NO_BARS` when none lies in the regular hours of the range.
   */
  add(record: InstrumentRecord, columns: BarColumns, rows: number, place: string): number {
    const all = cut(columns, 0, rows);
    const { from, to } = tradableRows(all, record);
    if (from > 0 || to < rows) this.#leftOut.push(leftOut(record, from, rows - to));
    const own = cut(columns, from, to);
    const bars = this.#table.place(this.#universe.index(record.id), own, to - from, place);
    if (bars === 0) throw this.#noBars(all, place);
    return bars;
  }

  /** The history of the sessions that the bars cover. */
  finish(): BarHistory {
    const { feed = 'unknown', adjusted = 'split' } = this.#range;
    const history = this.#table.finish();
    return { ...history, feed, adjusted, actions: datedActions(this.records, history, adjusted) };
  }

  /** Sentences for the user. A made market was not chosen. */
  warnings(isSynthetic: boolean): readonly string[] {
    const found: string[] = [];
    if (this.#excluded.length > 0) found.push(`not tradable in the range, and left out: ${this.#excluded.join(', ')}`);
    if (this.#leftOut.length > 0) {
      found.push(`bars of days on which their instrument may not be traded were left out: ${this.#leftOut.join(', ')}`);
    }
    const undated = this.records.filter(({ from }) => from === undefined).length;
    if (undated > 0 && !isSynthetic) {
      const which = `${undated} of ${this.records.length} symbols ${undated === 1 ? 'has' : 'have'}`;
      found.push(
        `${which} no date from which it was on the list: chosen knowing how things went, which makes a backtest look better than trading was`,
      );
    }
    return found;
  }

  #noBars({ start }: BarColumns, place: string): DataError {
    const date = (row: number): string => isoTime(start[row] as Timestamp).slice(0, 10);
    const range = `${isoDate(this.#range.start)} to ${isoDate(this.#range.end)}`;
    const has = start.length === 0 ? 'it is empty' : `it has ${date(0)} to ${date(start.length - 1)}`;
    const what = `${place} has no bar in the regular hours of ${range}; ${has}`;
    return new DataError('NO_BARS', `${what}; move the range or leave the symbol out`, {
      file: place,
      start: isoDate(this.#range.start),
      end: isoDate(this.#range.end),
    });
  }
}

/** The symbols whose bars an instrument's are, the newest last, with the first day of each but the first. */
export function symbolsOf(
  record: InstrumentRecord,
): readonly { readonly symbol: string; readonly since?: SessionDay }[] {
  const renames = [...(record.renames ?? [])].sort((a, b) => a.date - b.date);
  const names = [...renames.map(({ from }) => from), symbolOf(record)];
  return names.map((symbol, place) => {
    const since = renames[place - 1]?.date;
    return since === undefined ? { symbol } : { symbol, since };
  });
}

function isIn(record: InstrumentRecord, start: SessionDay, end: SessionDay): boolean {
  return (record.from ?? start) <= end && (lastDay(record) ?? end) >= start;
}

function leftOut({ id, from }: InstrumentRecord, before: number, after: number): string {
  const parts: string[] = [];
  if (before > 0 && from !== undefined) parts.push(`${before} before ${isoDate(from)}`);
  if (after > 0) parts.push(`${after} after its end`);
  return `${id} (${parts.join(', ')})`;
}

function cut(columns: BarColumns, from: number, to: number): BarColumns {
  return mapColumns(columns, (column) => column.subarray(from, to));
}
