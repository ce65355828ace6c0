/** Faults of a bar file: always with the place and the remedy. */
import { basename } from 'node:path';
import { DataError } from '@tradekit/core';

/** What can be wrong with a bar file; the `code` of the `DataError`. */
export type BarFileFault =
  | 'CSV_EMPTY'
  | 'CSV_HEADER'
  | 'CSV_QUOTES'
  | 'CSV_BLANK_LINE'
  | 'CSV_COLUMNS'
  | 'CSV_BAD_STAMP'
  | 'CSV_OFF_GRID'
  | 'CSV_DUPLICATE'
  | 'CSV_OUT_OF_ORDER'
  | 'CSV_BAD_NUMBER'
  | 'CSV_PRICE'
  | 'CSV_VOLUME'
  | 'CSV_HIGH'
  | 'CSV_LOW';

/** Where in a file a fault is. */
export interface BarFilePlace {
  /** Path as it was given. */
  readonly file: string;
  /** Line in the file, the header is line 1. */
  readonly line: number;
  /** Name of the column; empty when the whole line is meant. */
  readonly column: string;
  /** The text found there. */
  readonly text: string;
}

const LONGEST_TEXT = 60;

/** The error of a fault: `AAPL_15min.csv:17: <what>; <remedy>`, with the place as its context. */
export function barFileFault(
  code: BarFileFault,
  place: BarFilePlace,
  what: string,
  remedy: string,
  options?: ErrorOptions,
): DataError {
  const message = `${basename(place.file)}:${place.line}: ${what}; ${remedy}`;
  return new DataError(code, message, { ...place, text: clipped(place.text) }, options);
}

/** The fault of a blank line that rows follow. */
export function blankLine(file: string, line: number): DataError {
  const place = { file, line, column: '', text: '' };
  return barFileFault('CSV_BLANK_LINE', place, 'the line is blank and rows follow', 'remove the line');
}

/** Text of a file for a message: quoted, and not longer than a line of a screen. */
export function shown(text: string): string {
  return JSON.stringify(clipped(text));
}

/** A text's beginning, with a sign where more follows. */
export function clipped(text: string, longest: number = LONGEST_TEXT): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
