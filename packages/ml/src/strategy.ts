/**
 * Trades on a model: `use: '@tradekit/ml/strategy'` in a config.
 * @module
 */
import type { StrategyFactory } from '@tradekit/core';
import { mlStrategy } from './strategy/ml-strategy.js';
import type { MlStrategyParameters } from './strategy/parameters.js';

/** {@link mlStrategy} as the runner makes it. */
const factory: StrategyFactory = (setup, given) => mlStrategy(setup, given as MlStrategyParameters);

export default factory;
export type { RetrainOptions } from './retrain/retrain.js';
export { type MlStrategy, mlStrategy } from './strategy/ml-strategy.js';
export type { MlRules, MlStrategyParameters } from './strategy/parameters.js';
