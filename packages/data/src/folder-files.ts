/** Which file of a folder belongs to which symbol. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DataError } from '@tradekit/core';

/** Files of a folder that the symbols of a run do and do not use. */
export interface FolderFiles {
  /** Path of each symbol's file, in the order of the symbols. */
  readonly paths: readonly string[];
  /** Names of bar files of other symbols, sorted. */
  readonly unused: readonly string[];
}

/** The file of a symbol: `AAPL_15min.csv`, `BRK.B_15min.csv`. */
export function barFileName(symbol: string, barMinutes: number): string {
  return `${symbol}_${barMinutes}min.csv`;
}

/**
 * The symbols of the bar files of a folder, sorted. Throws `DataError` `DATA_FOLDER` when there is no such folder or it holds no bar file.
 */
export function barFileSymbols(folder: string, barMinutes: number): readonly string[] {
  const names = barFiles(folder, barMinutes);
  const ending = barFileName('', barMinutes);
  if (names.length > 0) return names.map((name) => name.slice(0, -ending.length));
  throw refused(`"${folder}" has no file SYMBOL${ending}`, folder);
}

/** Names of the bar files of a folder, sorted. Throws `DataError` `DATA_FOLDER` when it is none. */
function barFiles(folder: string, barMinutes: number): readonly string[] {
  const place = statSync(folder, { throwIfNoEntry: false });
  if (place === undefined) throw refused(`there is no folder "${folder}"`, folder);
  if (!place.isDirectory()) throw refused(`"${folder}" is a file, not a folder`, folder);
  const ending = barFileName('', barMinutes);
  return readdirSync(folder)
    .filter((name) => name.endsWith(ending) && name !== ending)
    .sort();
}

function refused(what: string, folder: string): DataError {
  return new DataError('DATA_FOLDER', `${what}; put the bar files there, or name another folder`, { folder });
}

/**
 * Finds the bar file of every symbol. Throws `DataError` `DATA_FOLDER` when there is no such folder, and `DATA_FILE_MISSING`, naming all
 * symbols without a file, and what the folder has instead where it looks like the same symbol (`BRK-B`, `brk.b`).
 */
export function folderFiles(folder: string, symbols: readonly string[], barMinutes: number): FolderFiles {
  const present = barFiles(folder, barMinutes);
  const wanted = new Set(symbols.map((symbol) => barFileName(symbol, barMinutes)));
  const missing = symbols.filter((symbol) => !present.includes(barFileName(symbol, barMinutes)));
  if (missing.length > 0) throw missingFiles(folder, missing, present, barMinutes);
  return {
    paths: symbols.map((symbol) => join(folder, barFileName(symbol, barMinutes))),
    unused: present.filter((name) => !wanted.has(name)),
  };
}

function missingFiles(
  folder: string,
  missing: readonly string[],
  present: readonly string[],
  barMinutes: number,
): DataError {
  const first = missing[0]!;
  const name = barFileName(first, barMinutes);
  const alike = present.find((other) => bare(other) === bare(name));
  const hint = alike === undefined ? 'add the file or leave the symbol out' : `rename "${alike}" to "${name}"`;
  const others = missing.length > 1 ? ` (also missing: ${missing.slice(1).join(', ')})` : '';
  const message = `no file "${name}" in "${folder}" for ${first}${others}; ${hint}`;
  return new DataError('DATA_FILE_MISSING', message, { folder, symbol: first, missing: missing.join(' ') });
}

/** A name without case and without the sign that vendors put into share classes: BRK.B, BRK-B, BRK B. */
function bare(name: string): string {
  return name.toLowerCase().replace(/[\s./_-]/g, '');
}
