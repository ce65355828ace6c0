import type { BarHistory, StrategySlot } from '@tradekit/core';
import type { BacktestOptions } from '../backtest.js';
import type { RunResult } from '../result/run-result.js';
import type { Check } from './check.js';
import { costFragility } from './cost-fragility.js';
import { fillSanity } from './fill-sanity.js';
import { lookAhead } from './look-ahead.js';
import { observe } from './observe.js';
import { parameterCount } from './parameter-count.js';
import { type CheckSubject, sampleOf } from './subject.js';
import { survivorship } from './survivorship.js';
import { tooGood } from './too-good.js';
import { warmUp } from './warm-up.js';
import { sessionsOf } from './windows.js';

/** What {@link checksOf} may be told beside the run. */
export interface ChecksSetup {
  /** Makes the strategies for a market that they may see whole. Default: those of the options, which see none. */
  readonly strategiesOn?: (market: BarHistory) => readonly StrategySlot[];
  /** Sessions at the start that look-ahead and warm-up run again. Default: a tenth of them, 20 to 120. */
  readonly sampleSessions?: number;
  /** Sentences about the data, for example of the quality report. */
  readonly dataWarnings?: readonly string[];
}

/**
 * Checks a finished run for the lies that backtests tell. Its first sessions are run again, as they are, with the future
 * hidden for look-ahead, and from a later start for warm-up; the other checks read the result. Throws what the engine throws.
 */
export function checksOf(options: BacktestOptions, result: RunResult, setup: ChecksSetup = {}): readonly Check[] {
  const { strategiesOn = () => options.strategies, dataWarnings = [] } = setup;
  const sampleSessions = Math.min(
    options.history.sessions.length,
    setup.sampleSessions ?? sampleOf(options.history.sessions.length),
  );
  const { history } = options;
  const sample = sessionsOf(history, 0, sampleSessions);
  const shown = observe(options, sample, strategiesOn(history));
  const subject: CheckSubject = { options, result, strategiesOn, sampleSessions, sample, shown, dataWarnings };
  return [lookAhead, warmUp, fillSanity, tooGood, costFragility, parameterCount, survivorship].map((check) =>
    check(subject),
  );
}
