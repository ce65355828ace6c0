import { cashReserve } from './cash-reserve.js';
import { maxGross } from './max-gross.js';
import { maxPosition } from './max-position.js';
import { maxSector } from './max-sector.js';
import type { RiskRule } from './rule.js';

/** The rules of the shipped system, in the order in which they cut: 5 % a position, 25 % a sector, 100 % gross, no more than the cash. */
export function defaultRules(): readonly RiskRule[] {
  return [
    maxPosition({ limitFraction: 0.05 }),
    maxSector({ limitFraction: 0.25 }),
    maxGross({ limitFraction: 1 }),
    cashReserve(),
  ];
}
