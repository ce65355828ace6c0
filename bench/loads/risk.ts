/** B1 with every risk rule on, limits so wide that none binds: what the rules take, and that slices without a wish make no garbage. */
import assert from 'node:assert/strict';
import type { RiskContext, RiskManager } from '@tradekit/core';
import {
  type Addition,
  blackOut,
  buyingPower,
  cashReserve,
  coolDown,
  fixedQuantity,
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
  riskManager,
  shortPermission,
  tradingHours,
} from '@tradekit/risk';
import { bareLoop, bareMarket } from '../b1-bare.js';
import { runB1 } from '../b1-engine.js';
import { b1History } from '../b1-market.js';
import { inTurn, report, row } from '../measure.js';

/** Every rule, with limits that do not bind. */
const rules: readonly RiskRule[] = [
  maxDailyLoss({ limitFraction: 0.9 }),
  maxDrawdown({ limitFraction: 0.9 }),
  maxPosition({ limitFraction: 1 }),
  maxSector({ limitFraction: 1 }),
  maxGross({ limitFraction: 4 }),
  maxNet({ limitFraction: 4 }),
  maxLeverage({ limit: 4 }),
  buyingPower(),
  maxCorrelation({ limitFraction: 4 }),
  maxCluster({ limitFraction: 4 }),
  maxPositions({ limit: 46 }),
  maxVolumeShare({ limitFraction: 1 }),
  maxOrderQuantity({ limit: 1e9 }),
  maxOrderNotional({ limit: 1e9 }),
  maxTradeLoss({ limitFraction: 1 }),
  priceCollar({ limitFraction: 0.5 }),
  maxDataAge({ limitMinutes: 60 }),
  maxOrdersPerMinute({ limit: 1000 }),
  maxTradesPerDay({ limit: 10_000 }),
  noRepeatedOrder({ withinSeconds: 1 }),
  noWashTrade(),
  shortPermission({ symbols: [] }),
  tradingHours({ afterOpenMinutes: 0 }),
  blackOut({ windows: [{ first: '1999-01-04', last: '1999-01-05', why: 'never' }] }),
  coolDown({ minutes: 1e-3 }),
  cashReserve(),
];

const history = b1History();
const market = bareMarket(history.bars);
/** Field by field: a spread would take longer than the rule. */
function withStop({ strategy, instrument, direction, quantity, worstPrice, strength }: Addition): Addition {
  return { strategy, instrument, direction, quantity, worstPrice, stopPrice: worstPrice / 2, strength };
}

/** B1 trades in its first session, which has no mean volume yet, and has no stops: for the two rules that need these, there are some. */
function forB1(rule: RiskRule): RiskRule {
  switch (rule.name) {
    case 'max-volume-share':
      return {
        ...rule,
        check: (additions, context) =>
          rule.check(additions, context.sessionsClosed === 0 ? { ...context, averageVolume: () => 1e9 } : context),
      };
    case 'max-trade-loss':
      return {
        ...rule,
        check: (additions, context) => rule.check(additions.map(withStop), context),
      };
    default:
      return rule;
  }
}
const all = riskManager({ sizer: fixedQuantity(10), rules: rules.map(forB1) });
const fourRules = ['max-position', 'max-sector', 'max-gross', 'cash-reserve'];
const four = riskManager({ sizer: fixedQuantity(10), rules: rules.filter(({ name }) => fourRules.includes(name)) });

const plain = runB1(history);
const ruled = runB1(history, { risk: all });
assert.equal(ruled.account.state, 'active');
assert.ok(Math.abs(ruled.account.equity - plain.account.equity) < 1e-9, 'a rule has bound');

const ms = inTurn({
  bare: () => bareLoop(market),
  none: () => runB1(history),
  four: () => runB1(history, { risk: four }),
  all: () => runB1(history, { risk: all }),
});

/** Bytes that a slice without a wish makes in all that is asked of the rules then: `watch`. */
function bytesPerWatch(manager: RiskManager): number {
  let kept: RiskContext | undefined;
  const keeping: RiskManager = {
    ...manager,
    watch(context) {
      kept = context;
      return undefined;
    },
  };
  runB1(b1History(26), { risk: keeping });
  if (kept === undefined) throw new Error('B1 was not watched');
  // The least of three: the first may still run code that is being optimized, which boxes its numbers.
  let bytes = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 3; round++) {
    const before = process.memoryUsage().heapUsed;
    for (let k = 0; k < 100_000; k++) manager.watch(kept);
    bytes = Math.min(bytes, Math.max(0, process.memoryUsage().heapUsed - before) / 100_000);
  }
  return bytes;
}

report(
  row('b1 with every risk rule', ms.all / ms.bare, 'x', 6),
  row('b1 with the default rules', ms.four / ms.bare, 'x', 6),
  row('b1 without a rule, in the same run', ms.none / ms.bare, 'x', null),
  row('garbage of the rules in a slice without a wish', bytesPerWatch(all), 'B', 1),
);
