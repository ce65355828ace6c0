/** A set of features to start from. */
import type { FeatureDefinition } from './feature-set.js';

/**
 * Twenty-five features of 15-minute bars that need no further thought to be comparable between instruments: returns and trends in units of
 * volatility, oscillators, bands, volume, the session, the group. Those whose names begin with `_` are only inputs of others.
 */
export const defaultFeatures: readonly FeatureDefinition[] = [
  { name: 'return1', indicator: 'logReturn', parameters: { bars: 1 } },
  { name: 'return4', indicator: 'logReturn', parameters: { bars: 4 } },
  { name: 'return26', indicator: 'logReturn', parameters: { bars: 26 } },
  { name: 'return1Before', indicator: 'lag', parameters: { bars: 1 }, input: 'return1' },
  { name: 'overnight', indicator: 'overnightReturn' },
  { name: 'intraday', indicator: 'intradayReturn' },
  { name: 'volatility', indicator: 'returnDeviation', parameters: { period: 130 } },
  { name: 'skewness', indicator: 'rollingSkewness', parameters: { period: 130 }, input: 'return1' },
  { name: 'zScore', indicator: 'rollingZScore', parameters: { period: 26 } },
  { name: 'rsi', indicator: 'rsi', parameters: { period: 14 } },
  { name: 'stochastic', indicator: 'stochasticK' },
  { name: 'percentB', indicator: 'bollingerPercentB' },
  { name: 'bandwidth', indicator: 'bollingerBandwidth' },
  { name: 'adx', indicator: 'adx' },
  { name: '_macd', indicator: 'macdHistogram' },
  { name: '_atr', indicator: 'atr' },
  { name: 'macdInRanges', indicator: 'ratio', input: ['_macd', '_atr'] },
  { name: 'rangeFraction', indicator: 'ratio', input: ['_atr', 'close'] },
  { name: '_vwap', indicator: 'vwap' },
  { name: '_toVwap', indicator: 'difference', input: ['close', '_vwap'] },
  { name: 'vwapInRanges', indicator: 'ratio', input: ['_toVwap', '_atr'] },
  { name: 'relativeVolume', indicator: 'relativeVolume' },
  { name: 'moneyFlow', indicator: 'mfi' },
  { name: 'beta', indicator: 'groupBeta' },
  { name: 'strength', indicator: 'relativeStrength', parameters: { bars: 26 } },
  { name: 'sectorStrength', indicator: 'relativeStrength', parameters: { bars: 26, group: 'sector' } },
  { name: 'strengthRank', indicator: 'rank', input: 'strength' },
  { name: 'breadth', indicator: 'breadth' },
  { name: 'dispersion', indicator: 'dispersion' },
];
