/** Prices and volumes with corporate actions taken out, for reading; a run trades in each day's own units instead. */
import { ConfigError, newYorkDay, type PriceAdjustment, type SessionDay, type Timestamp } from '@tradekit/core';
import { type BarColumns, mapColumns } from '../csv/columns.js';
import { distributionsOf, type InstrumentRecord, lastDay } from './record.js';

/** What the prices of some bars have had taken out, and what they are to have. */
export interface AdjustOptions {
  /** What has been taken out already. */
  readonly from: PriceAdjustment;
  /** What is to be taken out in all. */
  readonly to: PriceAdjustment;
  /** Only what was known on this day: later actions are left in. Default: everything that the record has. */
  readonly asOf?: SessionDay;
}

/** How far an adjustment has gone: each step takes out more. */
const STEPS: readonly PriceAdjustment[] = ['raw', 'split', 'total-return'];

/**
 * The bars as holders of today's shares would have seen them. A split of ratio r divides the prices before it by r and
 * multiplies the volumes by it. A distribution D (a dividend, a spin-off) multiplies the prices before it by 1 − D ÷ P, with P
 * the last close before its date (the method of the Center for Research in Security Prices), and leaves volumes as they are;
 * where the bars have no close before it there is nothing to adjust. The bars given stay as they are.
 *
 * Throws `ConfigError` when more would have to be put back than taken out (`from: 'split', to: 'raw'`), or when a distribution is
 * not smaller than the price before it.
 */
export function adjustBars(bars: BarColumns, record: InstrumentRecord, options: AdjustOptions): BarColumns {
  const { from, to, asOf = Number.POSITIVE_INFINITY } = options;
  if (STEPS.indexOf(to) < STEPS.indexOf(from)) {
    throw new ConfigError(
      'ADJUSTMENT',
      `bars adjusted "${from}" cannot be read as "${to}"; keep the files as they were`,
    );
  }
  const taken = takenOut(record, from, to).filter(({ date }) => date <= asOf);
  const adjusted = mapColumns(bars, (column) => column.slice());
  for (const action of taken) applyBefore(bars, adjusted, action, record, from);
  return adjusted;
}

interface Taken {
  readonly date: SessionDay;
  /** New shares for an old one; 1 for a distribution. */
  readonly ratio: number;
  /** Dollars of that day's shares. */
  readonly perShare: number;
}

function takenOut(record: InstrumentRecord, from: PriceAdjustment, to: PriceAdjustment): readonly Taken[] {
  const { splits = [] } = record;
  const found: Taken[] = [];
  if (from === 'raw' && to !== 'raw') found.push(...splits.map(({ date, ratio }) => ({ date, ratio, perShare: 0 })));
  if (to === 'total-return' && from !== 'total-return') {
    found.push(...distributionsOf(record).map(({ date, perShare }) => ({ date, ratio: 1, perShare })));
  }
  return found.sort((a, b) => a.date - b.date);
}

/** New shares of later days for one share of a day: the product of the ratios of the splits after it. */
export function sharesSince({ splits = [] }: InstrumentRecord, date: SessionDay): number {
  return splits.reduce((product, split) => (split.date > date ? product * split.ratio : product), 1);
}

function sharesOn({ splits = [] }: InstrumentRecord, date: SessionDay): number {
  return splits.find((split) => split.date === date)?.ratio ?? 1;
}

function applyBefore(
  bars: BarColumns,
  adjusted: BarColumns,
  { date, ratio, perShare }: Taken,
  record: InstrumentRecord,
  from: PriceAdjustment,
): void {
  const rows = rowsBefore(bars, date);
  if (rows === 0) return;
  let factor = 1 / ratio;
  if (perShare > 0) {
    const close = bars.close[rows - 1]!;
    // In the shares of the price before: of the day before, or of today where splits have been taken out.
    const amount = from === 'raw' ? perShare * sharesOn(record, date) : perShare / sharesSince(record, date);
    if (!(amount < close)) {
      const message = `"${record.id}" hands out ${amount} a share, and its close before was ${close}; correct the amount`;
      throw new ConfigError('ADJUSTMENT', message, { id: record.id });
    }
    factor = 1 - amount / close;
  }
  for (const column of [adjusted.open, adjusted.high, adjusted.low, adjusted.close]) {
    for (let row = 0; row < rows; row++) column[row] = column[row]! * factor;
  }
  if (ratio !== 1) for (let row = 0; row < rows; row++) adjusted.volume[row] = adjusted.volume[row]! * ratio;
}

/** The bars of the days on which an instrument may be traded: `from` up to, not including, `to`. */
export function tradableRows(
  columns: BarColumns,
  record: InstrumentRecord,
): { readonly from: number; readonly to: number } {
  const last = lastDay(record);
  const from = record.from === undefined ? 0 : rowsBefore(columns, record.from);
  return { from, to: last === undefined ? columns.start.length : rowsBefore(columns, (last + 1) as SessionDay) };
}

/** How many of the first `rows` bars lie on New York dates before a day. */
export function rowsBefore({ start }: BarColumns, day: SessionDay, rows: number = start.length): number {
  let low = 0;
  let high = rows;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (newYorkDay(start[middle] as Timestamp) < day) low = middle + 1;
    else high = middle;
  }
  return low;
}
