/**
 * The careful reading of one row: every check, and the words for every fault. The fast reader comes here with each row that
 * is not plainly right, the general reader with all rows, so that both refuse the same rows with the same words.
 */
import { FIRST_NEW_YORK_YEAR, LAST_NEW_YORK_YEAR, parseIsoDate, type SessionDay } from '@tradekit/core';
import { type BarFileFault, barFileFault, shown } from './fault.js';
import { COLUMNS, SLOT_NAMES, STAMP_SLOT, VOLUME_SLOT } from './header.js';
import type { StampRule } from './source.js';

/** What a row is read against. */
export interface RowRule {
  readonly file: string;
  /** Slot of each column of the file. */
  readonly slots: readonly number[];
  readonly stamps: StampRule;
}

const STAMP = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}):(\d{2}):(\d{2})(?:\.0+)?(Z?)$/;
const DECIMAL = /^-?\d+(?:\.\d+)?$/;
const OPEN = 1;
const HIGH = 2;
const LOW = 3;
const CLOSE = 4;

/**
 * Reads the fields of a line into `values` by slot, the start of the bar in slot 0, and checks them all.
 * `previousStart` is the start of the row before, −Infinity for the first. Throws `DataError` with the first fault.
 */
export function readRow(
  fields: readonly string[],
  line: number,
  rule: RowRule,
  previousStart: number,
  values: Float64Array,
): void {
  const { texts, fault } = readFields(fields, line, rule, previousStart, values);
  checkRange(values, texts, fault);
}

/** As {@link readRow}, and takes prices and a volume of any size, in any order. */
export function readFields(
  fields: readonly string[],
  line: number,
  rule: RowRule,
  previousStart: number,
  values: Float64Array,
): { readonly texts: readonly string[]; readonly fault: FaultOf } {
  if (fields.length !== COLUMNS) {
    const place = { file: rule.file, line, column: '', text: fields.join() };
    const count = `${fields.length} ${fields.length === 1 ? 'column' : 'columns'} where the header has ${COLUMNS}`;
    throw barFileFault('CSV_COLUMNS', place, count, 'complete the row or remove it');
  }
  const texts: string[] = [];
  for (const [column, slot] of rule.slots.entries()) texts[slot] = fields[column]!;
  const fault: FaultOf = (code, slot, what, remedy) => {
    const place = { file: rule.file, line, column: SLOT_NAMES[slot]!, text: texts[slot]! };
    return barFileFault(code, place, what, remedy);
  };
  values[STAMP_SLOT] = startOf(texts[STAMP_SLOT]!, rule.stamps, previousStart, fault);
  for (let slot = OPEN; slot <= VOLUME_SLOT; slot++) values[slot] = numberOf(texts[slot]!, slot, fault);
  return { texts, fault };
}

type FaultOf = (code: BarFileFault, slot: number, what: string, remedy: string) => Error;

function startOf(text: string, rule: StampRule, previousStart: number, fault: FaultOf): number {
  const stamp = `timestamp ${shown(text)}`;
  const match = STAMP.exec(text);
  const day = parseIsoDate(match?.[1] ?? '');
  const [hours, minutes, seconds] = [Number(match?.[2]), Number(match?.[3]), Number(match?.[4])];
  if (day === undefined || !(hours < 24 && minutes < 60 && seconds < 60)) {
    throw fault('CSV_BAD_STAMP', STAMP_SLOT, `${stamp} is no date and time`, 'write YYYY-MM-DD HH:MM:SS');
  }
  if (match?.[5] === 'Z' && rule.clock.zone !== 'UTC') {
    const remedy = 'set the zone to UTC or drop the Z';
    throw fault('CSV_BAD_STAMP', STAMP_SLOT, `${stamp} is UTC, and the source's zone is ${rule.clock.zone}`, remedy);
  }
  if (((hours * 60 + minutes) * 60 + seconds) % rule.gridSeconds !== 0) {
    const what = `${stamp} is not on the grid of ${rule.barMinutes}-minute bars`;
    throw fault('CSV_OFF_GRID', STAMP_SLOT, what, 'give the length of its bars, or resample the file');
  }
  if (rule.clock.zone !== 'UTC' && !inNewYorkYears(text)) {
    const years = `${FIRST_NEW_YORK_YEAR} to ${LAST_NEW_YORK_YEAR}`;
    throw fault('CSV_BAD_STAMP', STAMP_SLOT, `${stamp} is outside the years of New York time`, `keep ${years}`);
  }
  const start = instantOf(day, hours * 60 + minutes, rule) + seconds * 1000;
  if (start === previousStart) {
    throw fault('CSV_DUPLICATE', STAMP_SLOT, `${stamp} repeats the row before`, 'keep one of the two rows');
  }
  if (start < previousStart) {
    throw fault('CSV_OUT_OF_ORDER', STAMP_SLOT, `${stamp} is before the row above`, 'sort the file, oldest row first');
  }
  return start;
}

function inNewYorkYears(stamp: string): boolean {
  const year = Number(stamp.slice(0, 4));
  return year >= FIRST_NEW_YORK_YEAR && year <= LAST_NEW_YORK_YEAR;
}

/** The start of the bar of a stamp in the source's own zone, without its seconds. */
export function instantOf(day: SessionDay, minuteOfDay: number, rule: StampRule): number {
  return rule.clock.instant(day, minuteOfDay) + rule.toStartMs;
}

function numberOf(text: string, slot: number, fault: FaultOf): number {
  const name = SLOT_NAMES[slot]!;
  const value = DECIMAL.test(text) ? Number(text) : Number.NaN;
  if (!Number.isFinite(value)) {
    const what = text === '' ? `${name} is empty` : `${name} ${shown(text)} is no decimal number`;
    throw fault('CSV_BAD_NUMBER', slot, what, 'write digits and at most one point, or remove the row');
  }
  return value;
}

function checkRange(values: Float64Array, texts: readonly string[], fault: FaultOf): void {
  for (const slot of [OPEN, HIGH, LOW, CLOSE]) {
    if (values[slot]! > 0) continue;
    const what = `${SLOT_NAMES[slot]} ${texts[slot]} is not above zero`;
    throw fault('CSV_PRICE', slot, what, 'correct the price or remove the row');
  }
  if (!(values[VOLUME_SLOT]! >= 0)) {
    const what = `volume ${texts[VOLUME_SLOT]} is below zero`;
    throw fault('CSV_VOLUME', VOLUME_SLOT, what, 'correct the volume or remove the row');
  }
  for (const other of [LOW, OPEN, CLOSE]) {
    if (values[HIGH]! >= values[other]!) continue;
    const what = `high ${texts[HIGH]} is below ${SLOT_NAMES[other]} ${texts[other]}`;
    throw fault('CSV_HIGH', HIGH, what, 'correct the prices or remove the row');
  }
  for (const other of [OPEN, CLOSE]) {
    if (values[LOW]! <= values[other]!) continue;
    const what = `low ${texts[LOW]} is above ${SLOT_NAMES[other]} ${texts[other]}`;
    throw fault('CSV_LOW', LOW, what, 'correct the prices or remove the row');
  }
}
