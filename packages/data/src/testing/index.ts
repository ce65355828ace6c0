/**
 * The contract that every bar store must pass, ours and the user's. Needs vitest.
 * @module
 */
export { type BarStoreContractOptions, type BarStorePlace, describeBarStoreContract } from './bar-store-contract.js';
