import type { FeatureSpec, RiskContext, Wish } from '@tradekit/core';
import { requireCount, requireNotNegative } from '../options.js';

/** What a wish is expected to bring while it is held, as fractions of what is put in. */
export interface Expectation {
  /** Mean return in the wish's direction, before the costs of the round trip unless {@link Edge.afterCosts}. NaN: not known. */
  readonly mean: number;
  /** Its variance; `undefined` leaves it to the session returns. */
  readonly variance?: number;
}

/** Where the expected return of a wish comes from. */
export interface Edge {
  readonly name: string;
  readonly features?: readonly FeatureSpec[];
  /** The expectation has the costs taken out already. */
  readonly afterCosts?: true;
  /** What it cannot answer without, in words. */
  readonly needs: string;
  /** What the wish is expected to bring; a mean of NaN where that is not known. */
  of(wish: Wish, context: RiskContext): Expectation;
}

/** The wish's own probability, target and stop: p × way to the target − (1 − p) × way to the stop. */
export function signalEdge(): Edge {
  return {
    name: 'signal',
    needs: 'a probability in 0 … 1, a target and a stop',
    of({ signal }, context) {
      const { instrument, direction, probability = Number.NaN } = signal;
      const price = context.price(instrument);
      const gain = direction * ((signal.targetPrice ?? Number.NaN) / price - 1);
      const loss = direction * (1 - (signal.stopPrice ?? Number.NaN) / price);
      if (!(gain > 0 && loss > 0 && probability >= 0 && probability <= 1)) return { mean: Number.NaN };
      return {
        mean: probability * gain - (1 - probability) * loss,
        variance: probability * (1 - probability) * (gain + loss) ** 2,
      };
    },
  };
}

/** A feature that forecasts the instrument's own return over the holding time: below 0 it speaks for a short. */
export function forecastEdge(feature: FeatureSpec): Edge {
  return {
    name: feature.key,
    features: [feature],
    needs: `a value of ${feature.key}`,
    of: ({ signal }, context) => ({ mean: signal.direction * context.feature(feature, signal.instrument) }),
  };
}

/** Options of {@link tradesEdge}. */
export interface TradesEdgeOptions {
  /** Closed trades before anything is said. At least 2, default 30. */
  readonly minTrades?: number;
  /** So many imagined trades of return 0 are mixed into the mean. 0 or more, default 30. */
  readonly shrinkageTrades?: number;
}

/**
 * The strategy's own closed trades: their mean return, shrunk to mean × n / (n + shrinkageTrades), and their variance, after all
 * commissions. Throws `ConfigError` on a count that is none.
 */
export function tradesEdge({ minTrades = 30, shrinkageTrades = 30 }: TradesEdgeOptions = {}): Edge {
  requireCount('tradesEdge', 'minTrades', minTrades, 2);
  requireNotNegative('tradesEdge', 'shrinkageTrades', shrinkageTrades, 'a number of trades');
  return {
    name: 'trades',
    afterCosts: true,
    needs: `${minTrades} closed trades`,
    of({ strategy }, context) {
      const { count, meanReturn, variance } = context.tradeStatistics(strategy);
      if (count < minTrades) return { mean: Number.NaN };
      return { mean: (meanReturn * count) / (count + shrinkageTrades), variance };
    },
  };
}
