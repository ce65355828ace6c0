/**
 * The contract that every feature must keep, ours and the user's. Needs vitest.
 * @module
 */
export { describeFeatureContract, type FeatureContractOptions } from './feature-contract.js';
export { contractCalendar, contractMarket, type MarketKind } from './market.js';
