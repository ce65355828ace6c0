/**
 * Load B1: 46 symbols × 26,000 quarter-hour bars, defined with integers only, so that any program makes the same bits. Sessions
 * are plain weekdays of 26 bars from 14:30 UTC, from Monday 2021-01-04 on.
 */
import {
  type BarHistory,
  type Bars,
  barGrid,
  DAY_MS,
  emptyBars,
  MINUTE_MS,
  type Session,
  sessionDay,
  stock,
  type TradingCalendar,
  type Universe,
  universe,
  weekdayCalendar,
} from '@tradekit/core';

export const B1_SYMBOLS = 46;
export const B1_BARS = 26_000;
const BARS_IN_SESSION = 26;

/** Weekdays of 26 quarter hours: B1's own calendar. */
export const b1Calendar: TradingCalendar = weekdayCalendar({
  name: 'weekdays',
  openMinuteUtc: 14 * 60 + 30,
  minutes: 15 * BARS_IN_SESSION,
});

/** mulberry32 as 32-bit unsigned integers. */
function generator(seed: number): () => number {
  let a = seed | 0;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let x = Math.imul(a ^ (a >>> 15), 1 | a);
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x;
    return (x ^ (x >>> 14)) >>> 0;
  };
}

/** The universe of B1, `S00` to `S45`. */
function b1Universe(symbols: number = B1_SYMBOLS): Universe {
  return universe(Array.from({ length: symbols }, (_, s) => stock(`S${String(s).padStart(2, '0')}`)));
}

/** The market of B1, or the first bars of it. `bars` is a multiple of 26. */
export function b1History(bars: number = B1_BARS, symbols: number = B1_SYMBOLS): BarHistory {
  const columns = emptyBars(bars * symbols);
  for (let s = 0; s < symbols; s++) fillSymbol(columns, s, bars, symbols);
  const sessions = firstSessions(bars / BARS_IN_SESSION);
  const official = new Float64Array(sessions.length * symbols).fill(Number.NaN);
  return { universe: b1Universe(symbols), ...barGrid(sessions, 15 * MINUTE_MS), bars: columns, official };
}

function fillSymbol({ open, high, low, close, volume }: Bars, s: number, bars: number, symbols: number): void {
  const u = generator(1000 + s);
  let price = 5000 + (u() % 25_000);
  for (let i = 0; i < bars; i++) {
    const cell = i * symbols + s;
    const opening = Math.max(100, price + (u() % 5) - 2);
    const width = Math.max(1, Math.floor(opening / 2000));
    const closing = Math.max(100, opening + (u() % (8 * width + 1)) - 4 * width);
    high[cell] = (Math.max(opening, closing) + (u() % (2 * width + 1))) / 100;
    low[cell] = Math.max(1, Math.min(opening, closing) - (u() % (2 * width + 1))) / 100;
    volume[cell] = 100 + (u() % 50_000);
    open[cell] = opening / 100;
    close[cell] = closing / 100;
    price = closing;
  }
}

function firstSessions(count: number): readonly Session[] {
  const first = Date.UTC(2021, 0, 4) / DAY_MS;
  return b1Calendar.sessions(sessionDay(first), sessionDay(first + count * 2)).slice(0, count);
}
