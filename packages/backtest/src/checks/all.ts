import type { BacktestOptions } from '../backtest.js';
import type { RunResult } from '../result/run-result.js';
import type { Check } from './check.js';
import { costFragility } from './cost-fragility.js';
import { fillSanity } from './fill-sanity.js';
import { lookAhead } from './look-ahead.js';
import { parameterCount } from './parameter-count.js';
import { type CheckSubject, sampleOf } from './subject.js';
import { survivorship } from './survivorship.js';
import { tooGood } from './too-good.js';
import { warmUp } from './warm-up.js';

/** What {@link checksOf} may be told beside the run. */
export interface ChecksSetup {
  /** Makes the strategies for a market that they may see whole. Default: those of the options, which see none. */
  readonly strategiesOn?: CheckSubject['strategiesOn'];
  /** Sessions at the start that look-ahead and warm-up run again. Default: a tenth of them, 20 to 120. */
  readonly sampleSessions?: number;
  /** Sentences about the data, for example of the quality report. */
  readonly dataWarnings?: readonly string[];
}

/**
 * Checks a finished run for the lies that backtests tell. Look-ahead and warm-up run its first sessions again, two times each; the
 * others read the result. Throws what the engine throws.
 */
export function checksOf(options: BacktestOptions, result: RunResult, setup: ChecksSetup = {}): readonly Check[] {
  const { strategiesOn = () => options.strategies, dataWarnings = [] } = setup;
  const sampleSessions = Math.min(
    options.history.sessions.length,
    setup.sampleSessions ?? sampleOf(options.history.sessions.length),
  );
  const subject: CheckSubject = { options, result, strategiesOn, sampleSessions, dataWarnings };
  return [lookAhead, warmUp, fillSanity, tooGood, costFragility, parameterCount, survivorship].map((check) =>
    check(subject),
  );
}
