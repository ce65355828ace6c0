/**
 * Indicators as kernels that step all instruments at once, the same code in a backtest and live.
 * @module
 */
export type { Input } from './input.js';
export { type EmaOptions, ema } from './trend/ema.js';
export { sma } from './trend/sma.js';
export { returnDeviation } from './volatility/return-deviation.js';
