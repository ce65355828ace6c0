import {
  type BarHistory,
  barGrid,
  emptyBars,
  MINUTE_MS,
  parseIsoDate,
  stock,
  type TradingCalendar,
  universe,
  weekdayCalendar,
} from '@tradekit/core';
import { mulberry32 } from '../mulberry32.js';

const SYMBOLS = ['A', 'B', 'C', 'D'];
const SESSIONS = 40;
const BARS = 26;

/** Weekdays of 26 quarter hours from 14:30 UTC. */
export const calendar: TradingCalendar = weekdayCalendar({ name: 'days', openMinuteUtc: 14 * 60 + 30, minutes: 390 });

/** A random walk of four symbols: nothing in it can be foretold. */
export function randomWalk(seed: number): BarHistory {
  const first = parseIsoDate('2021-01-04') ?? missing();
  const sessions = calendar.sessions(first, (first + 100) as typeof first).slice(0, SESSIONS);
  const grid = barGrid(sessions, 15 * MINUTE_MS);
  const rows = SESSIONS * BARS;
  const { size } = universe(SYMBOLS.map((id) => stock(id)));
  const bars = emptyBars(rows * size);
  const official = new Float64Array(SESSIONS * size);
  const next = mulberry32(seed);
  const price = SYMBOLS.map((_, i) => 80 + 20 * i);
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < size; i++) {
      const cell = row * size + i;
      const open = (price[i] ?? missing()) * (1 + (next() - 0.5) * 0.001);
      const close = open * (1 + (next() - 0.5) * 0.006);
      bars.open[cell] = open;
      bars.close[cell] = close;
      bars.high[cell] = Math.max(open, close) * (1 + next() * 0.002);
      bars.low[cell] = Math.min(open, close) * (1 - next() * 0.002);
      bars.volume[cell] = Math.floor(50_000 + next() * 100_000);
      price[i] = close;
      official[Math.floor(row / BARS) * size + i] = close;
    }
  }
  return { universe: universe(SYMBOLS.map((id) => stock(id, i(id) < 2 ? 'Tech' : 'Energy'))), ...grid, bars, official };
}

const i = (id: string): number => SYMBOLS.indexOf(id);

function missing(): never {
  throw new Error('no such date or price');
}
