/**
 * The contract that every broker must pass, ours and the user's. Needs vitest.
 * @module
 */
export { type BrokerSubject, type ContractOptions, describeBrokerContract } from './broker-contract.js';
export { type CommandMaker, commandMaker } from './sealed-commands.js';
