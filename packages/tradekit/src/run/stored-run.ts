/** Runs that left a folder, read again. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Check, Metric } from '@tradekit/backtest';
import { ConfigError } from '@tradekit/core';

/** What a run's folder says of it. */
export interface StoredRun {
  /** Absolute. */
  readonly folder: string;
  /** The name in its config. */
  readonly name: string;
  /** How the system was run. */
  readonly mode: string;
  /** How the run ended: `complete`, `interrupted` or `failed`. */
  readonly status: string;
  /** New York dates, and how many sessions were closed. */
  readonly period: {
    readonly firstSession: string | null;
    readonly lastSession: string | null;
    readonly sessions: number;
  };
  /** SHA-256 over orders, fills and equity. */
  readonly digest: string;
  /** Hash of the bars that it saw, where it is known. */
  readonly dataHash: string | null;
  /** Versions by package or program. */
  readonly versions: Readonly<Record<string, string>>;
  /** Sentences about the data. */
  readonly warnings: readonly string[];
  /** What the checks came to; absent in a run that was not checked. */
  readonly checks?: readonly Check[];
  /** As in `metrics.json`. A run of an older version may lack some. */
  readonly metrics: Readonly<Record<string, Metric | undefined>>;
}

/** Reads a run's folder. Throws `ConfigError` when there is none, or when it cannot be read. */
export function readStoredRun(path: string): StoredRun {
  const folder = resolve(path);
  if (!existsSync(join(folder, 'run.json'))) {
    const message = `"${folder}" is no run's folder: it has no run.json; give one that tradekit run has left`;
    throw new ConfigError('RUN_MISSING', message, { folder });
  }
  const run = json(folder, 'run.json') as Omit<StoredRun, 'folder' | 'metrics'>;
  const { digest: _, ...metrics } = json(folder, 'metrics.json') as { digest: string } & StoredRun['metrics'];
  return { ...run, folder, metrics };
}

function json(folder: string, name: string): object {
  try {
    return JSON.parse(readFileSync(join(folder, name), 'utf8')) as object;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const message = `"${join(folder, name)}" cannot be read: ${reason}; run its config.yaml again`;
    throw new ConfigError('RUN_UNREADABLE', message, { folder, name }, { cause: error });
  }
}
