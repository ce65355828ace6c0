import { fail, requireBetween } from '../error.js';
import { type Judged, requireJudged, sideOf } from './judged.js';

/** Trades whose side was given about the same probability. */
export interface ProbabilityBucket {
  /** Limits of the probability of the side that was taken; the upper one belongs to the next bucket, but for the last. */
  readonly from: number;
  readonly to: number;
  readonly trades: number;
  /** Mean probability that was given to the side. */
  readonly said: number;
  /** The part of trades that gained before costs. */
  readonly gained: number;
  /** Mean return of a trade in basis points, before costs. */
  readonly grossBps: number;
  /** {@link grossBps} less the cost. */
  readonly netBps: number;
}

/** Options of {@link netByProbability}. */
export interface NetReturnOptions {
  /** Of a whole trade, in and out, in basis points. Not negative. */
  readonly costBps: number;
  /** Where buckets begin, ascending; below the first nothing is traded, and the last ends at 1. Default 0, 0.35, 0.4, 0.45, 0.5 and 0.6. */
  readonly limits?: readonly number[];
}

/**
 * What a trade of every row on its likelier side would have returned, by the probability of that side; rows whose sides are alike are not traded. Buckets without trades are left out. What
 * is before costs is the label's own return, from open to open. Trades of overlapping labels are not independent: no error of the mean is given. Throws
 * `MlError` `SCORES_SHAPE` and `SCORES_VALUE` on lists that do not fit, `ML_OPTION` on options out of range.
 */
export function netByProbability(judged: Judged, options: NetReturnOptions): readonly ProbabilityBucket[] {
  const { costBps, limits = [0, 0.35, 0.4, 0.45, 0.5, 0.6] } = options;
  requireJudged('netByProbability', judged);
  requireBetween('netByProbability', 'costBps', costBps, 0, Number.MAX_VALUE);
  requireLimits(limits);
  const { probabilities, classes, returns } = judged;
  const sums = limits.map(() => ({ trades: 0, said: 0, gained: 0, gross: 0 }));
  for (let row = 0; row < classes.length; row++) {
    const side = sideOf(probabilities, row);
    if (side === 0) continue;
    const p = probabilities[3 * row + 1 + side]!;
    const own = sums[limits.findLastIndex((limit) => p >= limit)];
    if (own === undefined) continue;
    const gross = side * returns[row]!;
    own.trades++;
    own.said += p;
    own.gained += gross > 0 ? 1 : 0;
    own.gross += gross;
  }
  return sums.flatMap(({ trades, said, gained, gross }, bucket) => {
    if (trades === 0) return [];
    const grossBps = (10_000 * gross) / trades;
    return {
      from: limits[bucket]!,
      to: limits[bucket + 1] ?? 1,
      trades,
      said: said / trades,
      gained: gained / trades,
      grossBps,
      netBps: grossBps - costBps,
    };
  });
}

function requireLimits(limits: readonly number[]): void {
  const isRising = limits.every((limit, k) => limit >= 0 && limit < 1 && (k === 0 || limit > limits[k - 1]!));
  if (limits.length > 0 && isRising) return;
  const message = `netByProbability has the limits ${limits.join(', ')}; give ascending probabilities from 0 to below 1`;
  fail('ML_OPTION', message);
}
