/** `tradekit run`: a config, run and told. */
import { resolve } from 'node:path';
import type { RunFlags } from '../config/config.js';
import { loadConfig } from '../config/load.js';
import { EXIT } from '../errors.js';
import { summaryText } from '../run/summary.js';
import { runToFolder } from '../run/to-folder.js';
import { interruption } from '../terminal/interrupt.js';
import { progressView } from '../terminal/progress.js';

/** Flags of the command. */
export interface RunCommandFlags extends RunFlags {
  /** The run's folder itself. */
  readonly output?: string;
  /** The summary as JSON, and nothing else on the standard output. */
  readonly json?: boolean;
}

/**
 * Runs a config file, prints its summary and answers the exit code. Throws what `loadConfig` and `runToFolder` throw; what
 * failed while running is thrown after the folder has been written.
 */
export async function runCommand(path: string, { output, json = false, ...flags }: RunCommandFlags): Promise<number> {
  const config = loadConfig(path, flags);
  const view = await progressView(process.stderr);
  const interrupted = interruption(() => process.stderr.write('\nending with what there is; once more ends at once\n'));
  try {
    const { summary, ending } = await runToFolder(config, {
      startedAt: new Date(),
      ...(output === undefined ? {} : { output: resolve(output) }),
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
    return ending.kind === 'interrupted' ? (interrupted.exitCode ?? EXIT.failed) : EXIT.done;
  } finally {
    view.close();
    interrupted.stop();
  }
}
