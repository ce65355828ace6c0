/** Bad prints of known size, planted by a reckoning of local sigma that shares nothing with the one under test. */
import {
  fromNewYork,
  newYorkDay,
  nyse,
  parseIsoDate,
  type Session,
  type SessionDay,
  type Timestamp,
  type TradingCalendar,
} from '@tradekit/core';
import type { BarColumns } from '../../src/index.js';

const QUARTER_MS = 900_000;

/** Whole numbers and fractions from a seed. Source: mulberry32, Tommy Ettinger, public domain. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A random walk of quarter hours from 04:00 to 20:00, thin outside of regular hours, its volatility changing from day to day. */
export function walk(seed: number, first: string, last: string): BarColumns {
  const next = random(seed);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  const day = (text: string): SessionDay => parseIsoDate(text) ?? (Number.NaN as SessionDay);
  const rows: number[][] = [];
  let price = 100;
  let dayScale = 0;
  for (const session of nyse.sessions(day(first), day(last))) {
    dayScale = 0.9 * dayScale + 0.2 * normal();
    for (let time: number = fromNewYork(session.day, 240); time < fromNewYork(session.day, 1200); time += QUARTER_MS) {
      const regular = time >= session.open && time < session.close;
      if (!regular && next() < 0.5) continue;
      const opening = regular ? Math.exp(-(time - session.open) / 3_600_000) : 0;
      const sigma = 0.0018 * Math.exp(dayScale) * (regular ? 0.8 + 1.5 * opening : 0.4);
      const path = [price];
      for (let step = 0; step < 12; step++)
        path.push((path.at(-1) ?? price) * (1 + (sigma / Math.sqrt(12)) * normal()));
      const cents = path.map((value) => Math.round(value * 100) / 100);
      price = path.at(-1) ?? price;
      rows.push([time, cents[0] ?? 0, Math.max(...cents), Math.min(...cents), cents.at(-1) ?? 0, 100]);
    }
  }
  const column = (place: number): Float64Array => Float64Array.from(rows, (row) => row[place] ?? Number.NaN);
  return { start: column(0), open: column(1), high: column(2), low: column(3), close: column(4), volume: column(5) };
}

const sessions = new Map<number, Session | undefined>();
function sessionOf(start: number, calendar: TradingCalendar = nyse): Session | undefined {
  const day = newYorkDay(start as Timestamp);
  if (!sessions.has(day)) sessions.set(day, calendar.session(day));
  return sessions.get(day);
}

export function isRegular(start: number): boolean {
  const session = sessionOf(start);
  return session !== undefined && start >= session.open && start < session.close;
}

/** The time-of-day smile of the guide. */
function smile(start: number): number {
  const session = sessionOf(start);
  if (session === undefined || start >= session.close) return 0.35;
  const minutes = (start - session.open) / 60_000;
  if (minutes < 0) return minutes < -105 ? 0.35 : 0.35 + 0.95 * Math.exp((minutes + 15) / 15);
  const toClose = (session.close - start) / 60_000 - 15;
  return 0.75 + 1.3 * Math.exp(-minutes / 80) + 1.2 * Math.exp(-minutes / 8) + 0.45 * Math.exp(-toClose / 8);
}

const lowerMedian = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[(values.length - 1) >> 1] ?? Number.NaN;

/** Local sigma of each row as a fraction of the price, as the guide defines it. */
export function localSigmas({ start, high, low, close }: BarColumns): number[] {
  const shaped = [...start].map((time, row) => {
    const before = close[Math.max(0, row - 1)] ?? 0;
    const range = Math.max(high[row] ?? 0, before) - Math.min(low[row] ?? 0, before);
    return range / (close[row] ?? 0) / smile(time);
  });
  const ofDay = new Map<number, number[]>();
  for (const [row, time] of start.entries()) {
    const day = newYorkDay(time as Timestamp);
    if (!ofDay.has(day)) ofDay.set(day, []);
    if (isRegular(time)) ofDay.get(day)?.push(shaped[row] ?? 0);
  }
  let known = [...ofDay.values()].find((ranges) => ranges.length >= 4) ?? [];
  const scale = new Map<number, number>();
  for (const [day, ranges] of ofDay) {
    if (ranges.length >= 4) known = ranges;
    scale.set(day, lowerMedian(known));
  }
  return shaped.map((_, row) => {
    const time = start[row] ?? 0;
    const others = [-4, -3, -2, -1, 1, 2, 3, 4].flatMap((by) => shaped[row + by] ?? []);
    const day = (scale.get(newYorkDay(time as Timestamp)) ?? 0) * (isRegular(time) ? smile(time) : 1.5);
    return Math.max(Math.max(lowerMedian(others) * smile(time), day) / 1.596, 0.0002);
  });
}

/** A copy with bad prints, every one `sigmas` beyond the highs or lows of its neighbours and of its own bar. */
export function plant(columns: BarColumns, rows: readonly number[], sigmas: number, next: () => number): BarColumns {
  const made = Object.fromEntries(
    Object.entries(columns).map(([name, column]) => [name, column.slice()]),
  ) as unknown as BarColumns;
  const local = localSigmas(columns);
  for (const row of rows) {
    const up = next() < 0.5;
    const around = [row - 1, row, row + 1].map((place) => (up ? columns.high : columns.low)[place] ?? 0);
    const by = sigmas * (local[row] ?? 0) * (columns.close[row] ?? 0);
    const print = up ? Math.max(...around) + by : Math.min(...around) - by;
    const wick = next() < 0.5;
    if (!wick || up) made.high[row] = print;
    if (!wick || !up) made.low[row] = print;
    if (!wick) {
      made.open[row] = print;
      made.close[row] = print;
    }
  }
  return made;
}

/** Rows at least ten apart, of regular hours or of the others, chosen by chance. */
export function places(columns: BarColumns, count: number, regular: boolean, next: () => number): number[] {
  const slots = Math.floor(columns.start.length / 10) - 2;
  const order = Array.from({ length: slots }, (_, slot) => ({ slot, key: next() })).sort((a, b) => a.key - b.key);
  return order
    .map(({ slot }) => 10 * (slot + 1))
    .filter((row) => isRegular(columns.start[row] ?? 0) === regular)
    .slice(0, count)
    .sort((a, b) => a - b);
}
