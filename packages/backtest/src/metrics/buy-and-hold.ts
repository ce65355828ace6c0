import { type BarHistory, ConfigError, type InstrumentIndex } from '@tradekit/core';
import type { Benchmark } from './benchmark.js';

/**
 * The returns of buying and holding, free of cost: of one instrument, or of the whole universe with equal dollars in each.
 * Every instrument is bought at its first open and never rebalanced; until then, and after a delisting, its dollars are cash. A
 * session without a price keeps the last one; splits and dividends of the history count, dividends as cash. Throws
 * `ConfigError` when there is no such instrument.
 */
export function buyAndHold(market: BarHistory, symbol?: string): Benchmark {
  const { universe, sessions } = market;
  const instruments = symbol === undefined ? universe.instruments.map(({ id }) => id) : [symbol];
  if (universe.size === 0) throw new ConfigError('BENCHMARK_EMPTY', 'there is no instrument to hold; list one', {});
  const total = new Float64Array(sessions.length);
  for (const id of instruments) {
    const values = valuesOf(market, universe.index(id));
    for (let k = 0; k < total.length; k++) total[k] = total[k]! + values[k]!;
  }
  const returns = total.map((value, k) => value / (k === 0 ? instruments.length : total[k - 1]!) - 1);
  return { name: symbol === undefined ? 'equal weights bought and held' : `${symbol} bought and held`, returns };
}

/** What one dollar in an instrument is worth at each session's close. */
function valuesOf(market: BarHistory, instrument: InstrumentIndex): Float64Array {
  const { sessions, universe } = market;
  const values = new Float64Array(sessions.length);
  const due = (market.actions ?? [])
    .filter((action) => universe.index(action.instrument) === instrument)
    .sort((a, b) => a.session - b.session);
  let cash = 1;
  let shares = 0;
  let close = Number.NaN;
  let done = 0;
  for (const [session, { day }] of sessions.entries()) {
    for (; done < due.length && due[done]!.session <= day; done++) {
      const { action } = due[done]!;
      if (action.type === 'split') {
        shares *= action.ratio;
        close /= action.ratio;
      } else cash += shares * action.perShare;
      if (action.type === 'delisted') shares = 0;
    }
    const price = closeOf(market, instrument, session);
    if (!Number.isNaN(price)) {
      if (Number.isNaN(close)) {
        shares = cash / firstOpen(market, instrument, session);
        cash = 0;
      }
      close = price;
    }
    values[session] = shares === 0 ? cash : cash + shares * close;
  }
  return values;
}

/** Official close of a session, else the last close; NaN where nobody traded. */
function closeOf({ official, universe, firstRow, bars }: BarHistory, instrument: number, session: number): number {
  let price = official[session * universe.size + instrument]!;
  for (let row = firstRow[session + 1]! - 1; Number.isNaN(price) && row >= firstRow[session]!; row--) {
    price = bars.close[row * universe.size + instrument]!;
  }
  return price;
}

/** First open of a session in which somebody traded. */
function firstOpen({ universe, firstRow, bars }: BarHistory, instrument: number, session: number): number {
  let row = firstRow[session]!;
  while (Number.isNaN(bars.open[row * universe.size + instrument]!)) row += 1;
  return bars.open[row * universe.size + instrument]!;
}
