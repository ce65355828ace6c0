/** How much of each limit a run has used, session by session. */
import type { RunResult } from '../result/run-result.js';
import type { ClosingBook } from './closing-books.js';
import type { KeptLimits } from './kept-limits.js';

/** The use of one limit. */
export interface LimitUses {
  /** Name of the rule, as in refusals. */
  readonly rule: string;
  /** What is measured, for a person. */
  readonly label: string;
  readonly unit: 'fraction' | 'count' | 'ratio';
  /** `undefined` where the run kept none, or does not say. */
  readonly limit: number | undefined;
  /** The highest of each session that was closed, 0 or more; NaN where it cannot be measured. */
  readonly uses: readonly number[];
  /** The highest of all, 0 where nothing was ever used. */
  readonly peak: number;
  /** Place of the session of the peak; `undefined` where nothing was used. */
  readonly peakSession: number | undefined;
  /** Sessions in which the limit was reached or passed. */
  readonly sessionsAtLimit: number;
}

/** Sums in another order differ by less. */
const DUST = 1e-9;

/** The uses of all limits. Those of correlations are there only where the run limits them. */
export function limitUses(
  result: RunResult,
  books: readonly ClosingBook[],
  limits: KeptLimits = {},
): readonly LimitUses[] {
  const { position, sector, gross, net, positions } = result.exposures;
  const uses = [
    usesOf('max-position', 'largest position', 'fraction', limits.maxPositionFraction, position),
    usesOf('max-sector', 'largest sector', 'fraction', limits.maxSectorFraction, sector),
    usesOf('max-gross', 'gross exposure', 'fraction', limits.maxGrossFraction, gross),
    usesOf('max-net', 'net exposure', 'fraction', limits.maxNetFraction, net),
    usesOf('max-leverage', 'leverage', 'ratio', limits.maxLeverage, gross),
    usesOf('max-positions', 'positions', 'count', limits.maxPositions, positions),
    usesOf('max-daily-loss', 'daily loss', 'fraction', limits.maxDailyLossFraction, dailyLosses(result)),
    usesOf('max-drawdown', 'drawdown', 'fraction', limits.maxDrawdownFraction, drawdowns(result)),
  ];
  if (limits.maxCorrelation !== undefined) {
    const sums = books.map(({ correlation = Number.NaN }) => correlation);
    uses.push(usesOf('max-correlation', 'Σ w ρ', 'fraction', limits.maxCorrelation, sums));
  }
  if (limits.maxClusterFraction !== undefined) {
    const clusters = books.map(({ cluster = Number.NaN }) => cluster);
    uses.push(usesOf('max-cluster', 'largest cluster', 'fraction', limits.maxClusterFraction, clusters));
  }
  return uses;
}

function usesOf(
  rule: string,
  label: string,
  unit: LimitUses['unit'],
  limit: number | undefined,
  uses: readonly number[],
): LimitUses {
  let peak = 0;
  let peakSession: number | undefined;
  let sessionsAtLimit = 0;
  for (const [session, use] of uses.entries()) {
    if (limit !== undefined && use >= limit - DUST) sessionsAtLimit += 1;
    if (!(use > peak)) continue;
    peak = use;
    peakSession = session;
  }
  return { rule, label, unit, limit, uses, peak, peakSession, sessionsAtLimit };
}

/**
 * The highest loss of each session since the official close before, by the flow-adjusted index at the slices, 0 in a session without
 * one. What a halt measured counts too: the mark that it saw may have given way to the official close.
 */
function dailyLosses({ equity, sessions, states }: RunResult): readonly number[] {
  const { index } = equity;
  const losses: number[] = [];
  let before = 1;
  let row = 0;
  for (let session = 0; session < sessions.length; session++) {
    let loss = 0;
    for (; row <= sessions.row[session]!; row++) loss = Math.max(loss, 1 - index[row]! / before);
    losses.push(Math.max(loss, measuredIn(states, 'max-daily-loss', sessions.day[session]!)));
    before = index[sessions.row[session]!]!;
  }
  return losses;
}

/** The deepest fall of each session from the highest index so far; a halt for drawdown that ended begins a new peak. */
function drawdowns({ equity, sessions, states }: RunResult): readonly number[] {
  const { index, time } = equity;
  const releases = states.filter(({ rule, state }) => rule === 'max-drawdown' && state === 'active');
  const falls: number[] = [];
  let peak = 0;
  let row = 0;
  let released = 0;
  for (let session = 0; session < sessions.length; session++) {
    let fall = 0;
    for (; row <= sessions.row[session]!; row++) {
      for (; released < releases.length && releases[released]!.time <= time[row]!; released++) peak = 0;
      peak = Math.max(peak, index[row]!);
      fall = Math.max(fall, 1 - index[row]! / peak);
    }
    falls.push(Math.max(fall, measuredIn(states, 'max-drawdown', sessions.day[session]!)));
  }
  return falls;
}

function measuredIn(states: RunResult['states'], rule: string, day: number): number {
  let most = 0;
  for (const state of states) {
    if (state.session === day && state.rule === rule) most = Math.max(most, state.measured ?? 0);
  }
  return most;
}
