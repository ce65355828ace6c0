/** The shipped risk manager with the limits of a config. */
import type { RiskManager } from '@tradekit/core';
import { cashReserve, fixedFraction, maxGross, maxPosition, maxSector, riskManager } from '@tradekit/risk';
import type { RiskLimits } from '../config/content.js';

/** The risk manager of resolved limits: without `maxSectorFraction` no sector is limited. */
export function limitsManager(limits: RiskLimits): RiskManager {
  const { targetFraction, maxPositionFraction, maxSectorFraction, maxGrossFraction } = limits;
  const sector = maxSectorFraction === undefined ? [] : [maxSector({ limitFraction: maxSectorFraction })];
  const sectorText = maxSectorFraction === undefined ? '' : `, ${maxSectorFraction} a sector`;
  return riskManager({
    name: `target ${targetFraction}, at most ${maxPositionFraction} a symbol${sectorText}, ${maxGrossFraction} gross, and the cash`,
    sizer: fixedFraction({ targetFraction }),
    rules: [
      maxPosition({ limitFraction: maxPositionFraction }),
      ...sector,
      maxGross({ limitFraction: maxGrossFraction }),
      cashReserve(),
    ],
  });
}
