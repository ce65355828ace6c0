import {
  type BarHistory,
  barGrid,
  emptyBars,
  MINUTE_MS,
  sessionDay,
  stock,
  type TradingCalendar,
  universe,
  weekdayCalendar,
} from '@tradekit/core';
import { SESSION_BARS, SESSION_MINUTES } from '../base/lengths.js';

/**
 * What kind of prices a market of the contract has: `clean` ones near 100 dollars; `constant`; `one-tick`, where every move is one cent
 * or none; `million`, as clean at a million dollars; `zero-volume`, clean and nothing traded.
 */
export type MarketKind = 'clean' | 'constant' | 'one-tick' | 'million' | 'zero-volume';

const SECTORS = ['Energy', 'Energy', 'Financials', 'Financials', undefined];
/** Sessions of the contract's markets: weekdays of 26 quarter hours from 14:30 UTC. */
export const contractCalendar: TradingCalendar = weekdayCalendar({
  name: 'contract',
  openMinuteUtc: 14 * 60 + 30,
  minutes: SESSION_MINUTES,
});

/** mulberry32: whole numbers of 32 bits from a seed. */
function generator(seed: number): () => number {
  let a = seed | 0;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let x = Math.imul(a ^ (a >>> 15), 1 | a);
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x;
    return (x ^ (x >>> 14)) >>> 0;
  };
}

/**
 * A market of five instruments, two sectors of two and one without a sector, in sessions of 26 quarter hours: at least `rows` rows. Made with
 * whole numbers only: the same bits on every machine.
 */
export function contractMarket(kind: MarketKind, rows: number): BarHistory {
  const count = Math.ceil(rows / SESSION_BARS);
  const first = Math.floor(Date.UTC(2024, 0, 1) / 86_400_000);
  const sessions = contractCalendar.sessions(sessionDay(first), sessionDay(first + 2 * count + 7)).slice(0, count);
  const size = SECTORS.length;
  const bars = emptyBars(count * SESSION_BARS * size);
  const scale = kind === 'million' ? 10_000 : 1;
  for (let i = 0; i < size; i++) {
    const u = generator(7 + i);
    const move = (width: number): number => (kind === 'constant' ? 0 : ((u() % (2 * width + 1)) - width) * scale);
    let price = (9_000 + 500 * i) * scale;
    for (let row = 0; row < count * SESSION_BARS; row++) {
      const cell = row * size + i;
      const wide = kind === 'one-tick' ? 1 : 40;
      // Pulled back to where it began, so that prices stay above zero in a market of any length.
      const pull =
        Math.sign((9_000 + 500 * i) * scale - price) * (kind === 'one-tick' || kind === 'constant' ? 0 : scale);
      const open = kind === 'one-tick' ? price : price + move(5);
      let close = open + move(wide) + pull;
      if (kind === 'one-tick' && Math.abs(close - (9_000 + 500 * i)) > 3) close = open;
      bars.open[cell] = open / 100;
      bars.close[cell] = close / 100;
      bars.high[cell] = (Math.max(open, close) + (kind === 'one-tick' ? 0 : Math.abs(move(9)))) / 100;
      bars.low[cell] = (Math.min(open, close) - (kind === 'one-tick' ? 0 : Math.abs(move(9)))) / 100;
      bars.volume[cell] = kind === 'zero-volume' ? 0 : 100 + (u() % 50_000);
      price = close;
    }
  }
  return {
    universe: universe(SECTORS.map((sector, i) => stock(`C${i}`, sector))),
    ...barGrid(sessions, 15 * MINUTE_MS),
    bars,
    official: new Float64Array(count * size).fill(Number.NaN),
  };
}
