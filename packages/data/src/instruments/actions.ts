/** The corporate actions that happen during a run, in the units of its prices. */
import {
  type BarHistory,
  type CorporateAction,
  type DatedAction,
  type InstrumentIndex,
  newYorkDay,
  type PriceAdjustment,
  type SessionDay,
  type Timestamp,
} from '@tradekit/core';
import { sharesSince } from './adjust.js';
import { distributionsOf, type InstrumentRecord, lastDay } from './record.js';

/**
 * What happens to shares within a history and has not been taken out of its prices, in the order in which it is played: splits
 * for `raw`; dividends and spin-offs, in cash, for `raw` and `split`; nothing of both for `total-return`. An instrument that
 * may not be traded any more is paid out the session after: at its delisting's price, else at its last close. A fraction of a
 * share after a split is paid at the first open with the new shares.
 */
export function datedActions(
  records: readonly InstrumentRecord[],
  history: BarHistory,
  adjusted: PriceAdjustment,
): readonly DatedAction[] {
  const first = history.sessions[0]!.day;
  const last = history.sessions.at(-1)!.day;
  const found: DatedAction[] = [];
  for (const record of records) {
    const { id, splits = [] } = record;
    const instrument = history.universe.index(id);
    const add = (session: SessionDay, action: CorporateAction): void => {
      // What takes effect with the first session happened to nobody's position.
      if (session > first && session <= last) found.push({ session, instrument: id, action });
    };
    if (adjusted === 'raw') {
      for (const { date, ratio } of splits) {
        const cashInLieu = firstOpen(history, instrument, date);
        if (ratio !== 1) add(date, { type: 'split', ratio, cashInLieu });
      }
    }
    if (adjusted !== 'total-return') {
      for (const { date, perShare } of distributionsOf(record)) {
        add(date, { type: 'dividend', perShare: adjusted === 'raw' ? perShare : perShare / sharesSince(record, date) });
      }
    }
    const end = lastDay(record);
    const next = end === undefined ? undefined : history.sessions.find(({ day }) => day > end)?.day;
    const price = record.delisted?.perShare ?? lastClose(history, instrument);
    if (next !== undefined && !Number.isNaN(price)) add(next, { type: 'delisted', perShare: price });
  }
  // Splits first: the dividends of a day are paid on its own shares.
  return found.sort((a, b) => a.session - b.session || order(a.action) - order(b.action));
}

function order({ type }: CorporateAction): number {
  return type === 'split' ? 0 : type === 'dividend' ? 1 : 2;
}

function firstOpen({ starts, bars, universe }: BarHistory, instrument: InstrumentIndex, day: SessionDay): number {
  for (let row = 0; row < starts.length; row++) {
    const open = bars.open[row * universe.size + instrument]!;
    if (!Number.isNaN(open) && newYorkDay(starts[row] as Timestamp) >= day) return open;
  }
  return 0;
}

function lastClose({ starts, bars, universe }: BarHistory, instrument: InstrumentIndex): number {
  for (let row = starts.length - 1; row >= 0; row--) {
    const close = bars.close[row * universe.size + instrument]!;
    if (!Number.isNaN(close)) return close;
  }
  return Number.NaN;
}
