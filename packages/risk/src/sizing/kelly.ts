import type { RiskContext, Wish } from '@tradekit/core';
import { correlationsOf } from '../correlation.js';
import { requireCount, requireFraction, requireNotNegative } from '../options.js';
import { sharesFor } from './budget.js';
import { covarianceOf, jointVariance, type Weight } from './covariance.js';
import type { Edge } from './edge.js';
import { heldBook } from './held-book.js';
import type { BookSizer } from './sizer.js';

/** Options of {@link kelly}. */
export interface KellyOptions {
  /** Where the expected return comes from. */
  readonly edge: Edge;
  /** How long a position is held, in sessions: the horizon of mean and variance. A whole number of at least 1. */
  readonly horizonSessions: number;
  /** Costs of one side in hundredths of a percent: taken twice from the mean. Default 0. */
  readonly costBps?: number;
  /** The part of the full Kelly fraction that is taken. Above 0, at most 1, default 0.25. */
  readonly fraction?: number;
}

/**
 * Kelly: mean ÷ variance at the holding horizon, of which a fraction is taken (E. O. Thorp, The Kelly Criterion in Blackjack, Sports
 * Betting, and the Stock Market, 2006). The mean is net of the round trip's costs, and where it is not positive the size is 0.
 * Several wishes of a slice are scaled down together by the shrunk covariance, with what is held: by the step along their direction
 * at which the growth is highest. Caps belong on top, `capped` or rules. Throws `ConfigError` when an option is out of range.
 */
export function kelly({ edge, horizonSessions, costBps = 0, fraction = 0.25 }: KellyOptions): BookSizer {
  requireCount('kelly', 'horizonSessions', horizonSessions);
  requireFraction('kelly', 'fraction', fraction, 1);
  requireNotNegative('kelly', 'costBps', costBps);
  const cost = edge.afterCosts === true ? 0 : 2 * costBps * 1e-4;
  return {
    name: `kelly(${edge.name})`,
    features: edge.features ?? [],
    needs: `${edge.needs}, and a variance above 0`,
    sizes(wishes, context) {
      const bets = wishes.map((wish) => betOf(wish, { edge, horizonSessions, cost }, context));
      const scale = scaleOf(wishes, bets, { horizonSessions, fraction }, context);
      return wishes.map((wish, place) => sharesFor(fraction * scale * bets[place]!.full, wish, context));
    },
  };
}

/** A wish as a bet: its net mean, its variance, and its full Kelly fraction when it stands alone. */
interface Bet {
  readonly mean: number;
  readonly variance: number;
  readonly full: number;
}

function betOf(
  wish: Wish,
  { edge, horizonSessions, cost }: { edge: Edge; horizonSessions: number; cost: number },
  context: RiskContext,
): Bet {
  const { instrument } = wish.signal;
  const expected = edge.of(wish, context);
  const mean = expected.mean - cost;
  const variance = expected.variance ?? horizonSessions * covarianceOf(context)(instrument, instrument);
  if (mean <= 0) return { mean: 0, variance, full: 0 };
  return { mean, variance, full: variance > 0 ? mean / variance : Number.NaN };
}

/**
 * The step s along the full fractions f that maximises the growth s f·μ − ½ s² f'Σf − s f'Σw ÷ fraction beside what is held, w:
 * s = (f·μ − f'Σw ÷ fraction) ÷ f'Σf, at most 1. One for a single bet and an empty book.
 */
function scaleOf(
  wishes: readonly Wish[],
  bets: readonly Bet[],
  { horizonSessions, fraction }: { horizonSessions: number; fraction: number },
  context: RiskContext,
): number {
  const wanted: Weight[] = [];
  const own = new Map<number, number>();
  let gain = 0;
  for (const [place, { signal, budget }] of wishes.entries()) {
    const { full, mean, variance } = bets[place]!;
    if (!(full > 0)) continue;
    const weight = (full * budget) / context.equity;
    wanted.push({ instrument: signal.instrument, weight: signal.direction * weight });
    own.set(signal.instrument, variance);
    gain += weight * mean;
  }
  const held = heldBook(wishes, context);
  if (wanted.length + held.length < 2) return 1;
  const known = correlationsOf(context);
  const deviation = (i: number): number => Math.sqrt(own.get(i) ?? horizonSessions * known.volatility(i) ** 2);
  const covariance = (i: number, j: number): number => known.correlation(i, j) * deviation(i) * deviation(j);
  const variance = jointVariance(wanted, wanted, covariance);
  const drag = jointVariance(wanted, held, covariance) / fraction;
  return variance > 0 ? Math.max(0, Math.min(1, (gain - drag) / variance)) : Number.NaN;
}
