import type { InstrumentIndex } from '@tradekit/core';
import { type Correlations, correlationsAt } from '@tradekit/risk';
import type { RunResult } from '../result/run-result.js';
import type { KeptLimits } from './kept-limits.js';

/** What was held at the official close of a session, as a risk manager saw it then. */
export interface ClosingBook {
  /** Place of the session among those that were closed. */
  readonly session: number;
  /** Signed value ÷ equity by instrument; 0 where nothing is held. */
  readonly weights: Float64Array;
  /** Instruments that are held. Empty: a flat book. */
  readonly held: readonly InstrumentIndex[];
  /** √(w'Σw) of one session by the shrunk covariance, made anew every 5 sessions; NaN where something held is not known well enough. */
  readonly deviation: number;
  /** The highest Σ w ρ of a name that is held, signed by its direction; `undefined` where the run does not limit it. */
  readonly correlation: number | undefined;
  /** The largest sum of |weight| in names that move as one; likewise. */
  readonly cluster: number | undefined;
}

/** A covariance of 120 sessions hardly changes in a week, and costs more than everything else on the page. */
const SESSIONS_A_WEEK = 5;

/** The books at the closes of a run, in their order. One without an equity above 0 counts as flat. */
export function closingBooks(result: RunResult, limits: KeptLimits = {}): readonly ClosingBook[] {
  const { exposures, equity, sessions } = result;
  const known = correlationsOf(result);
  // What a rule measured is measured as it did: at every close.
  const isLimited = limits.maxCorrelation !== undefined || limits.maxClusterFraction !== undefined;
  let correlations = known(0);
  return Array.from(sessions.row, (row, session): ClosingBook => {
    const worth = equity.equity[row]!;
    const mark = exposures.mark[session]!;
    const shares = exposures.held[session]!;
    const weights = new Float64Array(shares.length);
    const held: InstrumentIndex[] = [];
    for (let i = 0; i < shares.length; i++) {
      if (shares[i] === 0 || !(worth > 0)) continue;
      weights[i] = (shares[i]! * mark[i]!) / worth;
      held.push(i as InstrumentIndex);
    }
    if (isLimited || (session + 1) % SESSIONS_A_WEEK === 0) correlations = known(session + 1);
    const book = { held, weights, correlations };
    return {
      session,
      weights,
      held,
      deviation: deviationOf(book),
      correlation: limits.maxCorrelation === undefined ? undefined : correlationUse(book),
      cluster: limits.maxClusterFraction === undefined ? undefined : clusterUse(book, limits.clusterCorrelation),
    };
  });
}

/** The correlations after so many sessions of a run; to be asked in ascending order. */
export function correlationsOf({ universe, exposures }: RunResult): (closed: number) => Correlations {
  return correlationsAt({
    sectors: universe.instruments.map(({ sector }) => sector),
    sessions: exposures.sessionReturn,
  });
}

interface KnownBook extends Pick<ClosingBook, 'held' | 'weights'> {
  readonly correlations: Correlations;
}

function deviationOf({ held, weights, correlations }: KnownBook): number {
  const moves = held.map((i) => weights[i]! * correlations.volatility(i));
  let variance = 0;
  for (let a = 0; a < held.length; a++) {
    let others = 0;
    for (let b = 0; b < a; b++) others += moves[b]! * correlations.correlation(held[a]!, held[b]!);
    variance += moves[a]! * (moves[a]! + 2 * others);
  }
  return Math.sqrt(Math.max(0, variance));
}

/** Two names of which too little is known go along entirely, as `maxCorrelation` has it. */
function correlationUse({ held, weights, correlations }: KnownBook): number {
  let most = 0;
  for (const i of held) {
    let sum = 0;
    for (const j of held) {
      const rho = correlations.correlation(i, j);
      sum += Number.isNaN(rho) ? Math.abs(weights[j]!) : Math.sign(weights[i]!) * weights[j]! * rho;
    }
    most = Math.max(most, sum);
  }
  return most;
}

function clusterUse({ held, weights, correlations }: KnownBook, threshold = 0.7): number {
  let most = 0;
  for (const i of held) {
    let sum = 0;
    for (const j of correlations.cluster(i, threshold)) sum += Math.abs(weights[j]!);
    most = Math.max(most, sum);
  }
  return most;
}
