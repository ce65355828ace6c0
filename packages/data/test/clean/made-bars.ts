/** Bars written by hand, and what a cleaning did to them in few words. */
import { isoTime, type Timestamp } from '@tradekit/core';
import type { BarColumns, CleanedBars, Repair } from '../../src/index.js';

/** Start in UTC as `2021-01-04 14:30`, open, high, low, close, volume. */
export type MadeBar = readonly [string, number, number, number, number, number];

export function columnsOf(bars: readonly MadeBar[]): BarColumns {
  const column = (place: 1 | 2 | 3 | 4 | 5): Float64Array => Float64Array.from(bars, (bar) => bar[place]);
  const start = Float64Array.from(bars, ([time]) => Date.parse(`${time.replace(' ', 'T')}Z`));
  return { start, open: column(1), high: column(2), low: column(3), close: column(4), volume: column(5) };
}

const timeText = (start: number): string =>
  isoTime(start as Timestamp)
    .slice(0, 16)
    .replace('T', ' ');

/** The bars that are left. */
export function barsOf({ columns: { start, open, high, low, close, volume } }: CleanedBars): MadeBar[] {
  return [...start].map((time, row) => {
    const [o, h, l, c, v] = [open, high, low, close, volume].map((column) => column[row] ?? Number.NaN);
    return [timeText(time), o, h, l, c, v] as MadeBar;
  });
}

/** An entry of a ledger as `line rule action time: reason`. */
export function inWords({ line, lastLine, rule, action, start, reason }: Repair): string {
  const lines = line === lastLine ? `${line}` : `${line}-${lastLine}`;
  return `${lines} ${rule} ${action} ${Number.isNaN(start) ? '' : timeText(start)}: ${reason}`;
}

/** Quarter hours of a session of 2021 in winter from 09:30 New York on: 14:30 UTC. */
export function quietBars(date: string, count = 26, price = 100): MadeBar[] {
  return Array.from({ length: count }, (_, bar): MadeBar => {
    const time = isoTime((Date.parse(`${date}T14:30:00Z`) + bar * 900_000) as Timestamp);
    const drift = bar % 2 === 0 ? 0.1 : 0;
    return [
      time.slice(0, 16).replace('T', ' '),
      price + drift,
      price + 0.3,
      price - 0.2,
      price + 0.1 - drift,
      1000 + bar,
    ];
  });
}
