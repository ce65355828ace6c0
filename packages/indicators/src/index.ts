/**
 * Indicators as features: kernels that step all instruments at once, the same in a backtest, live, in batch and in a stream.
 * @module
 */
export { convergenceBars, type Indicator } from './base/indicator.js';
export { type BarField, field, type Input, type Period, type PeriodOptions } from './base/input.js';
export { change } from './combine/change.js';
export { clip } from './combine/clip.js';
export { difference } from './combine/difference.js';
export { lag } from './combine/lag.js';
export { middle } from './combine/middle.js';
export { ratio } from './combine/ratio.js';
export { rollingZScore } from './combine/rolling-z-score.js';
export { scale } from './combine/scale.js';
export { groupBeta, groupCorrelation, rollingBeta, rollingCorrelation } from './cross-asset/co-movement.js';
export { groupDeviation, groupMean, groupZScore } from './cross-asset/group-moments.js';
export type { Group } from './cross-asset/groups.js';
export { rank } from './cross-asset/rank.js';
export { breadth, dispersion, relativeStrength, relativeStrengthRank, sectorMomentum } from './cross-asset/strength.js';
export { awesomeOscillator } from './momentum/awesome-oscillator.js';
export { cci } from './momentum/cci.js';
export { momentum } from './momentum/momentum.js';
export { roc } from './momentum/roc.js';
export { rsi } from './momentum/rsi.js';
export { type StochasticOptions, stochasticD, stochasticK } from './momentum/stochastic.js';
export { type StochasticRsiOptions, stochasticRsiD, stochasticRsiK } from './momentum/stochastic-rsi.js';
export { trix } from './momentum/trix.js';
export { ultimateOscillator } from './momentum/ultimate-oscillator.js';
export { williamsR } from './momentum/williams-r.js';
export { catalogue } from './pipeline/catalogue.js';
export { type FeatureColumns, featureColumns } from './pipeline/columns.js';
export { defaultFeatures } from './pipeline/default-features.js';
export type { CatalogueEntry, Parameters, ParameterValue } from './pipeline/entries/family.js';
export { type FeatureDefinition, type FeatureSet, featureSet, type NamedFeature } from './pipeline/feature-set.js';
export { type CandlestickPattern, candlestick } from './price-action/candlestick.js';
export { gapFilled, openingGap } from './price-action/gap.js';
export {
  type LevelOptions,
  resistance,
  resistanceAge,
  resistanceTouches,
  support,
  supportAge,
  supportTouches,
} from './price-action/levels.js';
export { openingRangeHigh, openingRangeLow } from './price-action/opening-range.js';
export { type PivotLevel, type PivotMethod, type PivotOptions, pivotPoint } from './price-action/pivot-points.js';
export { previousSession, type SessionPrice } from './price-action/previous-session.js';
export { sessionOpen } from './price-action/session-open.js';
export type { SwingOptions } from './price-action/swing-points.js';
export { swingHigh, swingLow } from './price-action/swings.js';
export { barGap } from './returns/bar-gap.js';
export { logReturn } from './returns/log-return.js';
export { rollingSkewness, type SkewnessOptions } from './returns/rolling-skewness.js';
export { intradayReturn, overnightReturn } from './returns/session-return.js';
export { type BatchBars, batch, batchAll } from './run/batch.js';
export { type Stream, type StreamAll, type StreamBar, stream, streamAll } from './run/stream.js';
export { adx } from './trend/adx.js';
export { dema } from './trend/dema.js';
export { minusDi, plusDi } from './trend/directional-movement.js';
export { ema } from './trend/ema.js';
export {
  type IchimokuOptions,
  ichimokuBase,
  ichimokuConversion,
  ichimokuSpanA,
  ichimokuSpanB,
} from './trend/ichimoku.js';
export { type KamaOptions, kama } from './trend/kama.js';
export { linearRegressionSlope } from './trend/linear-regression-slope.js';
export { type MacdOptions, macdHistogram, macdLine, macdSignal } from './trend/macd.js';
export { type ParabolicSarOptions, parabolicSar, parabolicSarDirection } from './trend/parabolic-sar.js';
export { sma } from './trend/sma.js';
export { type SupertrendOptions, supertrend, supertrendDirection } from './trend/supertrend.js';
export { tema } from './trend/tema.js';
export { wilder } from './trend/wilder.js';
export { wma } from './trend/wma.js';
export { atr } from './volatility/atr.js';
export {
  type BollingerOptions,
  bollingerBandwidth,
  bollingerLower,
  bollingerPercentB,
  bollingerUpper,
} from './volatility/bollinger.js';
export { donchianLower, donchianMiddle, donchianUpper } from './volatility/donchian.js';
export { historicalVolatility } from './volatility/historical-volatility.js';
export { type KeltnerOptions, keltnerLower, keltnerUpper } from './volatility/keltner.js';
export {
  garmanKlassVolatility,
  parkinsonVolatility,
  type VolatilityOptions,
  yangZhangVolatility,
} from './volatility/range-volatility.js';
export { returnDeviation } from './volatility/return-deviation.js';
export { type StandardDeviationOptions, standardDeviation } from './volatility/standard-deviation.js';
export { trueRange } from './volatility/true-range.js';
export { accumulationDistribution, accumulationDistributionChange } from './volume/accumulation-distribution.js';
export { chaikinMoneyFlow } from './volume/chaikin-money-flow.js';
export { forceIndex } from './volume/force-index.js';
export { mfi } from './volume/mfi.js';
export { obv, obvChange } from './volume/obv.js';
export { type RelativeVolumeOptions, relativeVolume } from './volume/relative-volume.js';
export { volumeAverage } from './volume/volume-average.js';
export { anchoredVwap, type VwapAnchor, vwap, vwapDeviation, vwapLower, vwapUpper } from './volume/vwap.js';
