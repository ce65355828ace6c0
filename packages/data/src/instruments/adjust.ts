/** Prices and volumes with corporate actions taken out, for reading; a run trades in each day's own units instead. */
import { ConfigError, newYorkDay, type PriceAdjustment, type SessionDay, type Timestamp } from '@tradekit/core';
import type { BarColumns } from '../csv/columns.js';
import type { InstrumentRecord } from './record.js';

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
  const adjusted = copyOf(bars);
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
  const { splits = [], dividends = [], spinOffs = [] } = record;
  const found: Taken[] = [];
  if (from === 'raw' && to !== 'raw') found.push(...splits.map(({ date, ratio }) => ({ date, ratio, perShare: 0 })));
  if (to === 'total-return' && from !== 'total-return') {
    const open = spinOffs.filter(({ adjusted }) => adjusted !== true);
    found.push(...[...dividends, ...open].map(({ date, perShare }) => ({ date, ratio: 1, perShare })));
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

function copyOf({ start, open, high, low, close, volume }: BarColumns): BarColumns {
  return {
    start: start.slice(),
    open: open.slice(),
    high: high.slice(),
    low: low.slice(),
    close: close.slice(),
    volume: volume.slice(),
  };
}
