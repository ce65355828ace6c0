/**
 * The runner as a library: a config file, read, run, and written down.
 * @module
 */

export type {
  ConfiguredData,
  ConfiguredRisk,
  ConfiguredStrategy,
  ConfiguredSymbols,
  RunConfig,
  RunFlags,
} from './config/config.js';
export type {
  DataContent,
  EngineContent,
  ListedSymbol,
  Mode,
  OwnRisk,
  SyntheticContent,
} from './config/content.js';
export type { AccountContent, CostsContent, FillsContent, SlippageContent } from './config/costs-content.js';
export { type ConfigFault, ConfigFaults } from './config/faults.js';
export { loadConfig } from './config/load.js';
export type { BlackOutContent, MarginContent, RiskLimits, TradingHoursContent } from './config/risk-content.js';
export type {
  BookVolatilityContent,
  CappedContent,
  EdgeContent,
  EqualRiskContent,
  FixedFractionContent,
  FixedQuantityContent,
  FixedRiskContent,
  KellyContent,
  MeasureContent,
  ScaledContent,
  SizerContent,
  SmallestContent,
  VolatilityTargetContent,
} from './config/sizer-content.js';
export type {
  ExpandingContent,
  FoldsContent,
  PurgedContent,
  RetrainContent,
  RollingContent,
  TrainContent,
} from './config/train-content.js';
export type { RunHooks } from './run/hooks.js';
export type { RunSummary } from './run/summary.js';
export type { SyntheticRun } from './run/synthetic.js';
export { type Ended, type Ending, type FailedEnding, runSystem, type SystemRun } from './run/system.js';
export { type FolderOptions, type FolderRun, runToFolder } from './run/to-folder.js';
export type { Control } from './train/controls.js';
export type { Figures } from './train/figures.js';
export { type FoldSummary, type Trained, type TrainSummary, trainToFolder } from './train/train.js';
