/** What the doctor says about a file: one thing, where it is, how much it matters, and the numbers it rests on. */

/**
 * How much a finding matters. `fault`: rows or a file that cannot be what they say. `decision`: a person has to decide
 * something before the data can be trusted. `suspicion`: worth a look, and as it is most likely right or harmless. `note`: good to know.
 */
export type FindingLevel = 'fault' | 'decision' | 'suspicion' | 'note';

/** Every level, the gravest first. */
export const LEVELS: readonly FindingLevel[] = ['fault', 'decision', 'suspicion', 'note'];

/** Name of a kind of finding, stable for programs; {@link FINDINGS} has its level and what it means in a few words. */
export type FindingCode =
  | 'UNREADABLE'
  | 'BAD_ROW'
  | 'IMPOSSIBLE_BAR'
  | 'OUT_OF_ORDER'
  | 'OFF_GRID'
  | 'WRONG_READING'
  | 'UNKNOWN_READING'
  | 'LOST_SESSIONS'
  | 'ENDS_EARLY'
  | 'PARTIAL_SESSION'
  | 'SPLIT'
  | 'IDENTITY'
  | 'CONFLICTING_DUPLICATE'
  | 'SPLIT_OR_NEWS'
  | 'MIXED_SCALE'
  | 'SPIN_OFF'
  | 'BAD_PRINT'
  | 'FROZEN'
  | 'OUTSIDE_SESSION'
  | 'UNFINISHED'
  | 'CUT_OFF'
  | 'DUPLICATE'
  | 'MISSING_BARS'
  | 'STARTS_LATE'
  | 'FRACTIONAL_VOLUME'
  | 'UNDECIDED_READING';

/** Every code with its level and the words of a heading. */
export const FINDINGS: Readonly<Record<FindingCode, { readonly level: FindingLevel; readonly title: string }>> = {
  UNREADABLE: { level: 'fault', title: 'file cannot be read' },
  BAD_ROW: { level: 'fault', title: 'row cannot be read' },
  IMPOSSIBLE_BAR: { level: 'fault', title: 'impossible bar' },
  OUT_OF_ORDER: { level: 'fault', title: 'row out of order' },
  OFF_GRID: { level: 'fault', title: 'stamp off the grid' },
  WRONG_READING: { level: 'decision', title: 'zone or stamps read wrongly' },
  UNKNOWN_READING: { level: 'decision', title: 'no zone fits' },
  LOST_SESSIONS: { level: 'decision', title: 'lost sessions' },
  ENDS_EARLY: { level: 'decision', title: 'ends before the set' },
  PARTIAL_SESSION: { level: 'decision', title: 'partial session' },
  SPLIT: { level: 'decision', title: 'split?' },
  IDENTITY: { level: 'decision', title: 'two instruments?' },
  CONFLICTING_DUPLICATE: { level: 'decision', title: 'conflicting duplicate' },
  SPLIT_OR_NEWS: { level: 'suspicion', title: '3:2 split or news?' },
  MIXED_SCALE: { level: 'suspicion', title: 'bar on two price scales' },
  SPIN_OFF: { level: 'suspicion', title: 'spin-off or special dividend?' },
  BAD_PRINT: { level: 'suspicion', title: 'bad print' },
  FROZEN: { level: 'suspicion', title: 'frozen run' },
  OUTSIDE_SESSION: { level: 'suspicion', title: 'bar outside the session' },
  UNFINISHED: { level: 'suspicion', title: 'last bar unfinished?' },
  CUT_OFF: { level: 'note', title: 'last session not over' },
  DUPLICATE: { level: 'note', title: 'identical duplicate' },
  MISSING_BARS: { level: 'note', title: 'single bars missing' },
  STARTS_LATE: { level: 'note', title: 'starts after the set' },
  FRACTIONAL_VOLUME: { level: 'note', title: 'fractional volume' },
  UNDECIDED_READING: { level: 'note', title: 'zone cannot be told' },
};

/** How many times each code was found. */
type FindingCounts = Readonly<Partial<Record<FindingCode, number>>>;

/** The codes that were found, in the order of {@link FINDINGS}. */
export function codesOf(counts: FindingCounts): readonly FindingCode[] {
  return (Object.keys(FINDINGS) as FindingCode[]).filter((code) => (counts[code] ?? 0) > 0);
}

/** The gravest level that was found; `undefined` when nothing was. */
export function gravestLevel(counts: FindingCounts): FindingLevel | undefined {
  const levels = codesOf(counts).map((code) => FINDINGS[code].level);
  return LEVELS.find((level) => levels.includes(level));
}

/** Bars around a finding, as a page draws them. */
export interface BarExcerpt {
  /** Starts, milliseconds since 1970 UTC. */
  readonly start: readonly number[];
  readonly open: readonly number[];
  readonly high: readonly number[];
  readonly low: readonly number[];
  readonly close: readonly number[];
  readonly volume: readonly number[];
  /** Place of the bar that is meant. */
  readonly at: number;
}

/** One thing that was found. */
export interface Finding {
  readonly code: FindingCode;
  readonly level: FindingLevel;
  /** New York date `YYYY-MM-DD`, or date and time `YYYY-MM-DD HH:MM` of the start of a bar; empty when the whole file is meant. */
  readonly at: string;
  /** A sentence for a person. */
  readonly text: string;
  /** The numbers it rests on; prices in dollars, ratios and fractions as such. */
  readonly evidence: Readonly<Record<string, number | string>>;
  /** The bars around it, where a page should show them. */
  readonly bars?: BarExcerpt;
}

/** A finding at the level of its code. */
export function finding(
  code: FindingCode,
  at: string,
  text: string,
  evidence: Finding['evidence'] = {},
  bars?: BarExcerpt,
): Finding {
  const { level } = FINDINGS[code];
  return bars === undefined ? { code, level, at, text, evidence } : { code, level, at, text, evidence, bars };
}
