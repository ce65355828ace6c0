/** A run from a config to the folder that it leaves behind. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { requireRunFolder, writeRunFolder } from '@tradekit/backtest';
import { TradekitError } from '@tradekit/core';
import { writeRepairs } from '@tradekit/data';
import type { RunConfig } from '../config/config.js';
import type { RunHooks } from './hooks.js';
import { type JournalFile, journalFile } from './journal-file.js';
import { recordOf } from './record.js';
import { type RunSummary, summaryOf } from './summary.js';
import { runSystem, type SystemRun } from './system.js';
import { trialsBefore } from './trials.js';

/** Where and when a run is made. */
export interface FolderOptions extends RunHooks {
  /** The run's folder itself. Default: one named by time and name in the config's output folder. */
  readonly output?: string;
  /** When the run was started. Names the folder; stands in `run.json` and nowhere else. */
  readonly startedAt: Date;
}

/** A run that left a folder, and its figures. */
export interface FolderRun extends SystemRun {
  /** Figures and place of the run. */
  readonly summary: RunSummary;
}

/**
 * Runs a config and writes the run's folder, whole or not at all. A run that failed leaves what it had and is marked so. Throws
 * what `runSystem` throws, and `ConfigError` when the folder holds anything that is not a run's.
 */
export async function runToFolder(config: RunConfig, options: FolderOptions): Promise<FolderRun> {
  const { startedAt } = options;
  const folder = options.output ?? freeFolder(join(config.output, folderName(startedAt, config.name)));
  requireRunFolder(folder);
  const journal = config.mode === 'paper' ? written(folder, () => journalFile(folder)) : undefined;
  const run = await runWith(config, options, journal);
  options.progress?.('writing the run folder', 0, 1, folder);
  // A run that stands by itself is compared with no others.
  const trials = options.output === undefined ? trialsBefore(config.output, run) : undefined;
  const metrics = written(folder, () => {
    const figures = writeRunFolder(folder, recordOf(config, run, startedAt.toISOString(), trials));
    journal?.moveInto(folder);
    if (run.repairs.length > 0) writeRepairs(join(folder, 'repairs.csv'), run.repairs);
    return figures;
  });
  options.progress?.('writing the run folder', 1, 1, folder);
  return { ...run, summary: summaryOf(config, run, folder, metrics) };
}

/** What the file system refuses is told with the folder, and what to do. */
function written<T>(folder: string, write: () => T): T {
  try {
    return write();
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    const message = `the run's folder "${folder}" cannot be written: ${error.message}; give another one, or make room`;
    throw new TradekitError('RUN_FOLDER_WRITE', message, { folder }, { cause: error });
  }
}

async function runWith(config: RunConfig, hooks: RunHooks, journal: JournalFile | undefined): Promise<SystemRun> {
  if (journal === undefined) return runSystem(config, hooks);
  try {
    return await runSystem(config, { ...hooks, journal });
  } catch (error) {
    journal.discard();
    throw error;
  }
}

/** `2026-11-23T05-44-04-name`: sorts by time, and is a file name everywhere. */
function folderName(startedAt: Date, name: string): string {
  return `${startedAt.toISOString().slice(0, 19).replaceAll(':', '-')}-${name}`;
}

/** The folder, or the first of `folder-2`, `folder-3`, … that is not there: two runs of one second keep apart. */
function freeFolder(folder: string): string {
  for (let count = 1; ; count++) {
    const candidate = count === 1 ? folder : `${folder}-${count}`;
    if (!existsSync(candidate)) return candidate;
  }
}
