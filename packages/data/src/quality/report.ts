/** The doctor's report: plain data, the content of `quality.json`. */
import type { BarSource } from '../csv/source.js';
import type { Finding, FindingCode, FindingLevel } from './finding.js';
import type { StampReading } from './reading.js';
import type { VolumeProfile } from './volume-profile.js';
import type { VolumeScale } from './volume-scale.js';

/** Raised with every change that a reader of `quality.json` has to know of. */
export const QUALITY_SCHEMA_VERSION = 1;

/** Sessions of a symbol, counted from its own first one to the set's last. */
export interface SessionCounts {
  /** All of them by the calendar: `full + partial + lost`. */
  readonly expected: number;
  readonly full: number;
  readonly partial: number;
  readonly lost: number;
  /** Sessions of the set before the symbol's first one; not gaps. */
  readonly beforeFirst: number;
}

/** A span of lost sessions. */
export interface LostSpan {
  readonly first: string;
  readonly last: string;
  readonly sessions: number;
}

/** All gaps of a symbol, with exact dates; none are told when the stamps were read wrongly. */
export interface SymbolGaps {
  readonly lost: readonly LostSpan[];
  readonly partial: readonly {
    readonly date: string;
    readonly bars: number;
    readonly expected: number;
    /** New York starts of the missing bars, single or as spans. */
    readonly missing: readonly string[];
  }[];
}

/** How a file's stamps were read and what the bars say about it. */
export interface SymbolReading {
  readonly verdict: 'likely' | 'wrong' | 'unknown' | 'undecided';
  readonly used: StampReading;
  /** The three readings that fit best. */
  readonly best: readonly StampReading[];
}

/** Everything about one file. */
export interface SymbolQuality {
  readonly symbol: string;
  /** Name of the file in the folder. */
  readonly file: string;
  /** Rows in the file, readable or not; 0 when the file could not be read at all. */
  readonly rows: number;
  /** Starts of the first and the last bar, New York `YYYY-MM-DD HH:MM`; empty without bars. */
  readonly first: string;
  readonly last: string;
  readonly sessions: SessionCounts;
  /** Bars in regular hours of each session in {@link QualityReport.sessions}; −1 before the symbol's first session. */
  readonly bars: readonly number[];
  /** Bars in extended hours, all sessions together. */
  readonly extendedBars: number;
  readonly gaps: SymbolGaps;
  readonly findings: readonly Finding[];
  /** How many times each code was found; `findings` keeps at most {@link FINDINGS_KEPT} of a code. */
  readonly counts: Readonly<Partial<Record<FindingCode, number>>>;
  readonly volume: VolumeScale;
  readonly profile: VolumeProfile;
  readonly reading: SymbolReading;
}

/** Findings of one code that are kept for a symbol. */
export const FINDINGS_KEPT = 200;

/** Sums over all symbols. */
export interface QualitySummary {
  readonly files: number;
  readonly rows: number;
  readonly sessions: number;
  /** Bars in regular hours. */
  readonly bars: number;
  /** Symbols without a lost or partial session. */
  readonly complete: number;
  readonly levels: Readonly<Record<FindingLevel, number>>;
  readonly counts: Readonly<Partial<Record<FindingCode, number>>>;
}

/** What `examineFolder` answers. */
export interface QualityReport {
  readonly kind: 'tradekit-quality-report';
  readonly schemaVersion: typeof QUALITY_SCHEMA_VERSION;
  readonly folder: string;
  readonly calendar: string;
  readonly barMinutes: number;
  /** How the stamps were read. */
  readonly source: Required<BarSource>;
  /** Dates of all sessions of the set, ascending, and how many bars each has. */
  readonly sessions: readonly string[];
  readonly expectedBars: readonly number[];
  /** Open and close of a full session in minutes of the New York day: 570 and 960. */
  readonly regularMinutes: { readonly open: number; readonly close: number };
  /** In the order of their names. */
  readonly symbols: readonly SymbolQuality[];
  readonly summary: QualitySummary;
}

/** Something needs mending or a decision: there is a finding of the level `fault` or `decision`. `--strict` exits with 3 then. */
export function needsDecision({ summary }: QualityReport): boolean {
  return summary.levels.fault + summary.levels.decision > 0;
}

/** The text of `quality.json`. */
export function qualityJson(report: QualityReport): string {
  return `${JSON.stringify(report)}\n`;
}
