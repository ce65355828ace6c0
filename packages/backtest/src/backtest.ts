import { type SimulatedVenue, type SimulatedVenueOptions, simulatedVenue } from '@tradekit/brokers/simulated';
import {
  type BarHistory,
  ConfigError,
  createEngine,
  type Engine,
  type EngineOptions,
  type Journal,
  journals,
  runSync,
  Sequencer,
  type Timestamp,
} from '@tradekit/core';
import { createRecorder, type Recorder } from './recorder/recorder.js';
import type { RunResult } from './result/run-result.js';
import { stoppingWhenRuined } from './ruin.js';

/** How far a backtest has come. */
export interface BacktestProgress {
  /** Sessions that are closed, and how many there are. */
  readonly session: number;
  readonly sessions: number;
  /** New York date of the last one, `YYYY-MM-DD`. */
  readonly date: string;
  /** Dollars at its close. */
  readonly equity: number;
}

/** What a backtest is made of: a market, the engine's own options, and how the venue trades. */
export interface BacktestOptions
  extends Omit<EngineOptions, 'universe' | 'capabilities' | 'barMs'>,
    Omit<SimulatedVenueOptions, 'initialCash' | 'commission'> {
  readonly history: BarHistory;
  /** Yearly rate of cash as a fraction, for the Sharpe ratio. Default 0. */
  readonly cashRate?: number;
  /** Hears every event as well. */
  readonly journal?: Journal;
  /** Called after every session. */
  readonly onProgress?: (progress: BacktestProgress) => void;
  /** Asked after every slice: `true` ends the run with what there is. */
  readonly stopping?: () => boolean;
}

/** A backtest that can be asked what it has come to, even when it failed. */
export interface BacktestRun {
  /** Runs to the end of the data. Throws what the engine throws, and `TradekitError` when nothing is left of the equity. Call it once. */
  run(): RunResult;
  /** What there is so far. */
  result(): RunResult;
}

/**
 * Runs a system over recorded bars, synchronously: the same engine, sequencer and rules as in every other mode. Throws
 * `ConfigError` when its parts cannot be meant, and what the engine throws.
 */
export function backtest(options: BacktestOptions): RunResult {
  return prepareBacktest(options).run();
}

/** The same in two steps, for a caller that wants what there was when the run fails. Throws `ConfigError`. */
export function prepareBacktest(options: BacktestOptions): BacktestRun {
  const { history, cashRate, journal, onProgress, stopping, slippage, fees, path, account, capabilities, ...rest } =
    options;
  requireIntervals(options);
  const venue = simulatedVenue(history, options);
  const engine = createEngine({
    ...rest,
    universe: history.universe,
    capabilities: venue.capabilities,
    barMs: history.barMs,
  });
  const recorder = recorderFor(options, engine);
  const heard: Journal[] = [recorder];
  if (journal !== undefined) heard.push(journal);
  if (onProgress !== undefined) heard.push(progressJournal(history, engine, onProgress));
  return {
    run: () => drive(engine, venue, heard.length === 1 ? recorder : journals(...heard), recorder, stopping),
    result: () => recorder.result(),
  };
}

function drive(
  engine: Engine,
  venue: SimulatedVenue,
  journal: Journal,
  recorder: Recorder,
  stopping: (() => boolean) | undefined,
): RunResult {
  const parts = { engine, sequencer: new Sequencer(), journal, stopping: stoppingWhenRuined(engine.account, stopping) };
  runSync(parts, venue);
  return recorder.result();
}

function recorderFor(
  { history, strategies, initialCash, accountTag, cashRate }: BacktestOptions,
  engine: Engine,
): Recorder {
  if (cashRate !== undefined && !(cashRate > -1 && cashRate < 1)) {
    throw new ConfigError('CASH_RATE', `cashRate is ${cashRate}; give a fraction a year, 3 % is written 0.03`, {
      cashRate,
    });
  }
  const start = history.starts[0];
  return createRecorder({
    universe: history.universe,
    strategies: strategies.map(({ name }) => name),
    account: engine.account,
    initialCash,
    ...(start === undefined ? {} : { startTime: start as Timestamp }),
    ...(accountTag === undefined ? {} : { accountTag }),
    ...(cashRate === undefined ? {} : { cashRate }),
  });
}

function progressJournal(history: BarHistory, engine: Engine, onProgress: (p: BacktestProgress) => void): Journal {
  let session = 0;
  return {
    append(event) {
      if (event.kind !== 'session-close') return;
      const { date } = history.sessions[session]!;
      session += 1;
      onProgress({ session, sessions: history.sessions.length, date, equity: engine.account.equity });
    },
    flush: () => Promise.resolve(),
  };
}

/** Bars cannot show what happens between two child orders inside one of them. */
function requireIntervals({ strategies, history }: BacktestOptions): void {
  for (const { name, execution } of strategies) {
    if (execution === undefined || execution.intervalMs >= history.barMs) continue;
    const message = `strategy "${name}" executes by "${execution.name}" every ${execution.intervalMs} ms, finer than the bars of ${history.barMs} ms; choose a longer interval or finer bars`;
    throw new ConfigError('EXECUTION_INTERVAL', message, { strategy: name });
  }
}
