/** The `market.json` of a folder: which market lies there, and whether all of it does. */
import { readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { SyntheticEffect } from './effect.js';
import { BAR_MINUTES, type MarketPlan } from './options.js';

/** Raised with every change of the model that changes a byte of any file. */
const MODEL_VERSION = 1;

/** Name of the file that describes a market. */
export const RECORD = 'market.json';

const KIND = 'tradekit-synthetic-market';

/** What decides the bytes of a market. */
export interface MarketDescription {
  readonly model: number;
  readonly seed: number;
  readonly first: string;
  readonly last: string;
  readonly calendar: string;
  readonly sessions: number;
  readonly barMinutes: number;
  readonly instruments: readonly { readonly id: string; readonly sector: string }[];
  readonly effect?: SyntheticEffect;
  readonly drift?: number;
}

/** A file of the market and its length. */
export interface MarketFile {
  readonly file: string;
  readonly bytes: number;
}

/** The content of `market.json`. */
export interface MarketRecord {
  readonly kind: typeof KIND;
  readonly market: MarketDescription;
  readonly files: readonly MarketFile[];
}

/** What `market.json` says about a plan. */
export function describeMarket({
  seed,
  first,
  last,
  calendar,
  grid,
  instruments,
  effect,
  drift,
}: MarketPlan): MarketDescription {
  return {
    model: MODEL_VERSION,
    seed,
    first,
    last,
    calendar,
    sessions: grid.sessions.length,
    barMinutes: BAR_MINUTES,
    instruments: instruments.map(({ id, sector }) => ({ id, sector: sector ?? '' })),
    ...(effect === undefined ? {} : { effect }),
    ...(drift === 1 ? {} : { drift }),
  };
}

/** The text of `market.json`. */
export function recordText(market: MarketDescription, files: readonly MarketFile[]): string {
  const record: MarketRecord = { kind: KIND, market, files };
  return `${JSON.stringify(record, null, 2)}\n`;
}

/** Reads a `market.json`; `undefined` when there is none or it is of another kind. */
export function readRecord(path: string): MarketRecord | undefined {
  const text = textOf(path);
  if (text === undefined) return undefined;
  try {
    const record: unknown = JSON.parse(text);
    return isRecord(record) ? record : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The folder holds this market: it is described so, and every file has the length it had when it was written. */
export function holdsMarket(folder: string, record: MarketRecord, market: MarketDescription): boolean {
  if (JSON.stringify(record.market) !== JSON.stringify(market)) return false;
  return record.files.every(({ file, bytes }) => sizeOf(join(folder, file)) === bytes);
}

/** Length of a file in bytes; `undefined` when there is none. */
export function sizeOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.size;
}

/** The `market.json` beside a file says that it was made, and it has the length that it had then. */
export function isSyntheticFile(path: string): boolean {
  const made = readRecord(join(dirname(path), RECORD))?.files.find(({ file }) => file === basename(path));
  return made !== undefined && made.bytes === sizeOf(path);
}

function textOf(path: string): string | undefined {
  return statSync(path, { throwIfNoEntry: false })?.isFile() !== true ? undefined : readFileSync(path, 'utf8');
}

function isRecord(value: unknown): value is MarketRecord {
  return (
    typeof value === 'object' &&
    value !== null &&
    'kind' in value &&
    value.kind === KIND &&
    'files' in value &&
    Array.isArray(value.files)
  );
}
