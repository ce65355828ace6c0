/** A run as it was asked for: a config file and what the command line says instead. */
import type { BarFeed, SessionDay, Timetable } from '@tradekit/core';
import type { InstrumentRecord } from '@tradekit/data';
import type { DataContent, EngineContent, ListedSymbol, Mode, OwnRisk } from './content.js';
import type { AccountContent, CostsContent, FillsContent } from './costs-content.js';
import type { RiskLimits } from './risk-content.js';
import type { RetrainContent, TrainContent } from './train-content.js';

/** A strategy and its share. */
export interface ConfiguredStrategy {
  /** Path of a file, or name of a package. */
  readonly use: string;
  /** Stands in reports and order ids. */
  readonly name: string;
  /** Share of the equity that its sizes are reckoned from, above 0 and at most 1. */
  readonly weight: number;
  /** What its factory is given. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Folder of a model, which its factory is given as `model` with the `feed` of the bars and {@link feeds}. */
  readonly model?: string;
  /** Its factory is given this as `retrain`, with `train` as its plan. */
  readonly retrain?: RetrainContent;
  /** Feeds that a model may see beside its own. */
  readonly feeds?: readonly BarFeed[];
  /** Where it stands: `config.yaml:12`. */
  readonly place: string;
}

/** A risk manager of the user's own. */
export interface ConfiguredRisk extends OwnRisk {
  /** Where it stands: `config.yaml:12`. */
  readonly place: string;
}

/** The instruments of a run. */
export interface ConfiguredSymbols {
  /** As they stand in the config; the universe sorts them. */
  readonly listed: readonly ListedSymbol[];
  /** Every bar file of the folder is an instrument; the list is asked for sectors only. In a run folder's config it is a list again. */
  readonly everyFile: boolean;
}

/** Where the bars are and what they are; paths are absolute. */
export type ConfiguredData = Omit<DataContent, 'instruments'> & {
  /** What is known of instruments; those of a run are chosen by its symbols. */
  readonly instruments: readonly InstrumentRecord[];
};

/** Everything that a run needs to know. Paths are absolute. */
export interface RunConfig {
  /** The config file. */
  readonly file: string;
  /** Names the run and its folder. */
  readonly name: string;
  /** How the system is run. */
  readonly mode: Mode;
  /** Where the bars are and how their stamps are meant. */
  readonly data: ConfiguredData;
  /** What is traded. */
  readonly symbols: ConfiguredSymbols;
  /** First New York date. */
  readonly start: SessionDay;
  /** Last New York date, included. */
  readonly end: SessionDay;
  /** Dollars at the start. */
  readonly cash: number;
  /** Smallest step of a quantity in shares: 1, or less where fractions of a share trade. */
  readonly lot: number;
  /** At least one; their weights add up to at most 1. */
  readonly strategies: readonly ConfiguredStrategy[];
  /** What is trained; its output is absolute. Absent: nothing. */
  readonly train?: TrainContent;
  /** Limits of the shipped risk manager, or one of the user's own. */
  readonly risk: RiskLimits | ConfiguredRisk;
  /** What a fill costs. */
  readonly costs: CostsContent;
  /** What is assumed of the path inside a bar; its folder is absolute. */
  readonly fills: FillsContent;
  /** Terms of the account; absent: everything is allowed and nothing accrues. */
  readonly account?: AccountContent;
  /** What the run is compared with: `universe`, `none`, or a symbol. */
  readonly benchmark: string;
  /** When slices decide. */
  readonly timetable: Timetable;
  /** Options of the engine. */
  readonly engine: EngineContent;
  /** Yearly rate of cash as a fraction, taken off in the Sharpe ratio. */
  readonly cashRate: number;
  /** How many times real time a paper run is played; `max` as fast as it goes. */
  readonly paperSpeed: number | 'max';
  /** Folder in which run folders are made. */
  readonly output: string;
}

/** What may be said instead of the config's own. */
export interface RunFlags {
  /** In place of the config's. */
  readonly mode?: Mode;
  /** First New York date, `YYYY-MM-DD`. */
  readonly start?: string;
  /** Last New York date, `YYYY-MM-DD`, included. */
  readonly end?: string;
  /** Folder with the bars, relative to the working folder, in place of the config's. */
  readonly data?: string;
  /** Every bar file of the folder, in place of the config's list. */
  readonly everyFile?: boolean;
}
