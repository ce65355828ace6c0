/** What a person has written down of an instrument is not found again. */
import { isoDate } from '@tradekit/core';
import { type BarColumns, joined } from '../csv/columns.js';
import { tradableRows } from '../instruments/adjust.js';
import { type InstrumentRecord, lastDay } from '../instruments/record.js';
import type { FileExamination } from './examine-file.js';
import type { FindingCode } from './finding.js';

/** The bars of the days on which an instrument may be traded. */
export function membersOnly(columns: BarColumns, record: InstrumentRecord): BarColumns {
  const { from, to } = tradableRows(columns, record);
  return from === 0 && to === columns.start.length ? columns : joined([{ columns, from, to: Math.max(from, to) }]);
}

/** A finding is of a day on which the instrument may be traded, or of the whole file. `at` begins with a date or is empty. */
export function isMember(at: string, record: InstrumentRecord): boolean {
  const date = at.slice(0, 10);
  const last = lastDay(record);
  const isEarly = record.from !== undefined && date < isoDate(record.from);
  return date === '' || !(isEarly || (last !== undefined && date > isoDate(last)));
}

const OF_SPLITS: ReadonlySet<FindingCode> = new Set(['SPLIT', 'SPLIT_OR_NEWS', 'MIXED_SCALE']);

/** Without the splits, spin-offs and dividends of the record. */
export function withoutKnown(examination: FileExamination, record: InstrumentRecord): FileExamination {
  const { splits = [], spinOffs = [], dividends = [] } = record;
  const splitDates = new Set(splits.map(({ date }) => isoDate(date)));
  const paidDates = new Set([...spinOffs, ...dividends].map(({ date }) => isoDate(date)));
  return {
    ...examination,
    findings: examination.findings.filter(({ code, at }) => !(OF_SPLITS.has(code) && splitDates.has(at.slice(0, 10)))),
    nightDrops: examination.nightDrops.filter(({ date }) => !paidDates.has(date)),
  };
}
