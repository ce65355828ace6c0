import { backtest, type KeptLimits, type RunResult } from '@tradekit/backtest';
import { nyse, type Signal, type StrategyFactory } from '@tradekit/core';
import {
  cashReserve,
  fixedFraction,
  maxDailyLoss,
  maxDrawdown,
  maxGross,
  maxPosition,
  maxSector,
  type RiskTally,
  riskManager,
  tallyKeeper,
} from '@tradekit/risk';
import { market } from './market.js';

/** 5 % a symbol, 25 % a sector, 2 % a day, 10 % from the peak. */
export const LIMITS = {
  maxPositionFraction: 0.05,
  maxSectorFraction: 0.25,
  maxGrossFraction: 1,
  maxDailyLossFraction: 0.02,
  maxDrawdownFraction: 0.1,
} as const satisfies KeptLimits;

const BARS_A_SESSION = 26;

/** Wants all names every morning, at the slice of 10:00. What a halt has ended it takes for over: only then may it be wanted again. */
const everythingAtTen: StrategyFactory = () => ({
  name: 'everything-at-ten',
  generateSignals(market) {
    const isTen = market.slice % BARS_A_SESSION === 1;
    return market.instruments.flatMap((instrument): readonly Signal[] => {
      if (market.stance(instrument).status === 'ended') return [{ instrument, direction: 0, reason: 'it was halted' }];
      return isTen ? [{ instrument, direction: 1, reason: 'it is ten' }] : [];
    });
  },
});

/** A million dollars, 8 % wished of each of 21 names, and the limits against it; no costs, so that numbers stay round. */
export function stressDay(): { readonly result: RunResult; readonly tally: RiskTally } {
  const keeper = tallyKeeper();
  const rules = [
    maxDailyLoss({ limitFraction: LIMITS.maxDailyLossFraction }),
    maxDrawdown({ limitFraction: LIMITS.maxDrawdownFraction }),
    maxPosition({ limitFraction: LIMITS.maxPositionFraction }),
    maxSector({ limitFraction: LIMITS.maxSectorFraction }),
    maxGross({ limitFraction: LIMITS.maxGrossFraction }),
    cashReserve(),
  ];
  const risk = riskManager({ sizer: fixedFraction({ targetFraction: 0.08 }), rules: rules.map(keeper.rule) });
  const result = backtest({
    history: market(),
    calendar: nyse,
    strategies: [{ name: 'everything-at-ten', create: everythingAtTen, weight: 1 }],
    risk: keeper.manager(risk),
    initialCash: 1_000_000,
  });
  return { result, tally: keeper.tally() };
}
