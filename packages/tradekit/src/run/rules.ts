/** From `risk` of a config to rules, in the order in which they are asked. */
import {
  blackOut,
  buyingPower,
  cashReserve,
  coolDown,
  maxCluster,
  maxCorrelation,
  maxDailyLoss,
  maxDataAge,
  maxDrawdown,
  maxGross,
  maxLeverage,
  maxNet,
  maxOrderNotional,
  maxOrderQuantity,
  maxOrdersPerMinute,
  maxPosition,
  maxPositions,
  maxSector,
  maxTradeLoss,
  maxTradesPerDay,
  maxVolumeShare,
  noRepeatedOrder,
  noWashTrade,
  priceCollar,
  type RiskRule,
  shortPermission,
  tradingHours,
} from '@tradekit/risk';
import type { RiskLimits } from '../config/risk-content.js';
import { given } from './given.js';

/**
 * The rules of resolved limits: without `maxSectorFraction` no sector is limited. First what halts, then what refuses, so that a
 * wish which cannot be takes no room from others, then what cuts, the narrower group before the wider.
 */
export function rulesOf(limits: RiskLimits): readonly RiskRule[] {
  return [...halts(limits), ...bans(limits), ...counts(limits), ...orderCuts(limits), ...bookCuts(limits)];
}

function halts({ maxDailyLossFraction, maxDrawdownFraction, onHalt, releaseAfterSessions }: RiskLimits) {
  return [
    ...one(maxDailyLossFraction, (limitFraction) => maxDailyLoss({ limitFraction, ...given({ onHalt }) })),
    ...one(maxDrawdownFraction, (limitFraction) =>
      maxDrawdown({ limitFraction, ...given({ onHalt, releaseAfterSessions }) }),
    ),
  ];
}

function bans(limits: RiskLimits): readonly RiskRule[] {
  return [
    ...one(limits.shortSymbols, (symbols) => shortPermission({ symbols })),
    ...one(limits.tradingHours, (hours) => tradingHours(given(hours))),
    ...one(limits.blackOuts, (windows) =>
      blackOut({ windows: windows.map(({ symbol, ...window }) => ({ ...window, ...given({ symbol }) })) }),
    ),
    ...one(limits.coolDownMinutes, (minutes) => coolDown({ minutes })),
    ...one(limits.maxDataAgeMinutes, (limitMinutes) => maxDataAge({ limitMinutes })),
    ...(limits.washTrades === 'refuse' ? [noWashTrade()] : []),
    ...one(limits.repeatedOrderSeconds, (withinSeconds) => noRepeatedOrder({ withinSeconds })),
    ...one(limits.priceCollarFraction, (limitFraction) => priceCollar({ limitFraction })),
  ];
}

function counts(limits: RiskLimits): readonly RiskRule[] {
  return [
    ...one(limits.maxPositions, (limit) => maxPositions({ limit })),
    ...one(limits.maxOrdersPerMinute, (limit) => maxOrdersPerMinute({ limit })),
    ...one(limits.maxTradesPerDay, (limit) => maxTradesPerDay({ limit })),
  ];
}

function orderCuts(limits: RiskLimits): readonly RiskRule[] {
  return [
    ...one(limits.maxTradeLossFraction, (limitFraction) => maxTradeLoss({ limitFraction })),
    ...one(limits.maxOrderQuantity, (limit) => maxOrderQuantity({ limit })),
    ...one(limits.maxOrderNotional, (limit) => maxOrderNotional({ limit })),
    ...one(limits.maxVolumeShare, (limitFraction) => maxVolumeShare({ limitFraction })),
  ];
}

function bookCuts(limits: RiskLimits): readonly RiskRule[] {
  const { buyingPower: power = 'cash', clusterCorrelation: correlation } = limits;
  return [
    maxPosition({ limitFraction: limits.maxPositionFraction }),
    ...one(limits.maxCorrelation, (limitFraction) => maxCorrelation({ limitFraction })),
    ...one(limits.maxClusterFraction, (limitFraction) => maxCluster({ limitFraction, ...given({ correlation }) })),
    ...one(limits.maxSectorFraction, (limitFraction) => maxSector({ limitFraction })),
    ...one(limits.maxNetFraction, (limitFraction) => maxNet({ limitFraction })),
    maxGross({ limitFraction: limits.maxGrossFraction }),
    ...one(limits.maxLeverage, (limit) => maxLeverage({ limit })),
    power === 'cash' ? cashReserve() : buyingPower(given(power)),
  ];
}

function one<T>(value: T | undefined, rule: (value: T) => RiskRule): readonly RiskRule[] {
  return value === undefined ? [] : [rule(value)];
}
