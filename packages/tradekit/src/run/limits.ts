/** The shipped risk manager with the sizer and the limits of a config. */
import type { RiskManager } from '@tradekit/core';
import { fixedFraction, type RiskTally, riskManager, tallyKeeper } from '@tradekit/risk';
import type { RiskLimits } from '../config/risk-content.js';
import { given } from './given.js';
import { rulesOf } from './rules.js';
import { sizerOf } from './sizer.js';

/** A risk manager, and what it has counted so far. */
export interface CountedManager {
  readonly manager: RiskManager;
  readonly tally: () => RiskTally;
}

/** The risk manager of resolved limits. Of a Kelly sizer it is counted how often a cap set the size. */
export function limitsManager(limits: RiskLimits): CountedManager {
  const { competition, trimFactor, sizer, targetFraction = 0 } = limits;
  const keeper = tallyKeeper();
  const manager = riskManager({
    name: nameOf(limits),
    sizer: sizer === undefined ? fixedFraction({ targetFraction }) : sizerOf(sizer, keeper.sizer),
    rules: rulesOf(limits).map(keeper.rule),
    ...given({ competition, trimFactor }),
  });
  return { manager: keeper.manager(manager), tally: () => keeper.tally() };
}

/** What is limited, in words for a report. */
function nameOf(limits: RiskLimits): string {
  const { sizer, targetFraction, maxPositionFraction, maxSectorFraction, maxGrossFraction, ...others } = limits;
  const size = sizer === undefined ? `target ${targetFraction}` : `sizer ${JSON.stringify(sizer)}`;
  const sector = maxSectorFraction === undefined ? '' : `, ${maxSectorFraction} a sector`;
  const more = Object.entries(others).filter(([, value]) => value !== undefined);
  const rest = more.map(([key, value]) => `; ${key} ${typeof value === 'object' ? JSON.stringify(value) : value}`);
  const power = limits.buyingPower === undefined || limits.buyingPower === 'cash' ? ', and the cash' : '';
  return `${size}, at most ${maxPositionFraction} a symbol${sector}, ${maxGrossFraction} gross${power}${rest.join('')}`;
}
