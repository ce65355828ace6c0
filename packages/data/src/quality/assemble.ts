/** Puts what the files say beside each other: the set's span, the market of a night, the sums. */
import {
  barsInSession,
  isoDate,
  MINUTE_MS,
  newYorkMinute,
  type Session,
  type SessionDay,
  type TradingCalendar,
} from '@tradekit/core';
import type { BarSource } from '../csv/source.js';
import type { FileExamination } from './examine-file.js';
import { FINDINGS, type Finding, type FindingCode, type FindingLevel } from './finding.js';
import { type EdgeGaps, edgeGaps, type LostRun, type PartialSession, type SetSpan } from './gaps.js';
import { median } from './median.js';
import {
  FINDINGS_KEPT,
  QUALITY_SCHEMA_VERSION,
  type QualityReport,
  type QualitySummary,
  type SymbolGaps,
  type SymbolQuality,
} from './report.js';
import { gapFindings, spinOffFinding } from './session-findings.js';
import { spinOffSuspicions } from './spin-offs.js';

/** One file of a folder: what was found row by row, and, where there were bars, in its sessions. */
export interface ExaminedFile {
  readonly symbol: string;
  readonly file: string;
  readonly rows: number;
  readonly findings: readonly Finding[];
  /** Last session on which the instrument may be traded, where there is one. */
  readonly last?: SessionDay;
  readonly examination?: FileExamination;
}

/** How the files were read. */
export interface ExaminedAs {
  readonly folder: string;
  readonly calendar: TradingCalendar;
  readonly barMinutes: number;
  readonly source: Required<BarSource>;
}

/** A night needs this many symbols for a market. */
const FEWEST_FOR_MARKET = 5;

/** Findings of rows that rest on the session in which a row lies: worth nothing when the stamps are read wrongly. */
const IN_SESSIONS: readonly FindingCode[] = ['UNFINISHED', 'FROZEN', 'BAD_PRINT'];

/** The report of a set of files. */
export function qualityReport(files: readonly ExaminedFile[], as: ExaminedAs): QualityReport {
  const span = spanOf(files);
  const sessions = span === undefined ? [] : as.calendar.sessions(span.first, span.last);
  const place = new Map(sessions.map(({ date }, index) => [date, index]));
  const market = marketMoves(files);
  const symbols = files.map((file) => symbolQuality(file, as, spanUntil(span, file.last), place, market));
  return {
    kind: 'tradekit-quality-report',
    schemaVersion: QUALITY_SCHEMA_VERSION,
    folder: as.folder,
    calendar: as.calendar.name,
    barMinutes: as.barMinutes,
    source: as.source,
    sessions: sessions.map(({ date }) => date),
    expectedBars: sessions.map((session) => barsInSession(session, as.barMinutes * MINUTE_MS)),
    regularMinutes: regularMinutes(sessions),
    symbols,
    summary: summaryOf(symbols, sessions.length),
  };
}

/** Hours of the first full session; those of New York where there is none. */
function regularMinutes(sessions: readonly Session[]): QualityReport['regularMinutes'] {
  const full = sessions.find(({ half }) => !half);
  if (full === undefined) return { open: 570, close: 960 };
  const open = newYorkMinute(full.open);
  return { open, close: open + (full.close - full.open) / MINUTE_MS };
}

/** From the first to the last session of any file whose stamps are read rightly, or of any file when none is. */
function spanOf(files: readonly ExaminedFile[]): SetSpan | undefined {
  const known = files.filter(({ examination }) => examination?.span !== undefined);
  const right = known.filter(({ examination }) => examination?.reading.verdict !== 'wrong');
  const spans = (right.length > 0 ? right : known).map(({ examination }) => examination!.span!);
  if (spans.length === 0) return undefined;
  return {
    first: Math.min(...spans.map(({ first }) => first)) as SessionDay,
    last: Math.max(...spans.map(({ last }) => last)) as SessionDay,
  };
}

/** The set ends earlier for an instrument that does. */
function spanUntil(span: SetSpan | undefined, last: SessionDay | undefined): SetSpan | undefined {
  if (span === undefined || last === undefined || last >= span.last) return span;
  return { first: span.first, last };
}

/** The median move of all symbols in the night before each date; nothing for dates with too few of them. */
function marketMoves(files: readonly ExaminedFile[]): ReadonlyMap<string, number> {
  const moves = new Map<string, number[]>();
  for (const { examination } of files) {
    for (const [place, { date }] of (examination?.covered.sessions ?? []).entries()) {
      const move = examination!.nightMoves[place]!;
      if (Number.isNaN(move)) continue;
      const known = moves.get(date);
      if (known === undefined) moves.set(date, [move]);
      else known.push(move);
    }
  }
  const enough = [...moves].filter(([, all]) => all.length >= FEWEST_FOR_MARKET);
  return new Map(enough.map(([date, all]) => [date, median(all)]));
}

function symbolQuality(
  { symbol, file, rows, findings, examination }: ExaminedFile,
  as: ExaminedAs,
  span: SetSpan | undefined,
  placeOf: ReadonlyMap<string, number>,
  market: ReadonlyMap<string, number>,
): SymbolQuality {
  if (examination === undefined) return withoutBars({ symbol, file, rows, findings }, as);
  const { covered, gaps, reading } = examination;
  const edges: EdgeGaps = span === undefined ? { beforeFirst: 0 } : edgeGaps(covered, as.calendar, span);
  const wrong = reading.verdict === 'wrong';
  const lastDate = span === undefined ? '' : isoDate(span.last);
  const firstDate = examination.span === undefined ? '' : isoDate(examination.span.first);
  const drops = wrong ? [] : spinOffSuspicions(examination.nightDrops, (date) => market.get(date) ?? 0);
  const all = [
    ...examination.findings,
    ...(wrong ? [] : gapFindings(gaps, edges, firstDate, lastDate)),
    ...drops.map(spinOffFinding),
    ...(wrong ? findings.filter(({ code }) => !IN_SESSIONS.includes(code)) : findings),
  ];
  const runs = edges.atEnd === undefined ? gaps.lost : [...gaps.lost, edges.atEnd];
  const lost = runs.reduce((sum, { dates }) => sum + dates.length, 0);
  const full = covered.bars.reduce((sum, bars, place) => sum + Number(bars >= covered.expected[place]!), 0);
  const partial = gaps.partial.length;
  return {
    symbol,
    file,
    rows,
    first: examination.first,
    last: examination.last,
    sessions: { expected: full + partial + lost, full, partial, lost, beforeFirst: edges.beforeFirst },
    bars: barsBySession(examination, placeOf),
    extendedBars: covered.extended.reduce((sum, bars) => sum + bars, 0),
    gaps: wrong ? { lost: [], partial: [] } : gapList(runs, gaps.partial),
    findings: kept(all),
    counts: countsOf(all),
    volume: examination.volume,
    profile: examination.profile,
    reading: { verdict: reading.verdict, used: reading.used, best: reading.readings.slice(0, 3) },
  };
}

function gapList(lost: readonly LostRun[], partial: readonly PartialSession[]): SymbolGaps {
  return {
    lost: lost.map(({ first, last, dates }) => ({ first, last, sessions: dates.length })),
    partial: partial.map(({ date, bars, expected, missing }) => ({ date, bars, expected, missing })),
  };
}

/** What there is to say about a file without a single bar. */
function withoutBars(
  { symbol, file, rows, findings }: ExaminedFile,
  { source, barMinutes }: ExaminedAs,
): SymbolQuality {
  return {
    symbol,
    file,
    rows,
    first: '',
    last: '',
    sessions: { expected: 0, full: 0, partial: 0, lost: 0, beforeFirst: 0 },
    bars: [],
    extendedBars: 0,
    gaps: { lost: [], partial: [] },
    findings: kept(findings),
    counts: countsOf(findings),
    volume: { fractionalRows: 0 },
    profile: { slotMinutes: barMinutes, share: [] },
    reading: { verdict: 'undecided', used: { ...source, fit: 0 }, best: [] },
  };
}

/** Bars of every session of the set: 0 where they are lost, −1 before the file's first session. */
function barsBySession({ covered, span }: FileExamination, placeOf: ReadonlyMap<string, number>): readonly number[] {
  const bars = new Array<number>(placeOf.size).fill(-1);
  if (span === undefined) return bars;
  const first = placeOf.get(isoDate(span.first)) ?? 0;
  bars.fill(0, first);
  for (const [index, { date }] of covered.sessions.entries()) {
    const place = placeOf.get(date);
    if (place !== undefined && place >= first) bars[place] = covered.bars[index]!;
  }
  return bars;
}

/** At most so many of a code. */
function kept(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Map<FindingCode, number>();
  return findings.filter(({ code }) => {
    const count = (seen.get(code) ?? 0) + 1;
    seen.set(code, count);
    return count <= FINDINGS_KEPT;
  });
}

type Counts = Partial<Record<FindingCode, number>>;

function countsOf(findings: readonly Finding[]): Counts {
  const counts: Counts = {};
  for (const { code } of findings) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}

function summaryOf(symbols: readonly SymbolQuality[], sessions: number): QualitySummary {
  const counts: Counts = {};
  const levels: Record<FindingLevel, number> = { fault: 0, decision: 0, suspicion: 0, note: 0 };
  for (const symbol of symbols) {
    for (const [code, count] of Object.entries(symbol.counts) as [FindingCode, number][]) {
      counts[code] = (counts[code] ?? 0) + count;
      levels[FINDINGS[code].level] += count;
    }
  }
  return {
    files: symbols.length,
    rows: symbols.reduce((sum, { rows }) => sum + rows, 0),
    sessions,
    bars: symbols.reduce((sum, { bars }) => sum + bars.reduce((some, count) => some + Math.max(0, count), 0), 0),
    complete: symbols.filter(({ sessions: { full, partial, lost } }) => full > 0 && partial + lost === 0).length,
    levels,
    counts,
  };
}
