/** What a config file says, checked and with defaults in place. Paths are as they stand in the file. */
import type { BarFeed, EntryOrders, PriceAdjustment, RetryRefused, SessionDay } from '@tradekit/core';
import type { CleaningStepSetting, InstrumentRecord } from '@tradekit/data';
import type { AccountContent, CostsContent, FillsContent } from './costs-content.js';
import type { RiskLimits } from './risk-content.js';
import type { RetrainContent, TrainContent } from './train-content.js';

/** A symbol of a config. */
export interface ListedSymbol {
  /** Ticker as it stands in the name of its file, for example `BRK.B`. */
  readonly symbol: string;
  /** GICS sector; symbols without one count as one sector together. */
  readonly sector?: string | undefined;
}

/** `data`: where the bars are and how their stamps are meant. */
export interface DataContent {
  /** Folder with one `{SYMBOL}_15min.csv` for each symbol; absent where the bars are in a store. */
  readonly folder?: string | undefined;
  /** A folder that `tradekit data import` has made, a file `NAME.duckdb`, `postgres`, or the URL of a PostgreSQL database. */
  readonly store?: string | undefined;
  /** Whose trades the bars are made of. Default `unknown`; a store knows it itself. */
  readonly feed?: BarFeed | undefined;
  /** What has been taken out of the prices already. Default `split`; a store knows it itself. */
  readonly adjusted?: PriceAdjustment | undefined;
  /** `strict`, the default: the first fault ends the run. `standard` or a list of steps: the files are cleaned, and every repair is written down. */
  readonly clean?: 'strict' | 'standard' | readonly CleaningStepSetting[] | undefined;
  /** What is known of instruments: a list, or the path of a file with one. */
  readonly instruments?: string | readonly InstrumentRecord[] | undefined;
  /** Zone of stamps that name none. Default `UTC`; a store knows it itself, and what follows. */
  readonly zone?: string | undefined;
  /** Which end of the bar a stamp names. Default `bar-start`. */
  readonly stamps?: 'bar-start' | 'bar-end' | undefined;
  /** Length of the bars, also in the names of the files. Default 15. */
  readonly barMinutes?: number | undefined;
  /** The folder is a synthetic market of the config's symbols, made at the first run. */
  readonly synthetic?: SyntheticContent | undefined;
}

/** `data.synthetic`: which market is made. What is not given is as in the market of the shipped examples. */
export interface SyntheticContent {
  /** A whole number from 0. */
  readonly seed?: number | undefined;
  /** First New York date. */
  readonly first?: SessionDay | undefined;
  /** Last New York date, included. */
  readonly last?: SessionDay | undefined;
}

/** One of `strategies`. */
interface StrategyContent {
  /** File or package that default-exports a `StrategyFactory`. */
  readonly use: string;
  readonly name?: string | undefined;
  readonly weight?: number | undefined;
  /** Folder of a model that the strategy trades on. */
  readonly model?: string | undefined;
  /** When the strategy trains what `train` describes. */
  readonly retrain?: RetrainContent | undefined;
  /** Feeds that a model may see beside its own. */
  readonly feeds?: readonly BarFeed[] | undefined;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** `risk`: a file or package that default-exports a function from parameters to a `RiskManager`. */
export interface OwnRisk {
  /** Path of a file, or name of a package. */
  readonly use: string;
  /** What its function is given. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** `timetable`: minutes after the open and before the close, or a decision on every slice. */
export type TimetableContent =
  | 'every-slice'
  | {
      readonly firstDecisionMinutes: number;
      readonly lastEntryMinutes: number;
      readonly exitMinutes: number;
      readonly overnightEntries: 'none' | 'next-open';
    };

/** `engine`: options of the engine. */
export interface EngineContent {
  /** First part of every order id. Default `tk`. */
  readonly accountTag: string;
  /** When a refused wish is tried again. Default `next-session`. */
  readonly retryRefused: RetryRefused;
  /** Fraction by which a strategy's own size must differ before a position is resized. Default 0.25. */
  readonly resizeThreshold: number;
  /** Smallest order in dollars that opens or resizes. Default 0. */
  readonly minTradeNotional: number;
  /** How far beyond the last mark an order without a limit is reckoned to be filled. Default 100. */
  readonly collarBps: number;
  /** How entries are sent: at the market, or as limits `collarBps` beyond the last mark. Default `market`. */
  readonly entryOrders: EntryOrders;
  /** A slice learned later than this after its end opens nothing. Default: no limit. */
  readonly maxDecisionAgeMs?: number | undefined;
  /** How long a partly filled entry may wait for its protection. Default: to the next slice. */
  readonly nakedEntryMs?: number | undefined;
  /** Dollars by which the broker's account may differ. Default 0.01. */
  readonly accountTolerance: number;
}

/** How a system is run. */
export type Mode = 'backtest' | 'paper' | 'live';

/** A whole config file. */
export interface ConfigContent {
  readonly name?: string | undefined;
  readonly mode: Mode;
  readonly data: DataContent;
  /** A list, the path of a symbols file, or `all`: every bar file of the folder. */
  readonly symbols: string | readonly ListedSymbol[];
  readonly period: { readonly start?: SessionDay | undefined; readonly end?: SessionDay | undefined };
  readonly cash: number;
  /** Smallest step of a quantity in shares: 1, or less where fractions of a share trade. */
  readonly lot: number;
  readonly strategies: readonly StrategyContent[];
  readonly train?: TrainContent | undefined;
  readonly risk: RiskLimits | OwnRisk;
  readonly costs: CostsContent;
  readonly fills: FillsContent;
  readonly account?: AccountContent | undefined;
  /** What the run is compared with: `universe`, `none`, or a symbol. */
  readonly benchmark: string;
  readonly timetable: TimetableContent;
  readonly engine: EngineContent;
  readonly cashRate: number;
  readonly paper: { readonly speed: number | 'max' };
  readonly output: string;
}
