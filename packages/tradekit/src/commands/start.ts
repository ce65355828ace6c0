/** `tradekit` without arguments: the embedded default, where there is one. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The default of a working folder: its config, and its own data where it has any. */
export interface DefaultRun {
  readonly config: string;
  /** A folder with the user's bar files. */
  readonly data: string | undefined;
}

const CONFIG = join('config', 'backtest.yaml');
const EXAMPLE = join('examples', 'full-system');
const OWN_DATA = join('data', 'raw');

/** The default run of a folder; `undefined` where nothing is there to be run. */
export function defaultRun(folder: string): DefaultRun | undefined {
  const config = join(folder, CONFIG);
  if (!existsSync(config) || !existsSync(join(folder, EXAMPLE))) return undefined;
  const data = join(folder, OWN_DATA);
  return { config, data: hasBars(data) ? data : undefined };
}

function hasBars(folder: string): boolean {
  if (!(statSync(folder, { throwIfNoEntry: false })?.isDirectory() ?? false)) return false;
  return readdirSync(folder).some((name) => name.endsWith('_15min.csv'));
}
