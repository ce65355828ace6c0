/** How strongly an instrument trends, in units of its own volatility. */
import { difference, ema, type Indicator, ratio, returnDeviation, scale } from '@tradekit/indicators';

/** Lengths of {@link trendStrength}, in bars. */
export interface TrendLengths {
  readonly fastBars: number;
  readonly slowBars: number;
  readonly deviationBars: number;
}

/** Bars of fifteen sessions: the scale on which a trend is measured. */
const HORIZON_BARS = 390;

/**
 * z = (EMA fast − EMA slow of the logarithm of the close) ÷ (sd × √390), sd being the standard deviation of the last bar-to-bar
 * logarithmic returns: a trend of 1 has gone as far as a random walk goes in fifteen sessions. Without unit.
 */
export function trendStrength({ fastBars, slowBars, deviationBars }: TrendLengths): Indicator {
  const fast = ema({ period: fastBars, input: 'log-close' });
  const slow = ema({ period: slowBars, input: 'log-close' });
  return ratio(difference(fast, slow), scale(returnDeviation(deviationBars), Math.sqrt(HORIZON_BARS)));
}
