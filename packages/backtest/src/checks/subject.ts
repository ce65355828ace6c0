import type { BarHistory, StrategySlot } from '@tradekit/core';
import type { BacktestOptions } from '../backtest.js';
import type { RunResult } from '../result/run-result.js';
import type { Witness } from './witness.js';

/** A run and what it was made of, to be checked. */
export interface CheckSubject {
  readonly options: BacktestOptions;
  readonly result: RunResult;
  /** The strategies, made for a market that they may see whole. Those of the options see none. */
  readonly strategiesOn: (market: BarHistory) => readonly StrategySlot[];
  /** Sessions at the start that are run again, and the market of them. */
  readonly sampleSessions: number;
  readonly sample: BarHistory;
  /** What the strategies were shown and said in the sample. */
  readonly shown: readonly Witness[];
  /** Sentences about the data, for example of the quality report. */
  readonly dataWarnings: readonly string[];
}

/** Part of the sessions that are run again, and at least and at most so many. */
const SAMPLE_FRACTION = 0.1;
const LEAST_SESSIONS = 20;
const MOST_SESSIONS = 120;

/** How many of so many sessions are run again. */
export function sampleOf(sessions: number): number {
  return Math.min(sessions, MOST_SESSIONS, Math.max(LEAST_SESSIONS, Math.ceil(sessions * SAMPLE_FRACTION)));
}
