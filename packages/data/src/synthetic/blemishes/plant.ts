/** Blemishes planted into the files of a market, with the answers: what a doctor has to find. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  ConfigError,
  DataError,
  newYorkDay,
  newYorkOffsetMs,
  nyse,
  type Session,
  type Timestamp,
} from '@tradekit/core';
import type { BarColumns } from '../../csv/columns.js';
import { readBarFile } from '../../csv/read.js';
import { barFileName } from '../../folder-files.js';
import { RECORD, readRecord, sizeOf } from '../description.js';
import { BAR_MINUTES } from '../options.js';
import { RandomStream } from '../random.js';
import { PLANTERS, type PlantRow, rowText, type SessionBlemish } from './kinds.js';

/** What can be wrong with a whole file. */
export type FileBlemish =
  /** Stamps in New York time. */
  | 'wrong-zone'
  /** Stamps at the end of the bar. */
  | 'wrong-stamps'
  /** The file ends inside a session. */
  | 'cut-off';

/** Everything that {@link plantBlemishes} can plant. */
export type BlemishKind = SessionBlemish | FileBlemish;

/** Every kind. */
export const BLEMISH_KINDS: readonly BlemishKind[] = [
  ...(Object.keys(PLANTERS) as SessionBlemish[]),
  'wrong-zone',
  'wrong-stamps',
  'cut-off',
];

/** What is planted, where and how often. */
export interface PlantOptions {
  /** A whole number; other seeds plant at other places. Default 1. */
  readonly seed?: number;
  /** How many of each kind in all files together, spread evenly over them. What is not named is not planted. */
  readonly counts: Readonly<Partial<Record<BlemishKind, number>>>;
  /** How far bad prints go, as a fraction of the price: 0.05 is 5 %. Default 0.05. */
  readonly printFraction?: number;
}

/** One blemish and where it is. */
export interface PlantedBlemish {
  readonly kind: BlemishKind;
  readonly symbol: string;
  /** New York date of the session; empty for a whole file. */
  readonly date: string;
  /** Start of the bar, or the first of several, milliseconds since 1970 UTC; of an off-grid row that of its stamp. NaN for a whole file. */
  readonly start: number;
  /** Line of the row in the file, the header is line 1; 0 where there is none. */
  readonly line: number;
  /** Bars that it is about. */
  readonly bars: number;
  /** Of a split: new shares for an old one. */
  readonly ratio?: number;
}

/** Sessions at both ends of a file that nothing is planted into, so that what is found there has neighbours. */
const MARGIN = 3;

/**
 * Plants blemishes into the files of a synthetic market, which are overwritten, and answers with all of them by symbol and time.
 * A session has one blemish at most, and its neighbours none; a file with a wrong zone or wrong stamps has no other. The same
 * options on the same market give the same bytes.
 *
 * Throws `DataError` `PLANT_FOREIGN_FILE` unless the files are as `writeSyntheticMarket` left them, and `ConfigError` on counts that are
 * no whole numbers, or more than there is room for.
 */
export function plantBlemishes(folder: string, options: PlantOptions): readonly PlantedBlemish[] {
  const { seed = 1, counts, printFraction = 0.05 } = options;
  requireCounts(counts);
  const symbols = symbolsOf(folder);
  const whole = wholeFiles(symbols, counts);
  const others = symbols.filter((symbol) => !whole.has(symbol));
  const planted = others.flatMap((symbol, place) => {
    const path = join(folder, barFileName(symbol, BAR_MINUTES));
    const kinds = shareOf(counts, place, others.length);
    return plantFile(path, symbol, kinds, new RandomStream(seed, symbol, 'blemishes'), printFraction);
  });
  for (const [symbol, kind] of whole) {
    const path = join(folder, barFileName(symbol, BAR_MINUTES));
    planted.push(kind === 'cut-off' ? cutOff(path, symbol) : shift(path, symbol, kind));
  }
  return planted;
}

function requireCounts(counts: PlantOptions['counts']): void {
  for (const [kind, count] of Object.entries(counts)) {
    if (!BLEMISH_KINDS.includes(kind as BlemishKind)) {
      throw new ConfigError('BLEMISH_KIND', `there is no blemish "${kind}"; known are ${BLEMISH_KINDS.join(', ')}`, {
        kind,
      });
    }
    if (!(Number.isInteger(count) && count >= 0)) {
      throw new ConfigError('BLEMISH_COUNT', `${count} blemishes of kind "${kind}"; give a whole number from 0`, {
        kind,
      });
    }
  }
}

function symbolsOf(folder: string): readonly string[] {
  const files = readRecord(join(folder, RECORD))?.files ?? [];
  const changed = files.find(({ file, bytes }) => sizeOf(join(folder, file)) !== bytes);
  if (files.length === 0 || changed !== undefined) {
    const what =
      files.length === 0 ? `"${folder}" holds no synthetic market` : `"${changed?.file}" is not as it was made`;
    throw new DataError('PLANT_FOREIGN_FILE', `${what}; make one with writeSyntheticMarket first`, { folder });
  }
  const ending = barFileName('', BAR_MINUTES);
  return files.map(({ file }) => file.slice(0, -ending.length));
}

/** The files that are wrong as a whole: the last ones. */
function wholeFiles(symbols: readonly string[], counts: PlantOptions['counts']): ReadonlyMap<string, FileBlemish> {
  const kinds = (['wrong-zone', 'wrong-stamps', 'cut-off'] as const).flatMap((kind) =>
    Array.from({ length: counts[kind] ?? 0 }, () => kind),
  );
  if (kinds.length > symbols.length) {
    const message = `${kinds.length} files are to be wrong as a whole, and there are ${symbols.length}; ask for fewer`;
    throw new ConfigError('BLEMISH_COUNT', message, { files: symbols.length });
  }
  return new Map(kinds.map((kind, place) => [symbols[symbols.length - 1 - place]!, kind]));
}

/** The kinds of one file, one entry a blemish. */
function shareOf(
  counts: PlantOptions['counts'],
  place: number,
  files: number,
): readonly { kind: SessionBlemish; turn: number }[] {
  return (Object.keys(PLANTERS) as SessionBlemish[]).flatMap((kind) => {
    const count = counts[kind] ?? 0;
    const from = Math.floor((count * place) / files);
    const to = Math.floor((count * (place + 1)) / files);
    return Array.from({ length: to - from }, (_, k) => ({ kind, turn: from + k }));
  });
}

function plantFile(
  path: string,
  symbol: string,
  kinds: readonly { readonly kind: SessionBlemish; readonly turn: number }[],
  random: RandomStream,
  printFraction: number,
): PlantedBlemish[] {
  const rows = rowsOf(readBarFile(path));
  const sessions = sessionsOf(rows);
  const room = Math.floor((sessions.length - 2 * MARGIN) / 2);
  if (kinds.length > room) {
    const message = `${kinds.length} blemishes for ${symbol}, whose sessions have room for ${room}; ask for fewer, or make a longer market`;
    throw new ConfigError('BLEMISH_COUNT', message, { symbol, room });
  }
  // Every second session, in a random order: the first of them are planted, from the last day to the first, so that places before stay.
  const plots = shuffled(room, random)
    .slice(0, kinds.length)
    .map((plot, place) => ({ session: sessions[MARGIN + 2 * plot]!, ...kinds[place]! }))
    .sort((a, b) => b.session.first - a.session.first);
  const done = plots.map(({ session, kind, turn }) => {
    const plot = { rows, first: session.first, end: session.end, day: session.day, random, turn, printFraction };
    return { kind, date: session.date, ...PLANTERS[kind](plot) };
  });
  write(path, rows);
  const lines = new Map(rows.map((row, place) => [row, place + 2]));
  return done.reverse().map(({ kind, date, row, start, bars, ratio }) => {
    const line = row === undefined ? 0 : lines.get(row)!;
    return { kind, symbol, date, start, line, bars, ...(ratio === undefined ? {} : { ratio }) };
  });
}

/** 0 … count − 1 in a random order. Source: Durstenfeld, Algorithm 235 (1964). */
function shuffled(count: number, random: RandomStream): readonly number[] {
  const places = Array.from({ length: count }, (_, place) => place);
  for (let place = count - 1; place > 0; place--) {
    const other = Math.floor(random.uniform() * (place + 1));
    [places[place], places[other]] = [places[other]!, places[place]!];
  }
  return places;
}

interface SessionRows extends Session {
  /** Place of the first row in regular hours, and behind the last. */
  readonly first: number;
  readonly end: number;
}

function sessionsOf(rows: readonly PlantRow[]): readonly SessionRows[] {
  const day = (row: PlantRow): ReturnType<typeof newYorkDay> => newYorkDay(row.start as Timestamp);
  const found: SessionRows[] = [];
  let row = 0;
  for (const session of nyse.sessions(day(rows[0]!), day(rows.at(-1)!))) {
    while (row < rows.length && rows[row]!.start < session.open) row++;
    const first = row;
    while (row < rows.length && rows[row]!.start < session.close) row++;
    if (row > first) found.push({ ...session, first, end: row });
  }
  return found;
}

/** All stamps of a file in another convention than the one that it is read with. */
function shift(path: string, symbol: string, kind: 'wrong-zone' | 'wrong-stamps'): PlantedBlemish {
  const rows = rowsOf(readBarFile(path));
  for (const row of rows) {
    row.start += kind === 'wrong-zone' ? newYorkOffsetMs(row.start as Timestamp) : BAR_MINUTES * 60_000;
  }
  write(path, rows);
  return { kind, symbol, date: '', start: Number.NaN, line: 0, bars: rows.length };
}

/** The file ends in the middle of its last session. */
function cutOff(path: string, symbol: string): PlantedBlemish {
  const rows = rowsOf(readBarFile(path));
  const last = sessionsOf(rows).at(-1)!;
  const kept = last.first + Math.ceil((last.end - last.first) / 2);
  rows.splice(kept);
  write(path, rows);
  const { start } = rows.at(-1)!;
  return { kind: 'cut-off', symbol, date: last.date, start, line: kept + 1, bars: last.end - kept };
}

function rowsOf({ start, open, high, low, close, volume }: BarColumns): PlantRow[] {
  return Array.from(start, (time, row) => ({
    start: time,
    open: open[row]!,
    high: high[row]!,
    low: low[row]!,
    close: close[row]!,
    volume: volume[row]!,
  }));
}

function write(path: string, rows: readonly PlantRow[]): void {
  const header = readFileSync(path, 'utf8').split('\n', 1)[0]!;
  writeFileSync(path, `${[header, ...rows.map(rowText)].join('\n')}\n`);
}
