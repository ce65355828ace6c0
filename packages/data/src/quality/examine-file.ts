/** Everything that can be said about one file on its own. */
import { newYorkText, type SessionDay, type Timestamp, type TradingCalendar } from '@tradekit/core';
import type { BarColumns } from '../csv/columns.js';
import type { BarSource } from '../csv/source.js';
import { type Coverage, coverage } from './coverage.js';
import type { Finding } from './finding.js';
import { type Gaps, gaps } from './gaps.js';
import { type ReadingEvidence, readingEvidence } from './reading.js';
import { identityFindings, readingFindings, splitFindings, strayFindings, volumeFindings } from './session-findings.js';
import { sessionRows } from './session-rows.js';
import { type NightDrop, nightDrops, nightMoves } from './spin-offs.js';
import { type VolumeProfile, volumeProfile } from './volume-profile.js';
import { type VolumeScale, volumeScale } from './volume-scale.js';

/** What one file says; a few numbers a session, no bars but those of the excerpts. */
export interface FileExamination {
  /** Starts of the first and the last bar, New York. */
  readonly first: string;
  readonly last: string;
  readonly covered: Coverage;
  readonly gaps: Gaps;
  /** First and last session with a bar in regular hours; `undefined` when there is none. */
  readonly span: { readonly first: SessionDay; readonly last: SessionDay } | undefined;
  readonly volume: VolumeScale;
  readonly profile: VolumeProfile;
  readonly reading: ReadingEvidence;
  /** Moves of the nights by session, and the drops that may be corporate actions: both wait for the other symbols. */
  readonly nightMoves: Float64Array;
  readonly nightDrops: readonly NightDrop[];
  readonly findings: readonly Finding[];
}

/** Examines the bars of a file, read as `source` says; there is at least one. */
export function examineBars(
  columns: BarColumns,
  calendar: TradingCalendar,
  source: BarSource,
  barMinutes: number,
): FileExamination {
  const { start } = columns;
  const rows = sessionRows(columns, calendar, barMinutes);
  const covered = coverage(columns, rows);
  const reading = readingEvidence(columns, calendar, source, barMinutes);
  const splits = splitFindings(columns, rows);
  const splitDates = new Set(splits.map(({ at }) => at));
  const volume = volumeScale(columns);
  const first = covered.bars.findIndex((bars) => bars > 0);
  const last = covered.bars.findLastIndex((bars) => bars > 0);
  // In the wrong zone bars lie outside sessions and prices jump at the wrong time: that is one finding, not hundreds.
  const inSessions =
    reading.verdict === 'wrong' ? [] : [...strayFindings(columns, rows), ...splits, ...identityFindings(columns, rows)];
  return {
    first: newYorkText(start[0]! as Timestamp),
    last: newYorkText(start[start.length - 1]! as Timestamp),
    covered,
    gaps: gaps(columns, rows, covered),
    span: first < 0 ? undefined : { first: rows.sessions[first]!.day, last: rows.sessions[last]!.day },
    volume,
    profile: volumeProfile(columns, rows),
    reading,
    nightMoves: nightMoves(columns, rows),
    nightDrops: nightDrops(columns, rows).filter(({ date }) => !splitDates.has(date)),
    findings: [...readingFindings(reading), ...inSessions, ...volumeFindings(volume)],
  };
}
