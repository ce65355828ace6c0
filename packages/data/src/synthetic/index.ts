/** Synthetic markets: bars that behave as US stocks do, from a seed. */

export type { SessionBlemish } from './blemishes/kinds.js';
export {
  BLEMISH_KINDS,
  type BlemishKind,
  type FileBlemish,
  type PlantedBlemish,
  type PlantOptions,
  plantBlemishes,
} from './blemishes/plant.js';
export type { SyntheticEffect } from './effect.js';
export { syntheticHistory } from './history.js';
export { type SyntheticMarket, type SyntheticSeries, syntheticBars } from './market.js';
export type { SyntheticInstrument, SyntheticMarketOptions } from './options.js';
export { UNIVERSE_46 } from './universe46.js';
export { type SyntheticMarketProgress, writeSyntheticMarket } from './write.js';
