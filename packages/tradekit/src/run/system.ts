/** Runs a config in memory: the same engine, sequencer and recorder in every mode. */
import {
  type Assumption,
  assumptionsOf,
  type Benchmark,
  buyAndHold,
  type Check,
  checksOf,
  createRecorder,
  digest,
  type KeptLimits,
  type MetricsContext,
  type RunResult,
  stoppingWhenRuined,
} from '@tradekit/backtest';
import { simulatedVenue } from '@tradekit/brokers/simulated';
import {
  type BarHistory,
  ConfigError,
  createEngine,
  type Journal,
  journals,
  type LoopParts,
  MINUTE_MS,
  Sequencer,
  type Timestamp,
} from '@tradekit/core';
import { type BarSetIdentity, historyHash, type Ledger } from '@tradekit/data';
import type { RiskTally } from '@tradekit/risk';
import type { RunConfig } from '../config/config.js';
import { resolveLimits } from '../config/resolve.js';
import { blamed } from '../user-code/blame.js';
import { type Assembly, assemble } from './assemble.js';
import type { RunHooks } from './hooks.js';
import { runBacktest, runPaper } from './loops.js';
import { buyAndHoldReturn, type SyntheticRun } from './synthetic.js';

/** How a run ended: to the end of its data, because somebody asked, or by an error. */
export type Ending = Ended | FailedEnding;

/** A run that nothing went wrong in. */
export interface Ended {
  /** `interrupted`: `stopping` said so. */
  readonly kind: 'complete' | 'interrupted';
}

/** A run that an error ended. */
export interface FailedEnding {
  /** Tells it from the others. */
  readonly kind: 'failed';
  /** What was thrown. */
  readonly error: unknown;
}

/** What a run has come to: all of it, or what there was when it was interrupted or failed. */
export interface SystemRun {
  /** How it ended. */
  readonly ending: Ending;
  /** Orders, fills, equity, books, until then. */
  readonly result: RunResult;
  /** The bars, and what the run is compared with. */
  readonly context: MetricsContext;
  /** What the run was checked for; absent where it was not, or had not come to its end. */
  readonly checks?: readonly Check[];
  /** SHA-256 over orders, fills and equity. */
  readonly digest: string;
  /** What the bars are: their length, feed and adjustment. */
  readonly identity: BarSetIdentity;
  /** Hash of the bars that it saw. */
  readonly dataHash: string;
  /** Sentences about the data; nothing in them stopped the run. */
  readonly warnings: readonly string[];
  /** Everything that was cleaned in the files; empty where nothing was. */
  readonly repairs: Ledger;
  /** Where the bars are a synthetic market's: what it gave by itself. Absent for other data. */
  readonly synthetic?: SyntheticRun;
  /** What the run assumes, for a person. */
  readonly assumptions: readonly Assumption[];
  /** The limits that were kept; absent for a risk manager of the user's own. */
  readonly limits?: KeptLimits;
  /** What the risk manager counted; likewise. */
  readonly tally?: RiskTally;
  /** New York date of the first session of the data. */
  readonly firstDate: string;
  /** New York date of the last session of the data. */
  readonly lastDate: string;
}

/**
 * Runs a system to the end of its data. Throws `ConfigError`, `DataError` and `StrategyError` when it cannot be started; what
 * fails later is in the ending, beside the result until then.
 */
export async function runSystem(config: RunConfig, hooks: RunHooks = {}): Promise<SystemRun> {
  if (config.mode === 'live') {
    throw new ConfigError('NO_BROKER', 'mode live has no broker configured yet; use --mode paper or --mode backtest');
  }
  const assembly = await assemble(config, hooks);
  const { history, synthetic } = assembly.bars;
  const benchmark = benchmarkOf(config, history);
  const { venue, parts, result } = prepare(config, assembly, hooks);
  const ending = await endingOf(config, hooks, async () => {
    if (config.mode === 'backtest') return runBacktest(parts, venue);
    return runPaper(parts, venue, { speed: config.paperSpeed, now: () => performance.now(), ...signalOf(hooks) });
  });
  const recorded = result();
  const notes = assembly.notes();
  const kept = keptBy(config, assembly);
  return {
    ending,
    result: recorded,
    context: { market: history, ...(benchmark === undefined ? {} : { benchmark }) },
    ...(ending.kind === 'complete' && hooks.check === true ? { checks: checksOn(assembly, recorded, hooks) } : {}),
    digest: digest(recorded),
    identity: identityOf(history),
    dataHash: historyHash(history),
    warnings: [...assembly.warnings, ...notes],
    repairs: assembly.bars.repairs,
    ...(synthetic ? { synthetic: { buyAndHoldReturn: buyAndHoldReturn(history, recorded) } } : {}),
    assumptions: assumptionsOf({ ...assembly.engine, ...assembly.venue, cashRate: config.cashRate }),
    ...kept,
    firstDate: history.sessions[0]?.date ?? '',
    lastDate: history.sessions.at(-1)?.date ?? '',
  };
}

/** What the run is compared with. Throws `ConfigError` on a symbol that it does not trade. */
function benchmarkOf({ benchmark }: RunConfig, history: BarHistory): Benchmark | undefined {
  if (benchmark === 'none') return undefined;
  return benchmark === 'universe' ? buyAndHold(history) : buyAndHold(history, benchmark);
}

function checksOn({ bars, engine, venue }: Assembly, result: RunResult, hooks: RunHooks): readonly Check[] {
  hooks.progress?.('checking the run', 0, 1, '');
  const checks = checksOf({ ...engine, ...venue, history: bars.history }, result, { dataWarnings: bars.warnings });
  hooks.progress?.('checking the run', 1, 1, '');
  return checks;
}

/** What the shipped risk manager kept and counted. */
function keptBy({ risk }: RunConfig, { bars, tally }: Assembly): Pick<SystemRun, 'limits' | 'tally'> {
  if ('use' in risk || tally === undefined) return {};
  return { limits: resolveLimits(risk, bars.history.universe.instruments), tally: tally() };
}

function identityOf({ barMs, feed = 'unknown', adjusted = 'split' }: BarHistory): BarSetIdentity {
  return { barMinutes: barMs / MINUTE_MS, feed, adjusted };
}

function prepare(config: RunConfig, { bars, engine: options, venue: settings }: Assembly, hooks: RunHooks) {
  const { history } = bars;
  const { universe } = history;
  const venue = simulatedVenue(history, { ...settings, initialCash: config.cash });
  const engine = createEngine({ ...options, universe, capabilities: venue.capabilities, barMs: history.barMs });
  const recorder = createRecorder({
    universe,
    strategies: options.strategies.map(({ name }) => name),
    account: engine.account,
    initialCash: config.cash,
    startTime: history.starts[0] as Timestamp,
    accountTag: config.engine.accountTag,
    cashRate: config.cashRate,
  });
  const heard: Journal[] = [recorder];
  if (hooks.journal !== undefined) heard.push(hooks.journal);
  if (hooks.progress !== undefined) heard.push(sessionProgress(history.sessions, hooks.progress));
  const parts: LoopParts = {
    engine,
    sequencer: new Sequencer(),
    journal: journals(...heard),
    stopping: stoppingWhenRuined(engine.account, hooks.stopping),
  };
  return { venue, parts, result: () => recorder.result() };
}

async function endingOf(config: RunConfig, { stopping }: RunHooks, run: () => Promise<void>): Promise<Ending> {
  try {
    await run();
    return { kind: stopping?.() === true ? 'interrupted' : 'complete' };
  } catch (error) {
    const own = [...config.strategies, ...('use' in config.risk ? [config.risk] : [])];
    return {
      kind: 'failed',
      error: blamed(
        error,
        own.map(({ use }) => use),
      ),
    };
  }
}

function signalOf({ signal }: RunHooks): { signal?: AbortSignal } {
  return signal === undefined ? {} : { signal };
}

function sessionProgress(
  sessions: readonly { readonly date: string }[],
  progress: NonNullable<RunHooks['progress']>,
): Journal {
  let closed = 0;
  return {
    append({ kind }) {
      if (kind !== 'session-close') return;
      closed += 1;
      progress('trading', closed, sessions.length, sessions[closed - 1]?.date ?? '');
    },
    flush: () => Promise.resolve(),
  };
}
