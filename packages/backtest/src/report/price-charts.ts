import type { BarHistory, InstrumentIndex } from '@tradekit/core';
import { type Html, html, jsonScript } from '@tradekit/core/html';
import { orderRoles } from '../result/codes.js';
import type { RunResult } from '../result/run-result.js';

/** Most round trips of a symbol that are drawn: the latest. */
const MOST = 300;

/**
 * A chart of the closes of one symbol at a time with its round trips: entry, exit, and the stop between them. The page's script
 * draws it; the data stand beside it.
 */
export function priceCharts(result: RunResult, market: BarHistory | undefined): Html {
  if (market === undefined) return html`<p class="none">The bars of the run are not at hand.</p>`;
  const traded = [...new Set(result.trades.map(({ instrument }) => instrument))];
  if (traded.length === 0) return html`<p class="none">No round trip was closed.</p>`;
  const symbols = traded
    .map((instrument) => ({ instrument, id: market.universe.instruments[instrument]!.id }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  return html`<p><label>Symbol <select id="symbol">${symbols.map(({ id }) => html`<option>${id}</option>`)}</select></label></p>
<div id="price" class="chart"></div>
<p class="note">Closes of the sessions. ▲ long and ▼ short entries, ✕ exits, the stop as a line between them; at most the latest ${MOST} round trips of a symbol.</p>
${jsonScript('prices', {
  ends: market.sessions.map((_, session) => Math.round(market.ends[market.firstRow[session + 1]! - 1]! / 1000)),
  symbols: Object.fromEntries(
    symbols.map(({ id, instrument }) => [
      id,
      { closes: closesOf(market, instrument), trips: tripsOf(result, instrument) },
    ]),
  ),
})}`;
}

function closesOf({ sessions, universe, firstRow, bars }: BarHistory, instrument: number): readonly (number | null)[] {
  return sessions.map((_, session) => {
    for (let row = firstRow[session + 1]! - 1; row >= firstRow[session]!; row--) {
      const close = bars.close[row * universe.size + instrument]!;
      if (!Number.isNaN(close)) return cents(close);
    }
    return null;
  });
}

/** `[entry time, entry price, exit time, exit price, direction, stop or null]` of each round trip, times in seconds. */
function tripsOf({ trades, orders }: RunResult, instrument: InstrumentIndex): readonly (readonly (number | null)[])[] {
  const stops = new Map<number, { readonly time: number; readonly stop: number }[]>();
  const isStop = orderRoles.indexOf('stop');
  for (let k = 0; k < orders.length; k++) {
    if (orders.instrument[k] !== instrument || orders.role[k] !== isStop) continue;
    const strategy = orders.strategy[k]!;
    const list = stops.get(strategy) ?? [];
    stops.set(strategy, list);
    list.push({ time: orders.time[k]!, stop: orders.stopPrice[k]! });
  }
  return trades
    .filter((trade) => trade.instrument === instrument)
    .slice(-MOST)
    .map(({ strategy, entryTime, entryPrice, exitTime, exitPrice, direction }) => {
      // The last stop that was sent for it; a leg of a bracket is sent before its entry is filled.
      const stop = stops.get(strategy)?.findLast(({ time }) => time <= exitTime && time >= entryTime - DAY_MS)?.stop;
      return [
        Math.round(entryTime / 1000),
        cents(entryPrice),
        Math.round(exitTime / 1000),
        cents(exitPrice),
        direction,
        stop === undefined || Number.isNaN(stop) ? null : cents(stop),
      ];
    });
}

const DAY_MS = 86_400_000;

function cents(price: number): number {
  return Math.round(price * 1000) / 1000;
}
