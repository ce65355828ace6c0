/**
 * Strategies for everybody, written against the public interfaces alone.
 * @module
 */
export { default as meanReversion, type MeanReversionParameters } from './mean-reversion.js';
export { default as momentum, type MomentumParameters } from './momentum.js';
export { type Allowed, parametersOf, type Schema } from './parameters.js';
export { bollingerStretch, vwapStretch } from './stretch.js';
export { type TrendLengths, trendStrength } from './trend.js';
