// The workspace as the scripts see it: where it is, what is in it, and how to call the pinned pnpm.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const shell = process.platform === 'win32'; // npm and pnpm are .cmd files there

/** An absolute path from parts relative to the workspace's root. */
export const at = (...parts) => join(fileURLToPath(new URL('..', import.meta.url)), ...parts);

/** The folders directly below `name` that hold a package; none when the folder is missing. */
function packagesIn(name) {
  if (!existsSync(at(name))) return [];
  return readdirSync(at(name))
    .sort()
    .map((entry) => at(name, entry))
    .filter((folder) => existsSync(join(folder, 'package.json')));
}

/** Folders of what is built and published. */
export const packages = packagesIn('packages');

/** Every workspace package except the root. */
export const members = [...packages, ...packagesIn('examples'), at('bench'), at('tests')];

// Started by `npx -c` (to try another Node), these would make an npx of ours run the outer command again.
const { npm_config_call: _, npm_config_package: __, ...environment } = process.env;

/** Runs a program in the workspace's root and ends this process when it fails. */
export function run(command, args) {
  const { status } = spawnSync(command, args, { cwd: at(), env: environment, stdio: 'inherit', shell });
  if (status !== 0) process.exit(status ?? 1);
}

/** The pinned pnpm: the one on the PATH if its version is right, else through npm's cache. */
function pinnedPnpm() {
  const version = JSON.parse(readFileSync(at('package.json'), 'utf8')).packageManager.split('@')[1];
  // Asked outside the workspace: inside it, pnpm may switch to another version of itself.
  const found = spawnSync('pnpm', ['--version'], { cwd: at('..'), encoding: 'utf8', shell });
  return found.stdout?.trim() === version ? ['pnpm'] : ['npx', '--yes', `pnpm@${version}`];
}

/** Runs pnpm in the workspace's root and ends this process when it fails. */
export function pnpm(...args) {
  const [command, ...before] = pinnedPnpm();
  run(command, [...before, ...args]);
}
