/**
 * Position sizing, risk rules, and the risk manager that composes them. Pure: everything is known from the context.
 * @module
 */
export type { Correlations } from './correlation.js';
export { type RiskManagerOptions, riskManager } from './manager.js';
export type { Competition } from './plan.js';
export { type BlackOutOptions, type BlackOutWindow, blackOut } from './rules/black-out.js';
export { type BuyingPowerOptions, buyingPower } from './rules/buying-power.js';
export { cashReserve } from './rules/cash-reserve.js';
export { type CoolDownOptions, coolDown } from './rules/cool-down.js';
export { defaultRules } from './rules/default-rules.js';
export type { HaltPolicy } from './rules/halt.js';
export { type MaxClusterOptions, maxCluster } from './rules/max-cluster.js';
export { type MaxCorrelationOptions, maxCorrelation } from './rules/max-correlation.js';
export { type MaxDailyLossOptions, maxDailyLoss } from './rules/max-daily-loss.js';
export { type MaxDataAgeOptions, maxDataAge } from './rules/max-data-age.js';
export { type MaxDrawdownOptions, maxDrawdown } from './rules/max-drawdown.js';
export { type MaxGrossOptions, maxGross } from './rules/max-gross.js';
export { type MaxLeverageOptions, maxLeverage } from './rules/max-leverage.js';
export { type MaxNetOptions, maxNet } from './rules/max-net.js';
export { type MaxOrderNotionalOptions, maxOrderNotional } from './rules/max-order-notional.js';
export { type MaxOrderQuantityOptions, maxOrderQuantity } from './rules/max-order-quantity.js';
export { type MaxOrdersPerMinuteOptions, maxOrdersPerMinute } from './rules/max-orders-per-minute.js';
export { type MaxPositionOptions, maxPosition } from './rules/max-position.js';
export { type MaxPositionsOptions, maxPositions } from './rules/max-positions.js';
export { type MaxSectorOptions, maxSector } from './rules/max-sector.js';
export { type MaxTradeLossOptions, maxTradeLoss } from './rules/max-trade-loss.js';
export { type MaxTradesPerDayOptions, maxTradesPerDay } from './rules/max-trades-per-day.js';
export { type MaxVolumeShareOptions, maxVolumeShare } from './rules/max-volume-share.js';
export { type NoRepeatedOrderOptions, noRepeatedOrder } from './rules/no-repeated-order.js';
export { noWashTrade } from './rules/no-wash-trade.js';
export { type PriceCollarOptions, priceCollar } from './rules/price-collar.js';
export { type Addition, type Excess, eachAlone, pass, type RiskRule, type Ruling, refuse } from './rules/rule.js';
export { type ShortPermissionOptions, shortPermission } from './rules/short-permission.js';
export { type TradingHoursOptions, tradingHours } from './rules/trading-hours.js';
export { type BookVolatilityOptions, bookVolatility } from './sizing/book-volatility.js';
export { type CappedOptions, capped, type ScaledOptions, scaled, smallest } from './sizing/combinators.js';
export {
  type Edge,
  type Expectation,
  forecastEdge,
  signalEdge,
  type TradesEdgeOptions,
  tradesEdge,
} from './sizing/edge.js';
export { type EqualRiskOptions, equalRisk, equalRiskWeights } from './sizing/equal-risk.js';
export { type FixedFractionOptions, fixedFraction } from './sizing/fixed-fraction.js';
export { fixedQuantity } from './sizing/fixed-quantity.js';
export { type FixedRiskOptions, fixedRisk } from './sizing/fixed-risk.js';
export { type KellyOptions, kelly } from './sizing/kelly.js';
export type { AnySizer, BookSizer, Sizer, SizerParts } from './sizing/sizer.js';
export { averageTrueRange, realisedVolatility, type VolatilityMeasure } from './sizing/volatility.js';
export { type VolatilityTargetOptions, volatilityTarget } from './sizing/volatility-target.js';
export type { StressBook, StressPosition } from './stress/book.js';
export { bookReturns } from './stress/book-returns.js';
export { chiSquareSurvival } from './stress/chi-square.js';
export { correlationsAt, type SessionReturns } from './stress/correlations-at.js';
export type { CovarianceMatrix } from './stress/covariance-matrix.js';
export { type CovarianceShockOptions, covarianceShock } from './stress/covariance-shock.js';
export {
  christoffersen,
  type ExceptionTests,
  exceptionTests,
  kupiec,
  type LikelihoodRatio,
} from './stress/exceptions.js';
export { type FactorShockOptions, factorShock } from './stress/factor-shock.js';
export { crisis2008, year2022 } from './stress/history.js';
export { type BookLimits, exposureUses, type LimitBreach, type LimitUse } from './stress/limits.js';
export { normalCdf, normalQuantile } from './stress/normal.js';
export type { Scenario } from './stress/scenario.js';
export { type SectorShockOptions, sectorShock } from './stress/sector-shock.js';
export { type StressLine, type StressResult, stress } from './stress/stress.js';
export { historicalRisk, normalRisk, type TailRisk } from './stress/value-at-risk.js';
export { type RiskTally, type SizeTally, type TallyKeeper, tallyKeeper } from './tally.js';
