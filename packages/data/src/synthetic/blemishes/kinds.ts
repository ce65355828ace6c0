/** The kinds of blemishes, and how each is planted into the rows of a session. */
import { DAY_MS, fromNewYork, MINUTE_MS, type SessionDay } from '@tradekit/core';
import type { RandomStream } from '../random.js';

/** A row of a file on its way to be written. */
export interface PlantRow {
  start: number;
  open: number;
  high: number;
  low: number;
  close: number;
  volume: number;
  /** What stands in the file in place of the row. */
  text?: string;
}

/** What can be planted into a session. */
export type SessionBlemish =
  /** A row twice. */
  | 'duplicate'
  /** A row twice, with another close or volume. */
  | 'conflicting-duplicate'
  /** A row behind three later ones. */
  | 'out-of-order'
  /** A stamp seven minutes late. */
  | 'off-grid'
  /** High below low, a close above the high, a price of zero, a negative volume: in turn. */
  | 'impossible'
  /** A field that is missing, too many, no number, or no date: in turn. */
  | 'unreadable'
  /** 8 to 12 bars of the same prices. */
  | 'frozen'
  /** A high or a low, in turn, that nobody could have traded at. */
  | 'bad-print'
  /** A bar at 20:00 New York. */
  | 'outside-session'
  /** 1 to 5 bars of regular hours that are not there. */
  | 'lost-bars'
  /** No bar of the day is there. */
  | 'lost-session'
  /** All bars before the session in the shares before a split. */
  | 'split';

/** What a planting did. */
export interface Planted {
  /** The row that is wrong, where one is; it stays the same object until the file is written. */
  readonly row?: PlantRow;
  /** Start of the first bar that it is about. */
  readonly start: number;
  /** Bars that it is about. */
  readonly bars: number;
  /** New shares for an old one. */
  readonly ratio?: number;
}

/** Where a blemish is planted. */
export interface Plot {
  /** All rows of the file. */
  readonly rows: PlantRow[];
  /** Place of the session's first row, and behind its last in regular hours. */
  readonly first: number;
  readonly end: number;
  readonly day: SessionDay;
  readonly random: RandomStream;
  /** Counts the plantings of this kind, so that variants come in turn. */
  readonly turn: number;
  /** How far a bad print goes, as a fraction of the price. */
  readonly printFraction: number;
}

const OFF_GRID_MS = 7 * MINUTE_MS;
const BEHIND = 3;
const SHORTEST_FREEZE = 8;
const LATE_MINUTE = 20 * 60;

/** Ratios of planted splits, in turn. */
const RATIOS: readonly number[] = [2, 3, 4, 10, 5, 20, 1.5, 0.1, 7, 0.5];

/** Plants one blemish; the rows before `plot.first` keep their places. */
export const PLANTERS: Readonly<Record<SessionBlemish, (plot: Plot) => Planted>> = {
  duplicate(plot) {
    const place = within(plot, 0, 0);
    const row = { ...plot.rows[place]! };
    plot.rows.splice(place + 1, 0, row);
    return one(row);
  },
  'conflicting-duplicate'(plot) {
    const place = within(plot, 0, 0);
    const before = plot.rows[place]!;
    const row = {
      ...before,
      close: before.close === before.high ? before.low : before.high,
      volume: before.volume + 1,
    };
    plot.rows.splice(place + 1, 0, row);
    return one(row);
  },
  'out-of-order'(plot) {
    const place = within(plot, 0, BEHIND);
    const [row] = plot.rows.splice(place, 1);
    plot.rows.splice(place + BEHIND, 0, row!);
    return one(row!);
  },
  'off-grid'(plot) {
    const row = plot.rows[within(plot, 0, 0)]!;
    row.start += OFF_GRID_MS;
    return one(row);
  },
  impossible(plot) {
    const row = plot.rows[within(plot, 0, 0)]!;
    const { high, low } = row;
    if (plot.turn % 4 === 0) Object.assign(row, { high: low - 0.01, low: high });
    else if (plot.turn % 4 === 1) row.close = high + 1;
    else if (plot.turn % 4 === 2) row.open = 0;
    else row.volume = -row.volume - 1;
    return one(row);
  },
  unreadable(plot) {
    const row = plot.rows[within(plot, 0, 0)]!;
    const fields = rowText(row).split(',');
    if (plot.turn % 4 === 0) fields.pop();
    else if (plot.turn % 4 === 1) fields.push('1');
    else if (plot.turn % 4 === 2) fields[4] = 'n/a';
    else fields[0] = fields[0]!.replace(/-\d\d /, '-32 ');
    row.text = fields.join();
    return one(row);
  },
  frozen(plot) {
    const bars = Math.min(SHORTEST_FREEZE + (plot.turn % 5), plot.end - plot.first);
    const place = within(plot, 0, bars - 1);
    const { open, high, low, close } = plot.rows[place]!;
    for (let bar = 0; bar < bars; bar++) Object.assign(plot.rows[place + bar]!, { open, high, low, close });
    return { row: plot.rows[place]!, start: plot.rows[place]!.start, bars };
  },
  'bad-print'(plot) {
    const row = plot.rows[within(plot, 1, 1)]!;
    const way = row.close * plot.printFraction;
    if (plot.turn % 2 === 0) row.high = rounded(row.high + way);
    else row.low = rounded(row.low - way);
    return one(row);
  },
  'outside-session'(plot) {
    const start = fromNewYork(plot.day, LATE_MINUTE);
    let place = plot.end;
    while (place < plot.rows.length && plot.rows[place]!.start < start) place++;
    const row = { ...plot.rows[plot.end - 1]!, start };
    plot.rows.splice(place, 0, row);
    return one(row);
  },
  'lost-bars'(plot) {
    const bars = 1 + (plot.turn % 5);
    // Not the first: what is missing there is told as well, and the bars around it stay those of the session.
    const place = within(plot, 1, bars);
    const { start } = plot.rows[place]!;
    plot.rows.splice(place, bars);
    return { start, bars };
  },
  'lost-session'(plot) {
    const { start } = plot.rows[plot.first]!;
    const bars = plot.end - plot.first;
    let last = plot.end;
    while (last < plot.rows.length && plot.rows[last]!.start < start + DAY_MS / 2) last++;
    plot.rows.splice(plot.first, last - plot.first);
    return { start, bars };
  },
  split(plot) {
    const ratio = RATIOS[plot.turn % RATIOS.length]!;
    for (let place = 0; place < plot.first; place++) {
      const row = plot.rows[place]!;
      for (const field of ['open', 'high', 'low', 'close'] as const) row[field] = rounded(row[field] * ratio);
      row.volume = Math.round(row.volume / ratio);
    }
    const { start } = plot.rows[plot.first]!;
    return { start, bars: 1, ratio };
  },
};

/** A place in the session with so many of its rows before and behind it. */
function within({ first, end, random }: Plot, before: number, behind: number): number {
  return first + before + Math.floor(random.uniform() * Math.max(1, end - first - before - behind));
}

function one(row: PlantRow): Planted {
  return { row, start: row.start, bars: 1 };
}

function rounded(price: number): number {
  return Math.round(price * 1e4) / 1e4;
}

/** The row as it stands in a file. */
export function rowText({ start, open, high, low, close, volume, text }: PlantRow): string {
  if (text !== undefined) return text;
  const stamp = new Date(start).toISOString().slice(0, 19).replace('T', ' ');
  return [stamp, priceText(open), priceText(high), priceText(low), priceText(close), volume].join();
}

/** Two decimals, or as many as the price has. */
function priceText(price: number): string {
  const cents = price.toFixed(2);
  return Number(cents) === price ? cents : String(price);
}
