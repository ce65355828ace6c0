/** `tradekit train`: a model folder from a config. */

import type { RunFlags } from '../config/config.js';
import { loadConfig } from '../config/load.js';
import { EXIT } from '../errors.js';
import { progressView } from '../terminal/progress.js';
import { trainText } from '../train/text.js';
import { trainToFolder } from '../train/train.js';

/** Flags of the command. */
export interface TrainCommandFlags extends RunFlags {
  /** All figures as JSON, and nothing else on the standard output. */
  readonly json?: boolean;
}

/**
 * Trains what a config describes, prints what came of it and answers the exit code. A training that was ended, however, goes on where it was when it is
 * started again. Throws what `loadConfig` and `trainToFolder` throw.
 */
export async function trainCommand(path: string, { json = false, ...flags }: TrainCommandFlags): Promise<number> {
  const config = loadConfig(path, flags);
  const view = await progressView(process.stderr);
  try {
    const trained = await trainToFolder(config, { progress: view.show });
    view.close();
    for (const warning of trained.warnings) process.stderr.write(`warning: ${warning}\n`);
    process.stdout.write(json ? `${JSON.stringify(trained.summary, null, 2)}\n` : trainText(trained));
    return EXIT.done;
  } finally {
    view.close();
  }
}
