import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { sharpe as sharpeOf, type Trials } from '@tradekit/backtest';
import { ConfigError } from '@tradekit/core';
import { readStoredRun } from './stored-run.js';
import type { SystemRun } from './system.js';

/**
 * The run among the complete runs of a folder on the same data: each digest is one trial, for a run that is repeated tries nothing
 * new. A folder that cannot be read is none of them.
 */
export function trialsBefore(output: string, { dataHash, digest, result }: SystemRun): Trials {
  const sharpes = new Map<string, number>();
  for (const name of existsSync(output) ? readdirSync(output) : []) {
    const folder = join(output, name);
    if (!existsSync(join(folder, 'run.json'))) continue;
    const run = readable(folder);
    const sharpe = run?.metrics.sharpe?.value;
    if (run?.status !== 'complete' || run.dataHash !== dataHash) continue;
    if (sharpe !== undefined && sharpe !== null) sharpes.set(run.digest, sharpe);
  }
  const own = sharpeOf(result).sharpe.value;
  if (own !== null) sharpes.set(digest, own);
  return { sharpes: [...sharpes.values()] };
}

function readable(folder: string): ReturnType<typeof readStoredRun> | undefined {
  try {
    return readStoredRun(folder);
  } catch (error) {
    if (error instanceof ConfigError) return undefined;
    throw error;
  }
}
