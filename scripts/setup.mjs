// Makes a fresh clone ready with nothing but Node and npm; does nothing when nothing has changed.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { at, members, packages, pnpm, run } from './workspace.mjs';

/** The latest change below a path. A folder counts too: a deleted file changes it. */
function newest(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

function install() {
  const stamp = at('node_modules', '.tradekit-installed');
  const described = [
    ...['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json'].map((file) => at(file)),
    ...members.map((folder) => join(folder, 'package.json')),
  ];
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}`);
  for (const file of described.filter((path) => existsSync(path))) hash.update(readFileSync(file));
  const wanted = hash.digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return stamp;
  pnpm('install', '--frozen-lockfile');
  writeFileSync(stamp, wanted);
  return stamp;
}

/** Chunks carry a hash in their name: those of the build before would stay for ever, and be packed. */
function removeOldChunks(folder) {
  for (const name of readdirSync(folder, { recursive: true })) {
    if (/\.js(\.map)?$/.test(name)) rmSync(join(folder, name));
  }
}

function build(installed) {
  const stamp = at('node_modules', '.tradekit-built');
  const configuration = ['tsup.config.ts', 'tsconfig.base.json'].map((file) => at(file));
  const sources = [...configuration, installed, ...packages.map((folder) => join(folder, 'src'))];
  const complete = existsSync(stamp) && packages.every((folder) => existsSync(join(folder, 'dist')));
  if (complete && sources.every((path) => newest(path) <= Date.parse(readFileSync(stamp, 'utf8')))) return;
  rmSync(stamp, { force: true });
  const started = new Date(); // a source that is saved during the build must be built again
  run(process.execPath, [at('node_modules/typescript/bin/tsc'), '-b', ...packages]);
  for (const folder of packages) removeOldChunks(join(folder, 'dist'));
  run(process.execPath, [at('node_modules/tsup/dist/cli-default.js')]);
  writeFileSync(stamp, started.toISOString());
}

const installed = install();
if (process.argv.includes('--build')) build(installed);
