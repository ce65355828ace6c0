/** `tradekit run`: a config, run and told. */
import { join, resolve } from 'node:path';
import { CHECK_NAMES, type CheckName } from '@tradekit/backtest';
import { ConfigError, nearest } from '@tradekit/core';
import type { RunFlags } from '../config/config.js';
import { loadConfig } from '../config/load.js';
import { EXIT } from '../errors.js';
import { readStoredRun, type StoredRun } from '../run/stored-run.js';
import { type RunSummary, summaryText } from '../run/summary.js';
import { runToFolder } from '../run/to-folder.js';
import { interruption } from '../terminal/interrupt.js';
import { progressView } from '../terminal/progress.js';
import { version } from '../version.js';

/** Flags of the command. */
export interface RunCommandFlags extends RunFlags {
  /** The run's folder itself. */
  readonly output?: string;
  /** The summary as JSON, and nothing else on the standard output. */
  readonly json?: boolean;
  /** Checks the run when it has come to its end. Default `true`. */
  readonly checks?: boolean;
  /** Names of checks, with commas: the exit code is 1 when one of them has failed. */
  readonly failOn?: string;
}

/**
 * Runs a config file, prints its summary and answers the exit code. Throws what `loadConfig` and `runToFolder` throw; what
 * failed while running is thrown after the folder has been written.
 */
export async function runCommand(path: string, flags: RunCommandFlags): Promise<number> {
  const { exitCode } = await runAndTell(path, flags);
  return exitCode;
}

/**
 * Runs again what left a folder, and compares the digests. Exit code 1 when they differ. Throws what {@link runCommand} and
 * `readStoredRun` throw.
 */
export async function runFromCommand(path: string, flags: RunCommandFlags): Promise<number> {
  const stored = readStoredRun(path);
  const { exitCode, summary } = await runAndTell(join(stored.folder, 'config.yaml'), flags);
  if (exitCode !== EXIT.done) return exitCode;
  if (summary.digest === stored.digest) {
    process.stderr.write(`the same digest as ${stored.folder}\n`);
    return EXIT.done;
  }
  process.stderr.write(`error: the digest of ${stored.folder} was ${stored.digest}; ${reasonFor(stored, summary)}\n`);
  return EXIT.failed;
}

/** Why two runs of one config may differ. */
function reasonFor({ dataHash, versions, status }: StoredRun, summary: RunSummary): string {
  if (status !== 'complete') return `that run was ${status}, and had not come to its end`;
  if (dataHash !== null && dataHash !== summary.dataHash) return 'the data have changed since';
  const was = versions.tradekit ?? 'an unknown version';
  if (was !== version()) return `it was made by tradekit ${was}, this is ${version()}`;
  return 'the data are the same: a strategy or a rule of your own has changed, or follows a clock or chance';
}

async function runAndTell(
  path: string,
  { output, json = false, checks = true, failOn = '', ...flags }: RunCommandFlags,
): Promise<{ readonly exitCode: number; readonly summary: RunSummary }> {
  const fatal = checkNames(failOn);
  const config = loadConfig(path, flags);
  const view = await progressView(process.stderr);
  const interrupted = interruption(() => process.stderr.write('\nending with what there is; once more ends at once\n'));
  try {
    const { summary, ending } = await runToFolder(config, {
      startedAt: new Date(),
      ...(output === undefined ? {} : { output: resolve(output) }),
      check: checks,
      progress: view.show,
      stopping: () => interrupted.exitCode !== undefined,
      signal: interrupted.signal,
    });
    view.close();
    for (const warning of summary.warnings) process.stderr.write(`warning: ${warning}\n`);
    if (json) process.stdout.write(`${JSON.stringify(summary, null, 2)}\n`);
    if (ending.kind === 'failed') {
      process.stderr.write(`what there was until it failed is in ${summary.folder}\n`);
      throw ending.error;
    }
    if (!json) process.stdout.write(summaryText(summary));
    const exitCode = ending.kind === 'interrupted' ? (interrupted.exitCode ?? EXIT.failed) : EXIT.done;
    return { exitCode: exitCode === EXIT.done ? verdict(summary, fatal) : exitCode, summary };
  } finally {
    view.close();
    interrupted.stop();
  }
}

/** The checks that a run may fail on. Throws `ConfigError` on a name that is none. */
function checkNames(list: string): readonly CheckName[] {
  const names = list.split(',').flatMap((name) => (name.trim() === '' ? [] : [name.trim()]));
  return names.map((name) => {
    const known = CHECK_NAMES.find((check) => check === name);
    if (known !== undefined) return known;
    const near = nearest(name, CHECK_NAMES);
    const hint = near === undefined ? `use ${CHECK_NAMES.join(', ')}` : `did you mean "${near}"?`;
    throw new ConfigError('CHECK_UNKNOWN', `there is no check "${name}"; ${hint}`, { name });
  });
}

/** Exit code 1, and a line for each, when one of the checks has failed that must not. */
function verdict({ checks = [] }: RunSummary, fatal: readonly CheckName[]): number {
  const failed = checks.filter(({ name, verdict: came }) => came === 'failed' && fatal.includes(name));
  for (const { name, evidence } of failed) process.stderr.write(`error: ${name}: ${evidence.join('; ')}\n`);
  return failed.length === 0 ? EXIT.done : EXIT.failed;
}
