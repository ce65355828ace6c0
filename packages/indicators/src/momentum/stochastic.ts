import { extreme } from '../base/extremes.js';
import { formula, type Indicator } from '../base/indicator.js';
import { featureOf, type Input } from '../base/input.js';
import { requirePeriod } from '../base/require.js';
import { sma } from '../trend/sma.js';

/** Options of {@link stochasticK} and {@link stochasticD}. */
export interface StochasticOptions {
  /** Bars of the range, default 14. */
  readonly period?: number;
  /** Bars over which %K is averaged, default 3; 1 gives the fast stochastic. */
  readonly smoothing?: number;
  /** Bars over which %D averages %K, default 3. */
  readonly signal?: number;
}

/** Where a value lies in the range of the last bars, 0 … 100; 0 when there is no range. */
export function placeInRange(name: string, period: number, high: Input, low: Input, value: Input): Indicator {
  const top = extreme('highest', { period, input: high });
  const bottom = extreme('lowest', { period, input: low });
  return formula({ key: name, unit: 'none', inputs: [top, bottom, featureOf(value)] }, (out, base, count, inputs) => {
    const { values: tops, base: atTop } = inputs[0]!;
    const { values: bottoms, base: atBottom } = inputs[1]!;
    const { values, base: at } = inputs[2]!;
    for (let i = 0; i < count; i++) {
      const range = tops[atTop + i]! - bottoms[atBottom + i]!;
      out[base + i] = range === 0 ? 0 : (100 * (values[at + i]! - bottoms[atBottom + i]!)) / range;
    }
  });
}

/**
 * %K of the stochastic oscillator (Lane, 1950s), 0 … 100: where the close lies between the lowest low and the highest high of
 * the period, averaged over `smoothing` bars (TA-Lib's STOCH, with simple averages). 0 when there is no range, as in TA-Lib. A
 * missing bar gives NaN and is left out. Throws `ConfigError` on periods that are no whole numbers of at least 1.
 */
export function stochasticK({ period = 14, smoothing = 3 }: StochasticOptions = {}): Indicator {
  requirePeriod('stochasticK', period);
  requirePeriod('stochasticK', smoothing, 1, 'smoothing');
  const fast = placeInRange(`placeInRange(${period})`, period, 'high', 'low', 'close');
  return smoothing === 1 ? fast : sma({ period: smoothing, input: fast });
}

/** %D: the simple average of {@link stochasticK} over `signal` bars. */
export function stochasticD({ signal = 3, ...k }: StochasticOptions = {}): Indicator {
  requirePeriod('stochasticD', signal, 1, 'signal');
  return sma({ period: signal, input: stochasticK(k) });
}
