/**
 * Position sizing, risk rules, and the risk manager that composes them. Pure: everything is known from the context.
 * @module
 */
export { type RiskManagerOptions, riskManager } from './manager.js';
export { cashReserve } from './rules/cash-reserve.js';
export { defaultRules } from './rules/default-rules.js';
export { type MaxGrossOptions, maxGross } from './rules/max-gross.js';
export { type MaxPositionOptions, maxPosition } from './rules/max-position.js';
export { type MaxSectorOptions, maxSector } from './rules/max-sector.js';
export { type Addition, pass, type RiskRule, type Ruling } from './rules/rule.js';
export { type FixedFractionOptions, fixedFraction } from './sizing/fixed-fraction.js';
export { fixedQuantity } from './sizing/fixed-quantity.js';
export type { Sizer } from './sizing/sizer.js';
