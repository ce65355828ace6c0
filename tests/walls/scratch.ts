// The walls between the packages are kept by tools. The tests here break each wall once, in a scratch copy of the
// workspace that has the real configuration and none of the real sources.
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The real workspace's root. */
export const root: string = fileURLToPath(new URL('../..', import.meta.url));

/** What each package may import, as the plan of the house has it: written by hand, not read from the configuration. */
export const mayImport: Readonly<Record<string, readonly string[]>> = {
  core: [],
  indicators: ['@tradekit/core'],
  risk: ['@tradekit/core'],
  strategies: ['@tradekit/core', '@tradekit/indicators'],
  ml: ['@tradekit/core', '@tradekit/indicators'],
  data: ['@tradekit/core'],
  brokers: ['@tradekit/core'],
  backtest: ['@tradekit/core', '@tradekit/brokers/simulated', '@tradekit/risk'],
};

/** The packages that have neither Node nor a browser. */
export const pure: readonly string[] = ['core', 'indicators', 'risk', 'strategies'];

/** The name under which a package is imported, from the name of its folder. */
export const nameOf = (folder: string): string => (folder === 'tradekit' ? folder : `@tradekit/${folder}`);

/** A folder of its own for one test file. */
export interface Scratch {
  readonly path: string;
  /** Writes a file, and the folders above it. */
  write(file: string, text: string): Promise<void>;
  /** Runs a program of the real node_modules in the folder; gives what it printed, whether it failed or not. */
  output(program: string, ...options: readonly string[]): Promise<string>;
  remove(): Promise<void>;
}

export async function makeScratch(): Promise<Scratch> {
  const path = await realpath(await mkdtemp(join(tmpdir(), 'tradekit-walls-')));
  return {
    path,
    async write(file, text) {
      await mkdir(dirname(join(path, file)), { recursive: true });
      await writeFile(join(path, file), text);
    },
    output(program, ...options) {
      const command = [join(root, 'node_modules', program), ...options];
      return new Promise((resolve) => {
        execFile(process.execPath, command, { cwd: path, maxBuffer: 64e6 }, (_failure, stdout) => resolve(stdout));
      });
    },
    remove: () => rm(path, { recursive: true, force: true }),
  };
}
