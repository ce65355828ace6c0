import type { RiskTally } from '@tradekit/risk';
import type { Check } from '../checks/check.js';
import type { MetricsContext } from '../metrics/all.js';
import type { RunResult } from '../result/run-result.js';
import type { KeptLimits } from '../risk/kept-limits.js';

/** How a run ended. What an interrupted or failed run leaves is what it had. */
export type RunStatus =
  | { readonly kind: 'complete' }
  | { readonly kind: 'interrupted' }
  | { readonly kind: 'failed'; readonly reason: string };

/** Something that the run assumes, for a person: what it is about, and what is assumed. */
export interface Assumption {
  readonly name: string;
  readonly text: string;
}

/** Everything that a run's folder is made of. */
export interface RunRecord {
  readonly result: RunResult;
  /** What some metrics need beside the result. */
  readonly context?: MetricsContext;
  /** The limits that the run kept: without them the risk page shows uses alone. */
  readonly limits?: KeptLimits;
  /** What its risk manager counted, where somebody did: see `tallyKeeper` of `@tradekit/risk`. */
  readonly tally?: RiskTally;
  readonly name: string;
  readonly mode: 'backtest' | 'paper' | 'live';
  readonly status: RunStatus;
  /** The resolved config, as YAML text. */
  readonly config: string;
  /** Versions by package or program. */
  readonly versions: Readonly<Record<string, string>>;
  /** When the run was started, ISO 8601 in UTC. It stands in `run.json` alone. */
  readonly startedAt: string;
  /** Hash of the market data, where it is known. */
  readonly dataHash?: string;
  readonly warnings: readonly string[];
  /** What the run was checked for; absent when it was not. */
  readonly checks?: readonly Check[];
  readonly assumptions: readonly Assumption[];
}
