/** Synthetic markets: bars that behave as US stocks do, from a seed. */
export { type SyntheticMarket, type SyntheticSeries, syntheticBars } from './market.js';
export type { SyntheticInstrument, SyntheticMarketOptions } from './options.js';
export { UNIVERSE_46 } from './universe46.js';
export { type SyntheticMarketProgress, writeSyntheticMarket } from './write.js';
