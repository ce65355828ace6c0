/**
 * Market data: bar files read strictly and written, folders loaded into histories.
 * @module
 */
export type { BarRange } from './assembly.js';
export type { BarColumns } from './csv/columns.js';
export type { BarFileFault, BarFilePlace } from './csv/fault.js';
export { type ReadBarFileOptions, readBarFile } from './csv/read.js';
export type { BarSource } from './csv/source.js';
export { writeBarFile } from './csv/write.js';
export { type BarFolder, type LoadBarsOptions, type LoadedBars, type LoadedFile, loadBars } from './folder.js';
export { barFileName } from './folder-files.js';
export { historyHash } from './history-hash.js';
export { type AdjustOptions, adjustBars } from './instruments/adjust.js';
export {
  checkInstruments,
  type DelistingRecord,
  type DividendRecord,
  type InstrumentRecord,
  type RenameRecord,
  recordsFor,
  type SpinOffRecord,
  type SplitRecord,
} from './instruments/record.js';
export {
  type BarBuilder,
  type BarBuilderOptions,
  type BuilderEvent,
  type BuiltBar,
  barBuilder,
  type IgnoredReason,
  type StreamedBar,
} from './resample/bar-builder.js';
export { type ResampledBars, type ResampleOptions, resample } from './resample/resample.js';
export {
  type SyntheticInstrument,
  type SyntheticMarket,
  type SyntheticMarketOptions,
  type SyntheticMarketProgress,
  type SyntheticSeries,
  syntheticBars,
  UNIVERSE_46,
  writeSyntheticMarket,
} from './synthetic/index.js';
