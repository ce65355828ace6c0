/**
 * Indicators of the npm package technicalindicators as features. Imports nothing of it: hand its classes over.
 * @module
 */
export { fromTechnicalIndicators, type TechnicalIndicator, type TechnicalIndicatorOptions } from './adapter.js';
