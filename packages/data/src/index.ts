/**
 * Market data: bar files read strictly and written, folders loaded into histories.
 * @module
 */

export type { BarRange } from './assembly.js';
export { type AllowedPrint, type BadPrintsParameters, badPrintsStep } from './clean/bad-prints.js';
export {
  type BarFileCleaner,
  type BarsInMemory,
  barFileCleaner,
  type CleanedBars,
  type CleaningOptions,
  cleanBarFile,
  cleanBars,
  type StepCount,
} from './clean/clean.js';
export type { DayRows } from './clean/days.js';
export { type DuplicatesParameters, duplicatesStep } from './clean/duplicates.js';
export { type FrozenParameters, frozenStep } from './clean/frozen.js';
export { type Gap, type GapsParameters, gapsStep } from './clean/gaps.js';
export { type GridParameters, gridStep } from './clean/grid.js';
export { type CustomHours, type HoursParameters, hoursStep } from './clean/hours.js';
export { type ImpossibleParameters, impossibleStep } from './clean/impossible.js';
export {
  changeRow,
  dropRows,
  flagRow,
  type Ledger,
  type LedgerWriter,
  type Repair,
  type RepairAction,
} from './clean/ledger.js';
export { orderStep } from './clean/order.js';
export { writeRepairs } from './clean/repairs-file.js';
export type { CleaningContext, CleaningStep } from './clean/step.js';
export { type CleaningStepSetting, cleaningSteps, standardCleaning } from './clean/steps.js';
export { type UnfinishedParameters, unfinishedStep } from './clean/unfinished.js';
export { BAR_FLAGS, type BarValues, type WorkingBars } from './clean/working-bars.js';
export type { BarColumns } from './csv/columns.js';
export type { BarFileFault, BarFilePlace } from './csv/fault.js';
export { type ReadBarFileOptions, readBarFile } from './csv/read.js';
export type { BarSource } from './csv/source.js';
export { writeBarFile } from './csv/write.js';
export { type ZoneClock, zoneClock } from './csv/zone.js';
export { type BarFolder, type LoadBarsOptions, type LoadedBars, type LoadedFile, loadBars } from './folder.js';
export { barFileName, barFileSymbols } from './folder-files.js';
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
export { type ExamineOptions, type ExamineProgress, examineFolder } from './quality/examine.js';
export { type BarExcerpt, FINDINGS, type Finding, type FindingCode, type FindingLevel } from './quality/finding.js';
export { qualityHtml } from './quality/html/page.js';
export type { StampReading } from './quality/reading.js';
export {
  FINDINGS_KEPT,
  type LostSpan,
  needsDecision,
  QUALITY_SCHEMA_VERSION,
  type QualityReport,
  type QualitySummary,
  qualityJson,
  type SessionCounts,
  type SymbolGaps,
  type SymbolQuality,
  type SymbolReading,
} from './quality/report.js';
export { qualityText } from './quality/text.js';
export type { VolumeProfile } from './quality/volume-profile.js';
export type { VolumeScale } from './quality/volume-scale.js';
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
export { type LoadStoredOptions, loadStoredBars } from './stored.js';
export { type ColumnStoreReader, openColumnStore } from './stores/columns/reader.js';
export { columnStore } from './stores/columns/store.js';
export type { StoreErrorCode } from './stores/fault.js';
export { columnsHash, loadColumns, type StoredColumns, saveColumns } from './stores/features/feature-file.js';
export { seriesChecksum } from './stores/series.js';
export type {
  BarSetIdentity,
  BarSlice,
  BarStore,
  ImportOptions,
  ImportProgress,
  ImportReport,
  SeriesInput,
  StoredSeries,
  StoreFault,
  TimeRange,
  VerifyReport,
} from './stores/store.js';
export {
  BLEMISH_KINDS,
  type BlemishKind,
  type FileBlemish,
  type PlantedBlemish,
  type PlantOptions,
  plantBlemishes,
  type SessionBlemish,
  type SyntheticEffect,
  type SyntheticInstrument,
  type SyntheticMarket,
  type SyntheticMarketOptions,
  type SyntheticMarketProgress,
  type SyntheticSeries,
  syntheticBars,
  syntheticHistory,
  UNIVERSE_46,
  writeSyntheticMarket,
} from './synthetic/index.js';
